//! `fields=`: which keys of a node an answer carries.

use serde_json::{Map, Value};

use crate::graph_error::Refusal;
use crate::protocol::request::Call;

/// A kind of node: how Meta names it, what it has, and what it shows unasked.
pub(crate) struct Node {
    pub(crate) name: &'static str,
    pub(crate) all: &'static [&'static str],
    pub(crate) default: &'static [&'static str],
}

/// The keys that the call asks for, refused when the node has no such key.
pub(crate) fn wanted(call: &Call, node: &Node) -> Result<Vec<String>, Refusal> {
    let Some(fields) = call.text("fields").filter(|fields| !fields.is_empty()) else {
        return Ok(node.default.iter().map(ToString::to_string).collect());
    };
    let names: Vec<String> = fields.split(',').map(|field| field.trim().to_owned()).collect();
    match names.iter().find(|name| !node.all.contains(&name.as_str())) {
        Some(stray) => Err(Refusal::parameter(format!(
            "Tried accessing nonexisting field ({stray}) on node type ({})",
            node.name
        ))),
        None => Ok(names),
    }
}

/// The node with only these keys; `id` always comes along, keys that are not set stay away.
pub(crate) fn project(node: &Map<String, Value>, wanted: &[String]) -> Value {
    let mut answer = Map::new();
    for name in wanted.iter().map(String::as_str).filter(|name| *name != "id") {
        if let Some(value) = node.get(name).filter(|value| !value.is_null()) {
            answer.insert(name.to_owned(), value.clone());
        }
    }
    answer.insert("id".to_owned(), node.get("id").cloned().unwrap_or_default());
    Value::Object(answer)
}
