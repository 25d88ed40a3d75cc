//! GitLab's code quality report: a list of issues, each with a fingerprint by which merge requests tell new from old.

use serde_json::{Value, json};

use super::findings::{Findings, sentence};
use super::terminal::escape_control;
use super::{fingerprint, json};
use crate::diagnostic::{Diagnostic, Severity};

/// The report; an empty list where nothing was found.
pub fn render(findings: &Findings<'_>) -> String {
    let prints = fingerprint::all(findings);
    let found = findings
        .diagnostics
        .iter()
        .zip(prints)
        .map(|(diagnostic, print)| issue(findings, diagnostic, &print));
    let unread = findings.unread.iter().map(|unread| {
        json!({
            "type": "issue",
            "check_name": "unreadable-file",
            "description": escape_control(&format!("the file cannot be read: {}", unread.cause)),
            "severity": "critical",
            "fingerprint": fingerprint::unread(findings, &unread.file),
            "location": { "path": findings.from_root(&unread.file), "lines": { "begin": 1 } },
        })
    });
    json::render(&Value::Array(found.chain(unread).collect()))
}

fn issue(findings: &Findings<'_>, diagnostic: &Diagnostic, print: &str) -> Value {
    let place = findings.location(diagnostic.span);
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    let url = diagnostic.rule.url();
    json!({
        "type": "issue",
        "check_name": diagnostic.rule.id,
        "description": format!("{} ({}: {url})", sentence(diagnostic), diagnostic.rule.id),
        "content": { "body": url },
        "severity": severity,
        "fingerprint": print,
        "location": {
            "path": findings.from_root(place.file),
            "lines": { "begin": place.start.line, "end": place.last_line() },
        },
    })
}
