//! The data that checks need besides their component.

use crate::model::account::Handle;
use crate::model::submission::Submission;

/// What a check may look at besides its component.
pub(super) struct Context<'a> {
    pub(super) submission: &'a Submission,
    pub(super) handles: &'a [Handle],
    pub(super) now: i64,
}
