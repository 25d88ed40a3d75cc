//! One authentication template in many languages, by one call.

use serde_json::{Map, Value, json};

use super::create::Created;
use super::{ApiError, Request, RequestBody as Body, Response, check_id, payload_json, read, text};
use crate::payload::{Payload, Status};

/// Creates or changes a version for each language; all have the components of `payload`
/// (templates/authentication-templates/bulk-management).
pub fn request(waba: &str, payload: &Payload, languages: &[&str]) -> Request {
    let mut fields = Map::new();
    if let Value::Object(all) = payload_json(payload) {
        let kept = |key: &str| !matches!(key, "language" | "parameter_format");
        fields.extend(all.into_iter().filter(|(key, _)| kept(key)));
    }
    fields.insert("languages".into(), json!(languages));
    Request::post(format!("{waba}/upsert_message_templates"), Body::Json(Value::Object(fields)))
}

/// Reads what became of each language.
///
/// # Errors
/// Returns an error if the answer is an error or no list, or an id is not a number.
pub fn response(response: &Response) -> Result<Vec<(String, Created)>, ApiError> {
    let value = read(response)?;
    let rows = value.get("data").and_then(Value::as_array);
    let rows = rows.ok_or_else(|| ApiError::incomplete(response, "data"))?;
    let rows: Vec<_> = rows.iter().filter_map(row).collect();
    rows.iter().try_for_each(|(_, created)| check_id(response, &created.id))?;
    Ok(rows)
}

/// A row without an id or a language is skipped: its version is read back instead.
fn row(row: &Value) -> Option<(String, Created)> {
    let language = text(row, "language")?.replace('-', "_");
    let status = text(row, "status").map_or(Status::Pending, |word| Status::new(&word));
    Some((language, Created { id: text(row, "id")?, status, category: "AUTHENTICATION".into() }))
}
