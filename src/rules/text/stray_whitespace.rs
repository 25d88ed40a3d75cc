//! `stray-whitespace`.

use std::ops::Range;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Text, has_pair};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::fixes;

rule! {
    /// A body contains tabs, many consecutive spaces, or trailing spaces.
    ///
    /// Resellers report that bodies with tabs or four consecutive spaces are rejected. Trailing spaces are
    /// harmless, but show up as an invisible difference.
    ///
    /// ```yaml fails
    /// body: "Your order    is on its way."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way."
    /// ```
    pub(crate) static RULE = {
        id: "stray-whitespace",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["text-tabs", "text-many-spaces", "text-trailing-space"],
        subcode: Some(2388072),
        reference: "templates/components",
        needs: Needs::bytes(b"\t "),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let unusual =
        template.bodies().filter(|(_, text)| text.bytes().has(b'\t') || has_unusual_space(text.as_str()));
    let bodies = unusual.filter(|(_, text)| !text.is_blank());
    bodies.flat_map(|(_, text)| [tab(text), many(text), trailing(text)]).flatten().collect()
}

/// Returns whether a space precedes another space or the end of a line.
fn has_unusual_space(text: &str) -> bool {
    let ends = |byte: u8| (byte == b' ') | (byte == b'\n') | (byte == b'\r');
    text.ends_with(' ') || has_pair(text.as_bytes(), |one, next| (one == b' ') & ends(next))
}

fn tab(text: &Text) -> Option<Diagnostic> {
    if !text.bytes().has(b'\t') {
        return None;
    }
    let (_, span) = text.find_plain(|character| character == '\t')?;
    Some(Diagnostic::new(&RULE, span, "the body has a tab").help("use a space or a line break"))
}

fn many(text: &Text) -> Option<Diagnostic> {
    let start = run_of_spaces(text.as_str().as_bytes(), limits::BLANKS + 1)?;
    let rest = text.as_str().get(start..)?;
    let length = rest.len() - rest.trim_start_matches(' ').len();
    // Trailing spaces are reported separately.
    let ends_line = rest.get(length..).is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'));
    let message = format!("{length} consecutive spaces (at most {} allowed)", limits::BLANKS);
    let diagnostic =
        || Diagnostic::new(&RULE, text.span_of(start..start + length), message).help("use one space");
    (!ends_line).then(diagnostic)
}

/// Returns the start of the first run of this many spaces.
fn run_of_spaces(text: &[u8], count: usize) -> Option<usize> {
    // Almost no text has two.
    if !has_pair(text, |one, next| (one == b' ') & (next == b' ')) {
        return None;
    }
    let mut run = 0;
    let end = text.iter().position(|byte| {
        run = if *byte == b' ' { run + 1 } else { 0 };
        run == count
    });
    end.map(|end| end + 1 - count)
}

fn trailing(text: &Text) -> Option<Diagnostic> {
    let ranges = trailing_ranges(text.as_str());
    let first = ranges.first()?.clone();
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first), "trailing spaces")
        .severity(Severity::Info)
        .help("delete them");
    let edits: Option<Vec<_>> = ranges.into_iter().map(|range| fixes::replace(text, range, "")).collect();
    let fix = |edits| Fix { title: "delete trailing spaces".to_owned(), safety: Safety::Safe, edits };
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
        "body: |\r\n  Your order is here.«  »\r\n  Enjoy it.\r\n",
        "template order_shipped {\r\n  category utility\r\n  language en_US\r\n  body \"\"\"\r\n    Your order is here.«  »\r\n    Enjoy it.\r\n    \"\"\"\r\n}\r\n",
        "languages:\n  en_US:\n    body: Your order is here.\n  fa:\n    body: \"سفارش«     »شما رسید.\"",
    ],
    passes: [
        r#"body: "Your order is on its way.""#,
        r#"body: "Your order   is on its way.""#,
        "body: |\n  Your order is here.\n\n  Enjoy it.",
        r#"header: "Two  spaces in a header""#,
        "body: |\r\n  Your order is here.\r\n\r\n  Enjoy it.\r\n",
        "template order_shipped {\r\n  category utility\r\n  language en_US\r\n  body \"\"\"\r\n    Your order is here.\r\n\r\n    Enjoy it.\r\n    \"\"\"\r\n}\r\n",
        "body: >\n  Your order\n    is here.",
    ],
}
