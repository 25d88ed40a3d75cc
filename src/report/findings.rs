//! What a run of the linter found, and how every format names the places of it.

use std::collections::BTreeMap;

use super::Counts;
use super::terminal::escape_control;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Source, Sources, Span};

/// What a run of the linter found: what every format is rendered from.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// What is reported, in the order of files and places.
    pub diagnostics: &'a [Diagnostic],
    /// How many findings there are of each severity, those that the report leaves out included.
    pub counts: Counts,
    /// How many templates were looked at.
    pub templates: usize,
    /// In how many versions.
    pub versions: usize,
    /// The files that were not looked at.
    pub unread: &'a [UnreadableFile],
    /// The names of files that are others when they are counted from the root of the repository, as services do.
    pub renamed: &'a BTreeMap<String, String>,
}

/// A file that could not be read. It is in every report: one that is missing there would pass for clean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableFile {
    /// Its path, as shown.
    pub file: String,
    /// Why.
    pub cause: String,
}

/// A place as services want it: lines and columns, the end after the last character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's name as shown.
    pub file: &'a str,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Location<'_> {
    /// The last line that anything of it is on: a place that ends with a line break reaches no further.
    pub fn last_line(&self) -> usize {
        let ends_before = self.end.column == 1 && self.end.line > self.start.line;
        if ends_before { self.end.line - 1 } else { self.end.line }
    }
}

impl<'a> Findings<'a> {
    /// How many of each severity.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The source of a span.
    pub fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources.get(span.source)
    }

    /// The name of a span's file.
    pub fn file(&self, span: Span) -> &'a str {
        self.source(span).map(Source::name).unwrap_or_default()
    }

    /// Where a span is.
    pub fn location(&self, span: Span) -> Location<'a> {
        let Some(source) = self.source(span) else {
            let start = Position { line: 1, column: 1 };
            return Location { file: "", start, end: start };
        };
        let start = source.position(span.start);
        let text = source.slice(span);
        // Counting from the start of a line of a megabyte takes its time, and once is enough.
        let end = match span.start == 0 || text.contains(['\n', '\r']) {
            true => source.position(span.end.max(span.start)),
            false => Position { column: start.column + text.chars().count(), ..start },
        };
        Location { file: source.name(), start, end }
    }

    /// A file's name, counted from the root of the repository.
    pub fn from_root<'b>(&'b self, file: &'b str) -> &'b str {
        self.renamed.get(file).map_or(file, String::as_str)
    }

    /// The diagnostics, highest severity first, for reports that show only the first ones.
    pub fn by_severity(&self) -> Vec<&'a Diagnostic> {
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        sorted
    }
}

/// Returns whether a path is absolute, on Unix or Windows.
pub fn is_absolute(file: &str) -> bool {
    file.starts_with('/') || file.as_bytes().get(1) == Some(&b':')
}

/// What a severity is called where there are errors, warnings and notes.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The message, and what to do, on one line: text of users in it ends no line and commands no terminal.
pub fn sentence(diagnostic: &Diagnostic) -> String {
    let message = escape_control(&diagnostic.message);
    match &diagnostic.help {
        Some(help) => format!("{message}; {}", escape_control(&help.replace('\n', " "))),
        None => message.into_owned(),
    }
}
