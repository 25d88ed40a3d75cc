//! The state folder, which keeps accounts between runs.

pub(crate) mod check;
pub(crate) mod folder;
pub(crate) mod recent;
pub(crate) mod store;
