//! JSON values as clients send them.

use serde_json::Value;

/// A value that may be JSON inside a string, as query and form parameters are.
pub(crate) fn structured(value: &Value) -> Value {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    parsed.filter(|parsed| parsed.is_array() || parsed.is_object()).unwrap_or_else(|| value.clone())
}

/// A scalar as people write it: text without quotes.
pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
