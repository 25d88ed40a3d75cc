//! JSON Schemas of template files and of `watpl.yaml`, out of the tables of keys.
//!
//! For editors: they complete keys, show what each means, and mark what has the wrong shape while it is written. What
//! takes more than a shape to tell is the linter's. Where YAML reads a number or a truth value and we read a text, the
//! schema takes both.

mod value;

use serde_json::{Map, Value, json};

use crate::config;
use crate::platform::keys::{self, Key};

/// Tables by their names.
type Tables = [(&'static str, &'static [Key])];

/// The schema of a template file.
pub fn template() -> Value {
    let mut schema = root("A WhatsApp message template", keys::TABLES);
    if let Some(fields) = schema.as_object_mut() {
        // Two keys for one thing: a table of keys cannot express it.
        let either = json!([{ "required": ["language"] }, { "required": ["languages"] }]);
        fields.insert("oneOf".into(), either);
    }
    schema
}

/// The schema of `watpl.yaml`.
pub fn config() -> Value {
    root("The configuration of a watpl project", config::keys::TABLES)
}

/// The first table is the top of the file; the others are definitions.
fn root(title: &str, tables: &Tables) -> Value {
    let Some(((_, top), others)) = tables.split_first() else { return Value::Bool(true) };
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), title.into());
    schema.extend(map(top, tables));
    let definitions = others.iter().map(|(name, table)| ((*name).to_owned(), map(table, tables).into()));
    schema.insert("$defs".into(), Value::Object(definitions.collect()));
    Value::Object(schema)
}

/// A map that is read by a table.
fn map(table: &[Key], tables: &Tables) -> Map<String, Value> {
    let properties = table.iter().map(|key| (key.name.to_owned(), property(key, tables)));
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Value::Object(properties.collect()));
    let required: Vec<_> = table.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.insert("additionalProperties".into(), false.into());
    schema
}

fn property(key: &Key, tables: &Tables) -> Value {
    let mut schema = Map::new();
    schema.insert("description".into(), key.doc.into());
    if let Value::Object(shape) = value::for_key(key, &|table| reference(table, tables)) {
        schema.extend(shape);
    }
    if let Some(example) = key.example {
        schema.insert("examples".into(), json!([example]));
    }
    Value::Object(schema)
}

/// The location of a table's definition. Tables are the same if they have the same address.
fn reference(table: &'static [Key], tables: &Tables) -> Value {
    match tables.iter().find(|(_, known)| std::ptr::eq(*known, table)) {
        Some((name, _)) => json!({ "$ref": format!("#/$defs/{name}") }),
        None => Value::Object(map(table, tables)),
    }
}
