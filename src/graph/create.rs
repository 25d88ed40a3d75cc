//! Creating a version.

use super::{ApiError, Request, RequestBody as Body, Response, id, payload_json, read, text};
use crate::payload::{Payload, Status};

/// The answer to a creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Meta's id.
    pub id: String,
    /// Its status; often still in review.
    pub status: Status,
    /// The category that Meta chose, in upper case.
    pub category: String,
}

/// Creates a version.
pub fn request(waba: &str, payload: &Payload) -> Request {
    Request::post(format!("{waba}/message_templates"), Body::Json(payload_json(payload)))
}

/// Reads the answer.
///
/// # Errors
/// Returns an error if the answer is an error, or lacks an id that is a number.
pub fn response(response: &Response, payload: &Payload) -> Result<Created, ApiError> {
    let value = read(response)?;
    let id = id(response, &value)?;
    let status = text(&value, "status").map_or(Status::Pending, |word| Status::new(&word));
    let category = text(&value, "category").unwrap_or_else(|| payload.category.as_str().to_owned());
    Ok(Created { id, status, category: category.to_ascii_uppercase() })
}
