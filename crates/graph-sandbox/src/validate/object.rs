//! Helpers for JSON objects: keys and types of values.

use serde_json::Value;

use crate::graph_error::{self, GraphError};
use crate::model::submission::{JsonObject, Submission};

/// A value that is text.
pub(super) fn text<'a>(object: &'a JsonObject, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// The component of a kind.
pub(super) fn component<'a>(submission: &'a Submission, kind: &str) -> Option<&'a JsonObject> {
    submission.components.iter().find(|component| text(component, "type") == Some(kind))
}

/// A name out of a fixed set, which may be written in either case.
pub(super) fn upper(object: &JsonObject, key: &str) -> Option<String> {
    text(object, key).map(str::to_ascii_uppercase)
}

/// A required text that is not empty.
pub(super) fn required<'a>(object: &'a JsonObject, key: &str, owner: &str) -> Result<&'a str, GraphError> {
    match object.get(key) {
        None => Err(missing(owner, key)),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        Some(_) => Err(GraphError::parameter(format!("The {key} of {owner} must be text that is not empty"))),
    }
}

/// Refuses keys that the object does not have on the Graph API.
pub(super) fn reject_unknown_keys(
    object: &JsonObject,
    allowed: &[&str],
    owner: &str,
) -> Result<(), GraphError> {
    match object.keys().find(|key| !allowed.contains(&key.as_str())) {
        Some(stray) => Err(GraphError::parameter(format!("Unexpected key \"{stray}\" on {owner}"))),
        None => Ok(()),
    }
}

/// An expected field is not there.
pub(super) fn missing(owner: &str, key: &str) -> GraphError {
    GraphError::template(
        graph_error::FIELD_MISSING,
        format!("component of type {owner} is missing expected field(s) ({key})"),
    )
}

/// Rejects text of more code points than allowed; Meta doesn't document how it counts.
pub(super) fn at_most(text: &str, limit: usize, owner: &str) -> Result<(), GraphError> {
    let length = text.chars().count();
    if length > limit {
        return Err(GraphError::template(
            graph_error::TOO_LONG,
            format!("The {owner} has {length} characters; at most {limit} are allowed"),
        ));
    }
    Ok(())
}
