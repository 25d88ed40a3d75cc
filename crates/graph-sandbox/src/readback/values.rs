//! JSON values as they read back.

use serde_json::Value;

/// Shows every item of a list.
pub(super) fn each(value: &Value, show: impl Fn(&Value) -> Value) -> Value {
    value.as_array().into_iter().flatten().map(show).collect()
}

/// A text in upper case; other values stay as they are.
pub(super) fn upper(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| Value::from(text.to_ascii_uppercase()))
}
