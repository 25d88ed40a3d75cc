//! What an audit found: every finding with its version and component, because there is no file.

use serde_json::{Value, json};

use super::terminal::{Terminal, escape_control};
use super::{Counts, human, json, markdown, omitted};
use crate::audit::{Audit, Finding};
use crate::diagnostic::{Diagnostic, Severity};

/// Longest text that is shown of a place, in characters.
const SHOWN: usize = 120;

/// For people: version by version.
pub fn human(audit: &Audit, account: &str, terminal: Terminal) -> String {
    let mut text = String::new();
    for findings in audit.findings.chunk_by(|one, other| one.version == other.version) {
        let Some(first) = findings.first() else { continue };
        let about = &first.version;
        let state =
            format!("{}, {}, id {}", about.status.to_lowercase(), about.category.to_lowercase(), about.id);
        text += &format!(
            "{}  {}\n",
            terminal.bold(escape_control(&about.key.to_string())),
            escape_control(&state)
        );
        let (shown, left) = human::shown(findings, |finding| &finding.diagnostic);
        shown.iter().for_each(|finding| text += &paragraph(audit, finding, terminal));
        if left > 0 {
            text += &format!("  … and {left} more\n");
        }
        text.push('\n');
    }
    for (key, reason) in &audit.left {
        let line = format!("{key} was not checked: {reason}");
        text += &format!("{} {}\n", terminal.yellow("note:"), escape_control(&line));
    }
    let counts = counts(audit);
    text + &format!(
        "{}: {}",
        terminal.bold(escape_control(account)),
        human::summary(audit.templates, audit.versions, counts, terminal)
    )
}

fn paragraph(audit: &Audit, finding: &Finding, terminal: Terminal) -> String {
    let diagnostic = &finding.diagnostic;
    let severity = diagnostic.severity.to_string();
    let severity = match diagnostic.severity {
        Severity::Error => terminal.red(severity),
        Severity::Warning => terminal.yellow(severity),
        Severity::Info => severity,
    };
    let mut text = format!(
        "  {severity} {}, {}: {}\n",
        escape_control(&finding.component),
        diagnostic.rule.id,
        escape_control(&diagnostic.message)
    );
    let place = place(audit, diagnostic);
    if !place.is_empty() {
        text += &format!("      {}\n", escape_control(&place));
    }
    if let Some(help) = &diagnostic.help {
        text += &format!("      help: {}\n", escape_control(&help.replace('\n', " ")));
    }
    text
}

/// One object: `version`, `account`, `findings`, `left`, `summary`.
pub fn machine(audit: &Audit, account: &str) -> String {
    let findings: Vec<_> = carried(audit).iter().map(|finding| object(audit, finding)).collect();
    json::render(&json!({
        "version": json::VERSION,
        "account": account,
        "findings": findings,
        "left": left(audit),
        "summary": summary(audit),
    }))
}

/// A JSON object on each line, the summary last.
pub fn lines(audit: &Audit, account: &str) -> String {
    let tagged = |kind: &str, mut value: Value| {
        if let Some(fields) = value.as_object_mut() {
            fields.insert("type".into(), kind.into());
        }
        json::line(&value)
    };
    let carried = carried(audit);
    let findings = carried.iter().map(|finding| tagged("finding", object(audit, finding)));
    let left = left(audit).into_iter().map(|value| tagged("left", value));
    let mut closing = summary(audit);
    if let Some(fields) = closing.as_object_mut() {
        fields.insert("account".into(), account.into());
    }
    findings.chain(left).chain([tagged("summary", closing)]).collect()
}

/// A table in Markdown.
pub fn table(audit: &Audit, account: &str) -> String {
    let mut text = format!("### watpl audit: {}\n\n", markdown::code(account));
    if !audit.findings.is_empty() {
        text += "| severity | version | status | component | rule | finding |\n|---|---|---|---|---|---|\n";
    }
    for finding in &carried(audit) {
        let found = &finding.diagnostic;
        let help = found.help.as_deref().map(|help| format!("<br>{}", markdown::inline(help)));
        text += &format!(
            "| {} | {} | {} | {} | [`{}`]({}) | {}{} |\n",
            found.severity,
            markdown::code(&finding.version.key.to_string()),
            markdown::code(&finding.version.status.to_lowercase()),
            markdown::code(&finding.component),
            found.rule.id,
            found.rule.url(),
            markdown::inline(&found.message),
            help.unwrap_or_default()
        );
    }
    for (key, reason) in &audit.left {
        text += &format!(
            "\n{} was not checked: {}\n",
            markdown::code(&key.to_string()),
            markdown::inline(reason)
        );
    }
    let plain = Terminal { color: false, width: 100 };
    text + "\n" + &human::summary(audit.templates, audit.versions, counts(audit), plain)
}

/// The findings of a report for machines: as many of each version as of a file, and an entry for the rest.
fn carried(audit: &Audit) -> Vec<Finding> {
    let mut kept = Vec::new();
    for of_version in audit.findings.chunk_by(|one, other| one.version == other.version) {
        let diagnostics = || of_version.iter().map(|finding| &finding.diagnostic);
        let carried = omitted::carried(&audit.sources, diagnostics());
        kept.extend(of_version.iter().take(carried).cloned());
        let rest = omitted::entry(diagnostics().skip(carried), "version");
        kept.extend(of_version.first().zip(rest).map(|(first, diagnostic)| Finding {
            version: first.version.clone(),
            component: "template".to_owned(),
            diagnostic,
        }));
    }
    kept
}

/// How many of each severity.
pub fn counts(audit: &Audit) -> Counts {
    let mut counts = Counts::default();
    for finding in &audit.findings {
        match finding.diagnostic.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Info => counts.infos += 1,
        }
    }
    counts
}

fn object(audit: &Audit, finding: &Finding) -> Value {
    let (about, found) = (&finding.version, &finding.diagnostic);
    json!({
        "rule": found.rule.id,
        "severity": found.severity.to_string(),
        "class": found.rule.class.to_string(),
        "name": about.key.name,
        "language": about.key.language,
        "id": about.id,
        "status": about.status,
        "category": about.category,
        "component": finding.component,
        "text": place(audit, found),
        "message": found.message,
        "help": found.help,
        "url": found.rule.url(),
    })
}

fn left(audit: &Audit) -> Vec<Value> {
    let left = audit.left.iter();
    left.map(|(key, reason)| json!({ "name": key.name, "language": key.language, "reason": reason }))
        .collect()
}

fn summary(audit: &Audit) -> Value {
    let counts = counts(audit);
    json!({
        "templates": audit.templates,
        "versions": audit.versions,
        "left": audit.left.len(),
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
    })
}

/// The text that a finding is about, on one line.
fn place(audit: &Audit, diagnostic: &Diagnostic) -> String {
    let source = audit.sources.get(diagnostic.span.source);
    let slice = source.map(|source| source.slice(diagnostic.span)).unwrap_or_default();
    let words = slice.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = words.chars().take(SHOWN).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}
