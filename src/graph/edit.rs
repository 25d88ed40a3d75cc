//! Editing a version.

use serde_json::{Map, Value};

use super::{ApiError, Request, RequestBody as Body, Response, payload_json, read};
use crate::payload::Payload;

/// Replaces a version's components as a whole. The category is sent only where it may change: Meta rejects
/// it for approved versions.
pub fn request(id: &str, payload: &Payload, with_category: bool) -> Request {
    let mut body = payload_json(payload);
    if let Some(fields) = body.as_object_mut() {
        *fields = std::mem::take(fields)
            .into_iter()
            .filter(|(key, _)| is_editable(key, with_category))
            .collect::<Map<_, _>>();
    }
    Request::post(id, Body::Json(body))
}

fn is_editable(key: &str, with_category: bool) -> bool {
    match key {
        "name"
        | "language"
        | "library_template_name"
        | "library_template_button_inputs"
        | "library_template_body_inputs" => false,
        "category" => with_category,
        _ => true,
    }
}

/// Reads the answer, which Meta gives in several shapes.
///
/// # Errors
/// Returns an error if the answer is an error or reports no success.
pub fn response(response: &Response) -> Result<(), ApiError> {
    let value = read(response)?;
    match value.get("success").and_then(Value::as_bool) {
        Some(false) => Err(ApiError::incomplete(response, "success")),
        _ => Ok(()),
    }
}
