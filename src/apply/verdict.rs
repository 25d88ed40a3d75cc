//! Verdicts about an answer and about a version that was read again.

use crate::canonical;
use crate::graph::{self, ErrorClass};
use crate::payload::Deployed;

/// Returns whether a version is as it was when the plan was made.
pub(super) fn matches_plan(before: &Deployed, now: &Deployed) -> bool {
    let (seen, found) = (canonical::deployed(before), canonical::deployed(now));
    before.status == now.status && !seen.differs(&found) && !seen.samples_differ(&found)
}

/// A server fault may come after the effect; and a version that exists already may be our own, from a lost answer.
pub(super) fn is_uncertain(error: &graph::ApiError) -> bool {
    matches!(error.class(), ErrorClass::Retry | ErrorClass::Exists)
        || (error.code == 0 && (200..300).contains(&error.status))
}
