//! Deleting a version.

use super::{ApiError, Method, Request, RequestBody as Body, Response, read};
use crate::payload::VersionKey;
use serde_json::Value;

/// Deletes one version. Both id and name are needed: by name alone Meta deletes every language.
pub fn request(waba: &str, id: &str, key: &VersionKey) -> Request {
    Request {
        method: Method::Delete,
        path: format!("{waba}/message_templates"),
        query: vec![("hsm_id", id.to_owned()), ("name", key.name.clone())],
        body: Body::Empty,
    }
}

/// Reads the answer.
///
/// # Errors
/// Returns an error if the answer is an error or reports no success.
pub fn response(response: &Response) -> Result<(), ApiError> {
    let value = read(response)?;
    match value.get("success").and_then(Value::as_bool) {
        Some(true) => Ok(()),
        _ => Err(ApiError::incomplete(response, "success")),
    }
}
