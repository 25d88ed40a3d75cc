//! Requests for the permission to call.

use crate::graph_error::GraphError;
use crate::model::submission::Submission;

/// Allowed for marketing and utility; it has no content (Meta: call permission requests).
pub(super) fn check(submission: &Submission) -> Result<(), GraphError> {
    match ["MARKETING", "UTILITY"].contains(&submission.category.as_str()) {
        true => Ok(()),
        false => {
            Err(GraphError::parameter("A call permission request needs the category MARKETING or UTILITY"))
        }
    }
}
