//! The limits of reports for machines: a file of a megabyte can have a finding for each of its bytes.

use super::counted;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::FINDINGS_OMITTED;
use crate::source::{Source, Sources, Span};

/// Most findings of a file in a report.
pub const MOST: usize = 500;
/// Largest size of the findings of a file in a report, in bytes.
pub const MOST_BYTES: usize = 4_000_000;

/// What each format takes for a finding without its texts, for a related place, and for an edit: keys, indentation, the
/// address of the rule's page.
const FINDING: usize = 2_000;
const RELATED: usize = 800;
const EDIT: usize = 600;

/// The findings of a report, where not all are carried: those that are, and after those of each file an entry for the rest.
/// The findings of a file are consecutive.
pub fn cut(sources: &Sources, diagnostics: &[Diagnostic]) -> Option<Vec<Diagnostic>> {
    let of_files = || diagnostics.chunk_by(|a, b| a.span.source == b.span.source);
    if of_files().all(|of_file| carried(sources, of_file) == of_file.len()) {
        return None;
    }
    let mut kept = Vec::new();
    for of_file in of_files() {
        let (shown, left) = of_file.split_at_checked(carried(sources, of_file)).unwrap_or((of_file, &[]));
        kept.extend_from_slice(shown);
        kept.extend(entry(left.iter(), "file"));
    }
    Some(kept)
}

/// How many of the findings of a file are carried.
pub(super) fn carried<'d>(sources: &Sources, of_file: impl IntoIterator<Item = &'d Diagnostic>) -> usize {
    let mut room = MOST_BYTES;
    let fitting = of_file.into_iter().take(MOST).take_while(|diagnostic| {
        let left = room.checked_sub(size(sources, diagnostic));
        room = left.unwrap_or_default();
        left.is_some()
    });
    fitting.count()
}

/// The entry for findings that are left out of a report about a file, or what a noun names.
pub(super) fn entry<'d>(
    left: impl Iterator<Item = &'d Diagnostic> + Clone,
    noun: &str,
) -> Option<Diagnostic> {
    let severity = left.clone().map(|diagnostic| diagnostic.severity).max()?;
    let start = Span { start: 0, end: 0, ..left.clone().next()?.span };
    let of = |severity: Severity, noun: &str| {
        let count = left.clone().filter(|diagnostic| diagnostic.severity == severity).count();
        (count > 0).then(|| counted(count, noun))
    };
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let kinds: Vec<_> = kinds.into_iter().filter_map(|(severity, noun)| of(severity, noun)).collect();
    let count = left.count();
    let message = format!(
        "{} of this {noun} {} omitted from this report: {}",
        counted(count, "finding"),
        if count == 1 { "is" } else { "are" },
        kinds.join(", ")
    );
    let entry = Diagnostic::new(&FINDINGS_OMITTED, start, message).severity(severity);
    Some(entry.help("fix the listed findings, and run the linter again"))
}

/// Largest size of a finding in any format, in bytes.
fn size(sources: &Sources, diagnostic: &Diagnostic) -> usize {
    let file = |span: Span| escaped(sources.get(span.source).map_or("", Source::name));
    let related = diagnostic.related.iter().map(|label| RELATED + file(label.span) + escaped(&label.text));
    let fix = |fix: &Fix| {
        let edits = fix.edits.iter().map(|edit| EDIT + file(edit.span) + escaped(&edit.text));
        escaped(&fix.title) + edits.sum::<usize>()
    };
    let texts = escaped(&diagnostic.message)
        + escaped(&diagnostic.label)
        + diagnostic.help.as_deref().map_or(0, escaped)
        + 2 * file(diagnostic.span);
    // JUnit has the message twice.
    FINDING + 2 * texts + related.sum::<usize>() + diagnostic.fix.as_ref().map_or(0, fix)
}

/// Most bytes of a text once it is escaped for any format.
fn escaped(text: &str) -> usize {
    let character = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '.' | '/' | '-' => 1,
        // `\u{202e}` and `@<!-- -->` are the longest; a path in SARIF has `%` and two digits for each byte.
        character => (3 * character.len_utf8()).max(9),
    };
    text.chars().map(character).sum()
}
