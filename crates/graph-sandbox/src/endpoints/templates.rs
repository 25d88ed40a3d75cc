//! Calls that read or change templates.

pub(crate) mod archive;
pub(crate) mod compare;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod migrate;
pub(crate) mod upsert;
