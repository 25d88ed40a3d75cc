//! Requests for the permission to call.

use crate::graph_error::Refusal;
use crate::model::submission::Submission;

/// Allowed for marketing and utility; it has no content of its own (Meta: call permission requests).
pub(super) fn check(submission: &Submission) -> Result<(), Refusal> {
    match ["MARKETING", "UTILITY"].contains(&submission.category.as_str()) {
        true => Ok(()),
        false => Err(Refusal::parameter("A call permission request needs the category MARKETING or UTILITY")),
    }
}
