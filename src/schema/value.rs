//! Schemas of values.

use serde_json::{Value, json};

use crate::platform::keys::{Key, TextForm, ValueKind};
use crate::platform::{languages, limits};
use crate::rules;

/// The schema of a key's value; `reference` returns the location of a table's definition.
pub(super) fn for_key(key: &Key, reference: &dyn Fn(&'static [Key]) -> Value) -> Value {
    match key.kind {
        ValueKind::Text => text(key.form),
        ValueKind::Number => any_of([json!({ "type": "integer" }), pattern("^[+-]?[0-9]+$", "string")]),
        ValueKind::Bool => json!({ "enum": [true, false, "true", "false"] }),
        ValueKind::Texts => any_of([text(key.form), list(text(key.form))]),
        ValueKind::List => list(item(key, reference)),
        ValueKind::Map => map(key, reference),
        ValueKind::TextOrMap if key.form == TextForm::Forbidden => map(key, reference),
        ValueKind::TextOrMap => any_of([text(key.form), map(key, reference)]),
        ValueKind::MapOrList => any_of([list(text(key.names.unwrap_or(TextForm::Any))), map(key, reference)]),
    }
}

fn map(key: &Key, reference: &dyn Fn(&'static [Key]) -> Value) -> Value {
    match key.names {
        Some(names) => {
            let values = if key.table.is_empty() { text(key.form) } else { item(key, reference) };
            // A language without anything takes everything from the template; a variable may lack its sample.
            let may_be_empty = key.or_text || names == TextForm::Language;
            let values = if may_be_empty { any_of([values, json!({ "type": "null" })]) } else { values };
            json!({ "type": "object", "propertyNames": name(names), "additionalProperties": values })
        }
        None if key.table.is_empty() => json!({ "type": "object" }),
        None => reference(key.table),
    }
}

/// An item of a list, or a value of a map whose names are people's own.
fn item(key: &Key, reference: &dyn Fn(&'static [Key]) -> Value) -> Value {
    match (key.table, key.or_text) {
        ([], true) => text(key.form),
        ([], false) => Value::Bool(true),
        (table, true) => any_of([text(key.form), reference(table)]),
        (table, false) => reference(table),
    }
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// One of several shapes; those that offer a choice themselves give their choices.
fn any_of<const N: usize>(shapes: [Value; N]) -> Value {
    let choices = shapes.into_iter().flat_map(|shape| match shape.get("anyOf") {
        Some(Value::Array(choices)) => choices.clone(),
        _ => vec![shape],
    });
    json!({ "anyOf": choices.collect::<Vec<_>>() })
}

/// A text as YAML's readers see it: without quotes, `12` is a number and `true` a truth value.
fn text(form: TextForm) -> Value {
    match form {
        TextForm::Any => json!({ "type": ["string", "number", "boolean"] }),
        // The schema cannot express "in any case".
        TextForm::OneOf(words) => {
            let upper = words.iter().map(|word| word.to_ascii_uppercase());
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).chain(upper).collect();
            json!({ "enum": words })
        }
        TextForm::Duration | TextForm::Id | TextForm::Template | TextForm::Variable => {
            let mut schema = name(form);
            if let Some(fields) = schema.as_object_mut() {
                fields.insert("type".into(), json!(["string", "integer"]));
                fields.insert("minimum".into(), json!(if form == TextForm::Duration { -1 } else { 0 }));
            }
            schema
        }
        TextForm::Constant
        | TextForm::Account
        | TextForm::Language
        | TextForm::Rule
        | TextForm::ApiVersion
        | TextForm::Forbidden => name(form),
    }
}

/// A text where nothing else can be: the name of a key.
fn name(form: TextForm) -> Value {
    match form {
        TextForm::Any => json!({ "type": "string" }),
        TextForm::OneOf(words) => json!({ "enum": words }),
        TextForm::Template => {
            let mut schema = pattern("^[a-z0-9_]+$", "string");
            if let Some(fields) = schema.as_object_mut() {
                fields.insert("maxLength".into(), limits::NAME.into());
            }
            schema
        }
        TextForm::Variable => pattern("^([1-9][0-9]{0,8}|[a-z][a-z0-9_]*)$", "string"),
        TextForm::Constant => pattern("^[A-Za-z_][A-Za-z0-9_]*$", "string"),
        TextForm::Account => pattern("^[A-Za-z0-9_-]{1,64}$", "string"),
        TextForm::Language => json!({ "enum": languages::LANGUAGES.as_slice() }),
        TextForm::Rule => json!({ "enum": rules::all().iter().map(|rule| rule.id).collect::<Vec<_>>() }),
        TextForm::Duration => pattern("^(-1|[0-9]+[smhd]?)$", "string"),
        TextForm::Id => pattern("^[0-9]+$", "string"),
        TextForm::ApiVersion => pattern("^v[0-9]+\\.[0-9]+$", "string"),
        TextForm::Forbidden => Value::Bool(false),
    }
}

fn pattern(pattern: &str, kind: &str) -> Value {
    json!({ "type": kind, "pattern": pattern })
}
