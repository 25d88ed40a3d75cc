//! Webhooks: the log of deliveries, and the task that sends them.

mod escape;
mod sender;

use serde::Serialize;
use serde_json::Value;

use crate::state::recent::RecentLog;
pub(crate) use crate::webhooks::sender::{Delivery, WebhookSender, verify};

// Limits of the log behind `GET /_sandbox/webhooks`.
const MAX_LOG_ENTRIES: usize = 1_000;
const MAX_LOG_BYTES: usize = 16 * 1024 * 1024;

/// One line of `GET /_sandbox/webhooks`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeliveryRecord {
    pub(crate) number: usize,
    pub(crate) body: Value,
    /// Absent without a subscriber.
    pub(crate) url: Option<String>,
    pub(crate) attempts: usize,
    /// Status of the last response.
    pub(crate) status: Option<u16>,
}

/// An empty log of deliveries.
pub(crate) fn log() -> RecentLog<DeliveryRecord> {
    RecentLog::new(MAX_LOG_ENTRIES, MAX_LOG_BYTES)
}
