//! The data that checks need besides their component.

use crate::model::account::UploadHandle;
use crate::model::submission::Submission;

/// What a check may look at besides its component.
pub(super) struct Context<'a> {
    pub(super) submission: &'a Submission,
    pub(super) handles: &'a [UploadHandle],
    pub(super) now: i64,
}
