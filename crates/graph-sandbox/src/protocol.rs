//! Requests and responses of the Graph API, and what they may use.

pub(crate) mod bounds;
pub(crate) mod host;
pub(crate) mod request;
pub(crate) mod response;
