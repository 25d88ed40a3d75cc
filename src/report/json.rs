//! Diagnostics for machines. The form is documented in `docs/json.md`; its version changes when a field does.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::commands::{self, Escape};
use super::{Findings, UnreadableFile, rule};
use crate::diagnostic::{Diagnostic, Fix, Rule, Safety};
use crate::secrets;
use crate::source::{Source, Sources, Span};

/// The version of the form.
pub const VERSION: u32 = 1;

/// One object: `version`, `diagnostics`, `unread`, `summary`.
pub fn diagnostics(findings: &Findings<'_>) -> String {
    let list: Vec<_> = findings.diagnostics.iter().map(|found| diagnostic(findings.sources, found)).collect();
    let unread: Vec<_> = findings.unread.iter().map(unread).collect();
    render(&json!({
        "version": VERSION,
        "diagnostics": list,
        "unread": unread,
        "summary": summary(findings),
    }))
}

/// How much was looked at, and how much was found.
pub fn summary(findings: &Findings<'_>) -> Value {
    let counts = findings.counts();
    json!({
        "templates": findings.templates,
        "versions": findings.versions,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
    })
}

/// A file that could not be read.
pub fn unread(unread: &UnreadableFile) -> Value {
    json!({ "file": unread.file, "cause": unread.cause })
}

/// JSON as it is printed: indented, ending in a line break, without secrets of this run, and without what a terminal or
/// a CI system obeys.
pub fn render(value: &Value) -> String {
    file(&redacted(value))
}

/// The same on one line.
pub fn line(value: &Value) -> String {
    safe(&redacted(value).to_string()) + "\n"
}

/// JSON for a file: in the form in which it is printed, with all of its data.
pub fn file(value: &Value) -> String {
    safe(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// The value without the secrets of this run in its texts.
fn redacted(value: &Value) -> Cow<'_, Value> {
    if !secrets::any() {
        return Cow::Borrowed(value);
    }
    Cow::Owned(match value {
        Value::String(text) => Value::String(secrets::redact(text).into_owned()),
        Value::Array(items) => items.iter().map(|item| redacted(item).into_owned()).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(key, value)| (secrets::redact(key).into_owned(), redacted(value).into_owned()))
                .collect()
        }
        other => other.clone(),
    })
}

/// JSON without what a terminal or a CI system obeys.
fn safe(text: &str) -> String {
    let text = commands::escape(text, Escape::Json);
    let mut safe = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => safe.push(character),
        }
    }
    safe
}

/// Level of detail of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What it is.
    Brief,
    /// Its page as well.
    Pages,
}

/// Rules: `version` and `rules`.
pub fn rules(rules: &[&Rule], detail: Detail) -> String {
    let list = rules.iter().map(|rule| {
        let mut value = json!({
            "id": rule.id,
            "summary": rule.summary(),
            "severity": rule.severity.to_string(),
            "opt_in": rule.is_opt_in,
            "class": rule.class.to_string(),
            "confidence": rule.confidence.to_string(),
            "subcode": rule.subcode,
            "url": rule.url(),
        });
        if let (Detail::Pages, Some(fields)) = (detail, value.as_object_mut()) {
            fields.insert("page".into(), rule::page(rule).into());
        }
        value
    });
    let list: Vec<_> = list.collect();
    render(&json!({ "version": VERSION, "rules": list }))
}

/// One diagnostic.
pub fn diagnostic(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let mut value = json!({
        "rule": diagnostic.rule.id,
        "severity": diagnostic.severity.to_string(),
        "class": diagnostic.rule.class.to_string(),
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
    });
    let related = diagnostic.related.iter().map(|label| {
        let mut related = json!({ "label": label.text });
        place(&mut related, sources, label.span);
        related
    });
    let related: Vec<_> = related.collect();
    place(&mut value, sources, diagnostic.span);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("related".into(), related.into());
        fields.insert("fix".into(), diagnostic.fix.as_ref().map_or(Value::Null, |found| fix(sources, found)));
        fields.insert("url".into(), diagnostic.rule.url().into());
    }
    value
}

fn place(value: &mut Value, sources: &Sources, span: Span) {
    let Some(fields) = value.as_object_mut() else { return };
    let source = sources.get(span.source);
    let position = source.map(|source| source.position(span.start));
    fields.insert("file".into(), source.map(Source::name).into());
    fields.insert("start".into(), span.start.into());
    fields.insert("end".into(), span.end.into());
    fields.insert("line".into(), position.map(|position| position.line).into());
    fields.insert("column".into(), position.map(|position| position.column).into());
}

fn fix(sources: &Sources, fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let file = sources.get(edit.span.source).map(Source::name);
        json!({ "file": file, "start": edit.span.start, "end": edit.span.end, "text": edit.text })
    });
    let edits: Vec<_> = edits.collect();
    json!({ "title": fix.title, "safe": fix.safety == Safety::Safe, "edits": edits })
}
