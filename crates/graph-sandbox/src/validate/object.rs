//! The shape of JSON objects: which keys, which kinds of values.

use serde_json::Value;

use crate::graph_error::{self, Refusal};
use crate::model::submission::{Object, Submission};

/// A value that is text.
pub(super) fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// The component of a kind.
pub(super) fn component<'a>(submission: &'a Submission, kind: &str) -> Option<&'a Object> {
    submission.components.iter().find(|component| text(component, "type") == Some(kind))
}

/// A name out of a fixed set, which may be written in either case.
pub(super) fn upper(object: &Object, key: &str) -> Option<String> {
    text(object, key).map(str::to_ascii_uppercase)
}

/// Text that has to be there and to say something.
pub(super) fn required<'a>(object: &'a Object, key: &str, owner: &str) -> Result<&'a str, Refusal> {
    match object.get(key) {
        None => Err(missing(owner, key)),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        Some(_) => Err(Refusal::parameter(format!("The {key} of {owner} must be text that is not empty"))),
    }
}

/// Refuses keys that the object does not have on the Graph API.
pub(super) fn only(object: &Object, allowed: &[&str], owner: &str) -> Result<(), Refusal> {
    match object.keys().find(|key| !allowed.contains(&key.as_str())) {
        Some(stray) => Err(Refusal::parameter(format!("Unexpected key \"{stray}\" on {owner}"))),
        None => Ok(()),
    }
}

/// An expected field is not there.
pub(super) fn missing(owner: &str, key: &str) -> Refusal {
    Refusal::template(
        graph_error::FIELD_MISSING,
        format!("component of type {owner} is missing expected field(s) ({key})"),
    )
}

/// Refuses text of more code points than allowed; Meta does not say how it counts.
pub(super) fn at_most(text: &str, limit: usize, owner: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > limit {
        return Err(Refusal::template(
            graph_error::TOO_LONG,
            format!("The {owner} has {length} characters; at most {limit} are allowed"),
        ));
    }
    Ok(())
}
