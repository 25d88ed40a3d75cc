//! The data that checks need besides their component.

use crate::model::account::UploadHandle;
use crate::model::submission::Submission;

/// The data that checks need besides their component.
pub(super) struct Context<'a> {
    pub(super) submission: &'a Submission,
    pub(super) handles: &'a [UploadHandle],
    pub(super) now: i64,
}
