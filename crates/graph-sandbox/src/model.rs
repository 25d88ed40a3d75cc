//! The data of an account.

pub(crate) mod account;
pub(crate) mod clock;
pub(crate) mod event;
pub(crate) mod json;
pub(crate) mod languages;
pub(crate) mod sample;
pub(crate) mod schedule;
pub(crate) mod size;
pub(crate) mod submission;
pub(crate) mod template;
pub(crate) mod templates;
pub(crate) mod webhook_target;
