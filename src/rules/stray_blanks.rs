//! `stray-blanks`.

use std::ops::Range;

use super::{View, mend};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::{Text, has_double_blank};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A body has tabs, many blanks in a row, or blanks at the end of a line.
    ///
    /// Resellers report that bodies with tabs or four blanks in a row are refused. Blanks at the end of a line are
    /// harmless, and show up as a difference that nobody can see.
    ///
    /// ```yaml fails
    /// body: "Your order    is on its way."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way."
    /// ```
    pub(super) static RULE = {
        id: "stray-blanks",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["text-tabs", "text-many-spaces", "text-trailing-space"],
        subcode: Some(2388072),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let unusual =
        template.bodies().filter(|(_, text)| text.bytes().has(b'\t') || has_unusual_blank(text.as_str()));
    let bodies = unusual.filter(|(_, text)| !text.is_blank());
    bodies.flat_map(|(_, text)| [tab(text), many(text), trailing(text)]).flatten().collect()
}

/// Whether a blank stands before another or at the end of a line. Going on to the end costs less than asking each byte
/// whether to stop.
fn has_unusual_blank(text: &str) -> bool {
    let bytes = text.as_bytes();
    let behind = bytes.get(1..).unwrap_or_default();
    let ends = |byte: u8| (byte == b' ') | (byte == b'\n') | (byte == b'\r');
    let pair = |found, (one, next): (&u8, &u8)| found | ((*one == b' ') & ends(*next));
    text.ends_with(' ') || bytes.iter().zip(behind).fold(false, pair)
}

fn tab(text: &Text) -> Option<Diagnostic> {
    if !text.bytes().has(b'\t') {
        return None;
    }
    let (_, span) = text.find_plain(|character| character == '\t')?;
    Some(Diagnostic::new(&RULE, span, "the body has a tab").help("write a blank, or a line break"))
}

fn many(text: &Text) -> Option<Diagnostic> {
    let start = blanks(text.as_str().as_bytes(), limits::BLANKS + 1)?;
    let rest = text.as_str().get(start..)?;
    let length = rest.len() - rest.trim_start_matches(' ').len();
    // At the end of a line they are reported as such.
    let ends_line = rest.get(length..).is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'));
    let message = format!("{length} blanks stand in a row, and {} are allowed", limits::BLANKS);
    let diagnostic =
        || Diagnostic::new(&RULE, text.span_of(start..start + length), message).help("write one blank");
    (!ends_line).then(diagnostic)
}

/// Where so many blanks stand in a row.
fn blanks(text: &[u8], count: usize) -> Option<usize> {
    // Nearly no text has two.
    if !has_double_blank(text) {
        return None;
    }
    let mut row = 0;
    let end = text.iter().position(|byte| {
        row = if *byte == b' ' { row + 1 } else { 0 };
        row == count
    });
    end.map(|end| end + 1 - count)
}

fn trailing(text: &Text) -> Option<Diagnostic> {
    let ranges = trailing_ranges(text.as_str());
    let first = ranges.first()?.clone();
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first), "a line ends with blanks")
        .severity(Severity::Info)
        .help("delete them");
    let edits: Option<Vec<_>> = ranges.into_iter().map(|range| mend::replace(text, range, "")).collect();
    let fix =
        |edits| Fix { title: "delete blanks at the ends of lines".to_owned(), safety: Safety::Safe, edits };
    Some(match edits {
        Some(edits) => diagnostic.with_fix(fix(edits)),
        None => diagnostic,
    })
}

fn trailing_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let kept = content.trim_end_matches(' ').len();
        if kept < content.len() {
            ranges.push(start + kept..start + content.len());
        }
        start += line.len();
    }
    ranges
}

cases! {
    fails: [
        r#"body: "Order«\t»is on its way.""#,
        r#"body: "Order«    »is on its way.""#,
        "body: |\n  Your order is here.«  »\n  Enjoy it.",
    ],
    passes: [
        r#"body: "Your order is on its way.""#,
        r#"body: "Your order   is on its way.""#,
        "body: |\n  Your order is here.\n\n  Enjoy it.",
        r#"header: "Two  spaces in a header""#,
    ],
}
