//! Workflow commands, which GitHub shows as annotations on the lines of a pull request. User text in them is escaped, so
//! that it forms no command.

use super::commands::{self, Escape};
use super::findings::{Findings, sentence};
use super::human;
use super::terminal::{Terminal, escape_control};
use crate::diagnostic::{Diagnostic, Severity};

/// Renders a command for each finding, and the closing line. GitHub shows the first ten of each severity; the job's
/// summary (`report::markdown`) has all of them.
pub fn render(findings: &Findings<'_>) -> String {
    let unread = findings.unread.iter().map(|unread| {
        let file = property(findings.from_root(&unread.file));
        let text = data(&format!("{} cannot be read: {}", unread.file, unread.cause));
        format!("::error file={file},title=unreadable-file::{text}\n")
    });
    let found = findings.by_severity().into_iter().map(|diagnostic| command(findings, diagnostic));
    let plain = Terminal { color: false, width: 100 };
    let closing = human::summary(findings.templates, findings.versions, findings.counts(), plain);
    unread.chain(found).chain([closing]).collect()
}

fn command(findings: &Findings<'_>, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = findings.location(diagnostic.span);
    let (start, end) = (place.start, place.end);
    let mut properties = format!(
        "file={},line={},endLine={}",
        property(findings.from_root(place.file)),
        start.line,
        place.last_line()
    );
    // Columns are taken only where the place is on one line.
    if start.line == end.line {
        properties += &format!(",col={},endColumn={}", start.column, end.column);
    }
    let text = data(&sentence(diagnostic)) + "%0A" + &data(&diagnostic.rule.url());
    format!("::{level} {properties},title={}::{text}\n", property(diagnostic.rule.id))
}

/// The text of a command, on one line; what GitHub's log would obey is written out.
fn data(text: &str) -> String {
    commands::escape(&escape_control(text), Escape::Text).replace('%', "%25")
}

/// The value of a property of a command. Line breaks are part of a file's name, and so they are kept.
fn property(text: &str) -> String {
    let lines: Vec<_> = text.split(['\r', '\n']).map(escape_control).collect();
    let breaks = text.chars().filter(|character| matches!(character, '\r' | '\n'));
    let mut breaks = breaks.map(|character| if character == '\r' { "%0D" } else { "%0A" });
    let escaped = lines.iter().map(|line| {
        let line = line.replace('%', "%25").replace(':', "%3A").replace(',', "%2C");
        line + breaks.next().unwrap_or_default()
    });
    commands::escape(&escaped.collect::<String>(), Escape::Text).into_owned()
}
