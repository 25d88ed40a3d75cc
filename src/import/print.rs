//! A draft as YAML that the formatter reads: a line an entry, everything below in flow style.

use std::fmt::Write as _;

use serde_json::Value;

use super::draft::Draft;
use super::entry::{DraftEntry, WORD};
use crate::format::quoted;

/// The text of a draft.
pub(super) fn yaml(draft: &Draft) -> String {
    let mut text = String::new();
    draft.top.iter().for_each(|entry| line(&mut text, "", entry));
    if draft.versions.iter().any(|(_, entries)| !entries.is_empty()) {
        text.push_str("languages:\n");
        for (code, entries) in &draft.versions {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {code}:{}", if entries.is_empty() { " {}" } else { "" });
            entries.iter().for_each(|entry| line(&mut text, "    ", entry));
        }
    } else if draft.versions.len() > 1 {
        let codes: Vec<_> = draft.versions.iter().map(|(code, _)| quoted(code)).collect();
        let _ = writeln!(text, "languages: [{}]", codes.join(", "));
    }
    text
}

fn line(text: &mut String, indent: &str, entry: &DraftEntry) {
    for note in &entry.notes {
        let _ = writeln!(text, "{indent}# {note}");
    }
    let _ = writeln!(text, "{indent}{}: {}", entry.key, flow(&entry.value));
}

/// A value in one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.contains_key(WORD) => {
            fields.get(WORD).and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}
