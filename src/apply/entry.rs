//! Builds the lock entries of versions.

use crate::canonical;
use crate::lock::LockEntry;
use crate::payload::{Deployed, Payload, Status};

/// Returns the entry of a version that was in the account before watpl. It counts neither as a creation nor as an edit.
pub fn adopted_entry(payload: &Payload, deployed: &Deployed, known: Option<&LockEntry>) -> LockEntry {
    let applied_at = known.map_or(0, |entry| entry.applied_at);
    let edits = known.map(|entry| entry.edits.clone()).unwrap_or_default();
    let entry = lock_entry(payload, &deployed.id, &deployed.status, &deployed.category, applied_at);
    LockEntry { edits, ..entry }
}

/// Returns the entry of a version with this content.
pub(super) fn lock_entry(
    payload: &Payload,
    id: &str,
    status: &Status,
    category: &str,
    now: u64,
) -> LockEntry {
    let normal = canonical::payload(payload);
    LockEntry {
        id: id.to_owned(),
        content: normal.digest(),
        samples: normal.samples_digest(),
        unseen: canonical::write_only_digest(payload),
        declared: payload.category.as_str().to_owned(),
        category: category.to_owned(),
        status: status.as_str().to_owned(),
        applied_at: now,
        edits: Vec::new(),
    }
}
