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
    /// Timeout of the headers of a request, also on an idle connection.
    pub header_time: Duration,
    /// Timeout of the body of a request.
    pub body_time: Duration,
    /// Timeout of a client that doesn't read a response.
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
pub(crate) struct MemoryBudget(Arc<Semaphore>);

/// A part of the budget, which is given back when it is dropped.
pub(crate) type MemoryShare = OwnedSemaphorePermit;

impl MemoryBudget {
    pub(crate) fn new(bounds: &Bounds) -> Self {
        Self(Arc::new(Semaphore::new(bounds.memory.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes `bytes`, unless too few are left. It never waits: that could deadlock.
    pub(crate) fn take(&self, bytes: usize) -> Option<MemoryShare> {
        let bytes = u32::try_from(bytes).ok()?;
        Arc::clone(&self.0).try_acquire_many_owned(bytes).ok()
    }

    /// The same bytes, which count until the last copy of them is dropped.
    pub(crate) fn hold(&self, bytes: Bytes) -> Option<Bytes> {
        let share = self.take(bytes.len())?;
        Some(Bytes::from_owner(CountedBytes { bytes, _share: share }))
    }
}

struct CountedBytes {
    bytes: Bytes,
    _share: MemoryShare,
}

impl AsRef<[u8]> for CountedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_given_back_with_the_last_copy() {
        let budget = MemoryBudget::new(&Bounds { memory: 10, ..Bounds::default() });
        let held = budget.hold(Bytes::from_static(b"12345678")).expect("there is room");
        let half = held.slice(..4);
        drop(held);
        assert!(budget.take(3).is_none() && budget.take(2).is_some());
        drop(half);
        assert!(budget.take(10).is_some() && budget.take(usize::MAX).is_none());
    }
}
