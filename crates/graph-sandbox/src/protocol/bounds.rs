//! Limits on what all clients together may use: connections, time and memory.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Limits on what all clients of a sandbox together may use.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Connections that are open at once. Further ones wait until one of those closes.
    pub connections: usize,
    /// How long the headers of a request may take, also on a connection without requests.
    pub header_time: Duration,
    /// How long the body of a request may take.
    pub body_time: Duration,
    /// How long a client may leave an answer unread.
    pub write_time: Duration,
    /// Bytes of memory for the bodies of requests and answers.
    pub memory: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            // A process may often open no more than 1,024 files.
            connections: 512,
            header_time: Duration::from_secs(30),
            // As long as clients of Meta's API usually wait for an answer.
            body_time: Duration::from_secs(60),
            write_time: Duration::from_secs(60),
            memory: 512 * 1024 * 1024,
        }
    }
}

/// The memory that all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Arc<Semaphore>);

/// A part of the budget, which is given back when it is dropped.
pub(crate) type Share = OwnedSemaphorePermit;

impl Budget {
    pub(crate) fn new(bounds: &Bounds) -> Self {
        Self(Arc::new(Semaphore::new(bounds.memory.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes so many bytes, unless too few are left. Nobody waits: those who hold memory might wait for each other.
    pub(crate) fn take(&self, bytes: usize) -> Option<Share> {
        let bytes = u32::try_from(bytes).ok()?;
        Arc::clone(&self.0).try_acquire_many_owned(bytes).ok()
    }

    /// The same bytes, which count until the last copy of them is dropped.
    pub(crate) fn hold(&self, bytes: Bytes) -> Option<Bytes> {
        let share = self.take(bytes.len())?;
        Some(Bytes::from_owner(Held { bytes, _share: share }))
    }
}

struct Held {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_given_back_with_the_last_copy() {
        let budget = Budget::new(&Bounds { memory: 10, ..Bounds::default() });
        let held = budget.hold(Bytes::from_static(b"12345678")).expect("there is room");
        let half = held.slice(..4);
        drop(held);
        assert!(budget.take(3).is_none() && budget.take(2).is_some());
        drop(half);
        assert!(budget.take(10).is_some() && budget.take(usize::MAX).is_none());
    }
}
