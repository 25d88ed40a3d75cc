//! Values in Meta's own form, passed on as they are.

use serde_json::{Map, Number, Value as Json};

use crate::source::Span;
use crate::syntax::tree::{Entry, Node, Scalar, ScalarStyle, Value};

/// Most lists and maps inside each other. Meta's own components need at most 5.
pub const MAX_DEPTH: usize = 32;

/// A node as JSON, by YAML's core schema: plain words may be numbers and truth values, quoted ones never.
///
/// # Errors
/// With the first list or map that is nested deeper than [`MAX_DEPTH`].
pub(super) fn json(node: &Node<'_>) -> Result<Json, Span> {
    inside(node, MAX_DEPTH)
}

/// The same with so many levels left.
fn inside(node: &Node<'_>, levels: usize) -> Result<Json, Span> {
    let below = || levels.checked_sub(1).ok_or(node.span);
    match &node.value {
        Value::Null | Value::Broken => Ok(Json::Null),
        Value::Scalar(scalar) => Ok(plain(scalar)),
        Value::List(nodes) => {
            let levels = below()?;
            nodes.iter().map(|node| inside(node, levels)).collect()
        }
        Value::Map(entries) => {
            let levels = below()?;
            let field =
                |entry: &Entry<'_>| Ok((entry.key.clone().into_owned(), inside(&entry.value, levels)?));
            Ok(Json::Object(entries.iter().map(field).collect::<Result<Map<_, _>, _>>()?))
        }
    }
}

fn plain(scalar: &Scalar<'_>) -> Json {
    let text = &*scalar.text;
    if scalar.style != ScalarStyle::Plain {
        return text.into();
    }
    match text {
        "true" => true.into(),
        "false" => false.into(),
        // A leading zero or plus is part of an id or a phone number, not of a number.
        _ if text.len() > 1 && text.starts_with(['0', '+']) && !text.starts_with("0.") => text.into(),
        _ => text.parse::<Number>().map_or_else(|_| text.into(), Json::Number),
    }
}
