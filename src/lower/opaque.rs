//! Values in Meta's own form, passed on as they are.

use serde_json::{Map, Number, Value as Json};

use crate::syntax::tree::{Node, Scalar, Style, Value};

/// A node as JSON, by YAML's core schema: plain words may be numbers and truth values, quoted ones never.
pub(super) fn json(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Null | Value::Broken => Json::Null,
        Value::Scalar(scalar) => plain(scalar),
        Value::List(nodes) => nodes.iter().map(json).collect(),
        Value::Map(entries) => {
            let fields = entries.iter().map(|entry| (entry.key.clone().into_owned(), json(&entry.value)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
    }
}

fn plain(scalar: &Scalar<'_>) -> Json {
    let text = &*scalar.text;
    if scalar.style != Style::Plain {
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
