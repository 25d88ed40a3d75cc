//! Failures on purpose, for tests of clients.

pub(crate) mod effects;
pub(crate) mod kind;
pub(crate) mod listing;
pub(crate) mod plan;

mod gzip;
mod rewrite;
