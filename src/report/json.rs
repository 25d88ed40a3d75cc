//! Diagnostics for machines. The form is documented in `docs/json.md`; its version changes when a field does.

use serde_json::{Value, json};

use super::Counts;
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::source::{Source, Sources, Span};

/// The version of the form.
pub const VERSION: u32 = 1;

/// One object: `version`, `diagnostics`, `summary`.
pub fn diagnostics(
    sources: &Sources,
    diagnostics: &[Diagnostic],
    templates: usize,
    versions: usize,
) -> String {
    let counts = Counts::of(diagnostics);
    let list: Vec<_> = diagnostics.iter().map(|diagnostic| one(sources, diagnostic)).collect();
    let value = json!({
        "version": VERSION,
        "diagnostics": list,
        "summary": {
            "templates": templates,
            "versions": versions,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "infos": counts.infos,
        },
    });
    render(&value)
}

/// JSON as it is printed: indented, ending in a line break, without a character that a terminal obeys.
pub fn render(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => safe.push(character),
        }
    }
    safe.push('\n');
    safe
}

fn one(sources: &Sources, diagnostic: &Diagnostic) -> Value {
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
