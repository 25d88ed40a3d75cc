//! Webhooks: the log of deliveries, and the task that sends them.

mod escape;
mod sender;

use serde::Serialize;
use serde_json::Value;

use crate::state::recent::Recent;
pub(crate) use crate::webhooks::sender::{Courier, Parcel, verify};

// What `GET /_sandbox/webhooks` remembers.
const LONGEST_LOG: usize = 1_000;
const LARGEST_LOG: usize = 16 * 1024 * 1024;

/// One line of `GET /_sandbox/webhooks`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Delivery {
    pub(crate) number: usize,
    pub(crate) body: Value,
    /// Absent when nobody wants it.
    pub(crate) url: Option<String>,
    pub(crate) attempts: usize,
    /// What the app answered last.
    pub(crate) status: Option<u16>,
}

/// An empty log of deliveries.
pub(crate) fn log() -> Recent<Delivery> {
    Recent::new(LONGEST_LOG, LARGEST_LOG)
}
