//! The endpoints of the Graph API, and those that control the sandbox.

pub(crate) mod control;
pub(crate) mod fields;
pub(crate) mod library;
pub(crate) mod messages;
pub(crate) mod nodes;
pub(crate) mod preview;
pub(crate) mod quota;
pub(crate) mod render;
pub(crate) mod subscriptions;
pub(crate) mod templates;
pub(crate) mod token;
pub(crate) mod uploads;
