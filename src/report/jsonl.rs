//! Diagnostics for machines that read line by line: an object a line, the summary last. Documented in `docs/json.md`.

use serde_json::{Value, json};

use super::{Findings, json};

/// A line for each diagnostic and each file that could not be read, and one at the end by which a reader knows that
/// nothing is missing.
pub fn render(findings: &Findings<'_>) -> String {
    let found = findings
        .diagnostics
        .iter()
        .map(|diagnostic| line("diagnostic", json::diagnostic(findings.sources, diagnostic)));
    let unread = findings.unread.iter().map(|unread| line("unread", json::unread(unread)));
    let mut summary = json!({ "version": json::VERSION });
    merge(&mut summary, json::summary(findings));
    found.chain(unread).chain([line("summary", summary)]).collect()
}

fn line(kind: &str, fields: Value) -> String {
    let mut value = json!({ "type": kind });
    merge(&mut value, fields);
    json::line(&value)
}

fn merge(value: &mut Value, more: Value) {
    if let (Some(fields), Value::Object(more)) = (value.as_object_mut(), more) {
        fields.extend(more);
    }
}
