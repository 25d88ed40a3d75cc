//! A table in Markdown: for the summary of a job, or a remark on a pull request.

use super::commands::{self, Escape};
use super::findings::{Findings, severity_name};
use super::terminal::escape_control;
use super::{counted, human};
use crate::diagnostic::Diagnostic;
use crate::report::Terminal;
use crate::rules::FINDINGS_OMITTED;

/// Most bytes of the table: a remark on GitHub takes 65,536 characters, and a job's summary one MiB.
const LONGEST: usize = 60_000;

/// Renders the findings, highest severity first, up to the maximum size of a comment.
pub fn render(findings: &Findings<'_>) -> String {
    let plain = Terminal { color: false, width: 100 };
    let summary = human::summary(findings.templates, findings.versions, findings.counts(), plain);
    let mut text = format!("### watpl lint\n\n{summary}");
    for unread in findings.unread {
        text += &format!("\n**{} cannot be read:** {}\n", code(&unread.file), inline(&unread.cause));
    }
    if findings.diagnostics.is_empty() {
        return text;
    }
    text += "\n| | location | rule | finding |\n|---|---|---|---|\n";
    let sorted = findings.by_severity();
    let mut shown = 0;
    for diagnostic in &sorted {
        let row = row(findings, diagnostic);
        if text.len() + row.len() > LONGEST {
            break;
        }
        text += &row;
        shown += usize::from(diagnostic.rule.id != FINDINGS_OMITTED.id);
    }
    match findings.counts().total().saturating_sub(shown) {
        0 => text,
        more => text + &format!("\n… and {} more\n", counted(more, "finding")),
    }
}

fn row(findings: &Findings<'_>, diagnostic: &Diagnostic) -> String {
    let place = findings.location(diagnostic.span);
    let at = format!("{}:{}:{}", place.file, place.start.line, place.start.column);
    let help = diagnostic.help.as_deref().map(|help| format!("<br>{}", inline(help))).unwrap_or_default();
    format!(
        "| {} | {} | [`{}`]({}) | {}{help} |\n",
        severity_name(diagnostic.severity),
        code(&at),
        diagnostic.rule.id,
        diagnostic.rule.url(),
        inline(&diagnostic.message)
    )
}

/// Renders a message with user text: text in backticks is code, everything else is escaped.
pub(super) fn inline(text: &str) -> String {
    let text = escape_control(text);
    let parts: Vec<_> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(&text);
    }
    let marked = parts.iter().enumerate().map(|(index, part)| match (index % 2, part.is_empty()) {
        (0, _) => plain(part),
        (_, true) => "\\`\\`".to_owned(),
        (_, false) => code(part),
    });
    marked.collect()
}

/// Text as code: whatever it holds, it does not end there, nor does the cell of the table.
pub(super) fn code(text: &str) -> String {
    let text = commands::escape(&escape_control(text), Escape::Text).replace('|', "\\|");
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // Markdown removes one space at either side, which is needed next to a backtick.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text in which nothing is a mark, a tag or a person.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '@' => escaped.push_str("@<!-- -->"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}
