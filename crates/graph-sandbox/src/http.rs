//! The HTTP server: connections, limits, and the way from a request to its endpoint.

pub(crate) mod body;
pub(crate) mod connection;
pub(crate) mod gate;
pub(crate) mod listener;
pub(crate) mod router;
pub(crate) mod server;
