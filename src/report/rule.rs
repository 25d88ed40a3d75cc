//! Rules: the page of one, and the table of all.

use super::terminal::Terminal;
use crate::diagnostic::Rule;
use crate::rules;

/// A rule's page, in Markdown: what `watpl explain` prints and `docs/rules/` holds.
pub fn page(rule: &Rule) -> String {
    let mut text = format!("# {}\n\n", rule.id);
    for line in rule.doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_prefix("```").map(|head| head.split_once(' ').unwrap_or((head, ""))) {
            Some((surface, words)) if words.contains("fails") => text += &format!("Fails:\n\n```{surface}"),
            Some((surface, words)) if words.contains("passes") => text += &format!("Passes:\n\n```{surface}"),
            _ => text += line,
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    let mut facts = vec![
        format!("severity: {}", rule.severity),
        format!("class: {}", rule.class),
        format!("confidence: {}", rule.confidence),
    ];
    facts.extend(rule.subcode.map(|code| format!("prevents code: {code}")));
    text += "\n\n";
    for fact in facts {
        text += &format!("- {fact}\n");
    }
    text + &format!("- Meta's documentation: `business-messaging/whatsapp/{}`\n", rule.reference)
}

/// The table of all rules, in Markdown.
pub fn table() -> String {
    let mut text = String::from("| rule | severity | class | what it finds |\n|---|---|---|---|\n");
    for rule in rules::all() {
        let id = rule.id;
        let summary = rule.summary().trim_end_matches('.');
        text +=
            &format!("| [`{id}`](docs/rules/{id}.md) | {} | {} | {summary} |\n", rule.severity, rule.class);
    }
    text
}

/// The list of all rules, for a terminal.
pub fn list(terminal: Terminal) -> String {
    let rules = rules::all();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let lines = rules.iter().map(|rule| {
        let id = terminal.bold(format!("{:width$}", rule.id));
        format!("{id}  {:7}  {}\n", rule.severity.to_string(), rule.summary())
    });
    lines.collect()
}
