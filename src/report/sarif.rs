//! SARIF 2.1.0: the format of GitHub's code scanning and of many viewers.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::findings::{Findings, is_absolute, sentence, severity_name};
use super::terminal::escape_control;
use super::{fingerprint, json, rule};
use crate::diagnostic::{Confidence, Diagnostic, Edit, Fix, Rule, Safety, Severity};
use crate::source::{SourceId, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// What is kept in a path; everything else is a `%` and two digits.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The log: one run, with the rules that were broken.
pub fn render(findings: &Findings<'_>) -> String {
    let rules: BTreeMap<&str, &Rule> =
        findings.diagnostics.iter().map(|found| (found.rule.id, found.rule)).collect();
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(index, id)| (*id, index)).collect();
    let prints = fingerprint::all(findings);
    let results: Vec<_> = findings
        .diagnostics
        .iter()
        .zip(prints)
        .map(|(found, print)| result(findings, found, index.get(found.rule.id).copied(), &print))
        .collect();
    json::render(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "watpl",
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "the root of the repository" } } },
            "invocations": [invocation(findings)],
            "results": results,
        }],
    }))
}

/// How the run went: it did not go well where a file could not be read.
fn invocation(findings: &Findings<'_>) -> Value {
    let notes = findings.unread.iter().map(|unread| {
        json!({
            "level": "error",
            "message": message(&format!("the file cannot be read: {}", unread.cause)),
            "locations": [{ "physicalLocation": { "artifactLocation": artifact(findings, &unread.file) } }],
        })
    });
    let notes: Vec<_> = notes.collect();
    json!({ "executionSuccessful": notes.is_empty(), "toolExecutionNotifications": notes })
}

fn descriptor(rule: &Rule) -> Value {
    let page = rule::page(rule);
    json!({
        "id": rule.id,
        "name": pascal(rule.id),
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.summary() },
        "help": { "text": page, "markdown": page },
        "helpUri": rule.url(),
        "defaultConfiguration": { "level": severity_name(rule.severity) },
        "properties": {
            "tags": ["whatsapp", rule.class.to_string()],
            "precision": precision(rule.confidence),
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
            "confidence": rule.confidence.to_string(),
            "subcode": rule.subcode,
        },
    })
}

fn result(findings: &Findings<'_>, found: &Diagnostic, index: Option<usize>, print: &str) -> Value {
    let related = found.related.iter().enumerate().map(|(id, label)| {
        let mut place = location(findings, label.span, &label.text);
        if let Some(fields) = place.as_object_mut() {
            fields.insert("id".into(), (id + 1).into());
        }
        place
    });
    let related: Vec<_> = related.collect();
    let fixes: Vec<_> = found.fix.iter().map(|found| fix(findings, found)).collect();
    json!({
        "ruleId": found.rule.id,
        "ruleIndex": index,
        "level": severity_name(found.severity),
        "message": message(&sentence(found)),
        "locations": [location(findings, found.span, &found.label)],
        "relatedLocations": related,
        "partialFingerprints": { "watpl/v1": print },
        "fixes": fixes,
    })
}

fn location(findings: &Findings<'_>, span: Span, label: &str) -> Value {
    let file = findings.file(span);
    let mut value = json!({ "physicalLocation": {
        "artifactLocation": artifact(findings, file),
        "region": region(findings, span),
    } });
    if let (false, Some(fields)) = (label.is_empty(), value.as_object_mut()) {
        fields.insert("message".into(), message(label));
    }
    value
}

fn region(findings: &Findings<'_>, span: Span) -> Value {
    let place = findings.location(span);
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn artifact(findings: &Findings<'_>, file: &str) -> Value {
    let path = findings.from_root(file);
    let encoded = utf8_percent_encode(path, PATH);
    if is_absolute(path) {
        let slash = if path.starts_with('/') { "" } else { "/" };
        return json!({ "uri": format!("file://{slash}{encoded}") });
    }
    json!({ "uri": encoded.to_string(), "uriBaseId": ROOT })
}

fn fix(findings: &Findings<'_>, fix: &Fix) -> Value {
    let mut files: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.source).or_default().push(edit);
    }
    let changes = files.into_values().map(|edits| {
        let file = edits.first().map(|edit| findings.file(edit.span)).unwrap_or_default();
        let replacements = edits.iter().map(|edit| {
            json!({
                "deletedRegion": region(findings, edit.span),
                "insertedContent": { "text": edit.text },
            })
        });
        let replacements: Vec<_> = replacements.collect();
        json!({ "artifactLocation": artifact(findings, file), "replacements": replacements })
    });
    let changes: Vec<_> = changes.collect();
    json!({
        "description": message(&fix.title),
        "artifactChanges": changes,
        "properties": { "safe": fix.safety == Safety::Safe },
    })
}

/// A message without parts to fill in. Braces stay as they are, because without `arguments` no viewer takes them for
/// places, and most would show doubled ones; brackets are escaped where they would make a link out of a user's text.
fn message(text: &str) -> Value {
    let mut text = escape_control(text).into_owned();
    if text.contains("](") {
        text = text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    }
    json!({ "text": text })
}

/// How seldom it is wrong, in the words of code scanning.
fn precision(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Documented | Confidence::Observed => "very-high",
        Confidence::Reported => "high",
        Confidence::Inferred => "medium",
    }
}

/// `placeholder-at-edge` as `PlaceholderAtEdge`.
fn pascal(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let (head, tail) = word.split_at_checked(1).unwrap_or((word, ""));
        head.to_uppercase() + tail
    });
    words.collect()
}
