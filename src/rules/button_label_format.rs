//! `button-label-format`.

use super::{View, emoji, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{SegmentKind, Text};
use crate::rule;

rule! {
    /// A button's label is blank, or has a placeholder, a line break, an emoji or a formatting mark.
    ///
    /// Labels are plain fixed text in any script. Everything else is refused with "button format is incorrect".
    ///
    /// ```yaml fails
    /// buttons: [Track my parcel 🎉]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Track my parcel]
    /// ```
    pub(super) static RULE = {
        id: "button-label-format",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["button-text-format"],
        subcode: Some(2388060),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template
        .labels()
        .filter(|text| !is_usual(text))
        .flat_map(|text| [blank(text), placeholder(text), line_break(text), emoji(text), mark(text)])
        .flatten()
        .collect()
}

/// Whether a label is one run that begins with a letter or digit, on one line, without bytes that emoji have: as nearly all are.
fn is_usual(text: &Text) -> bool {
    let is_one_run = matches!(text.pieces.as_slice(), [piece] if piece.kind == SegmentKind::Run);
    let first = text.as_str().as_bytes().first();
    is_one_run
        && first.is_some_and(u8::is_ascii_alphanumeric)
        && !text.bytes().has_any(b"\n\r")
        && !text.bytes().has_from(emoji::LEAST)
}

fn blank(text: &Text) -> Option<Diagnostic> {
    let diagnostic =
        || Diagnostic::new(&RULE, text.span, "the label shows nothing").help("write a word or two");
    text.is_blank().then(diagnostic)
}

fn placeholder(text: &Text) -> Option<Diagnostic> {
    let (piece, _) = text.placeholders().next()?;
    let message = format!("the label has the placeholder {}", quote::piece(text, piece));
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .help("write a fixed label; put the value into the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    Some(Diagnostic::new(&RULE, span, "the label has a line break").help("write it on one line"))
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(Diagnostic::new(&RULE, span, format!("the label has the emoji `{emoji}`")).help("say it in words"))
}

fn mark(text: &Text) -> Option<Diagnostic> {
    let mark = text.pieces.iter().find(|piece| piece.kind == SegmentKind::FormatMarker)?;
    let message = format!("the label has the formatting mark {}", quote::piece(text, mark));
    Some(Diagnostic::new(&RULE, text.span_of_piece(mark), message).help("write plain text"))
}
