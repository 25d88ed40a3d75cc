//! `header-with-formatting`.

use super::{View, emoji, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{SegmentKind, Text};
use crate::rule;

rule! {
    /// A text header has formatting marks, an emoji or a line break.
    ///
    /// A header is one line of plain text, which WhatsApp shows in bold. Asterisks, underscores, tildes and
    /// backticks are refused, also inside words, and so are emoji and line breaks.
    ///
    /// ```yaml fails
    /// header: Your order is *on its way*
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(super) static RULE = {
        id: "header-with-formatting",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-markdown", "header-text-emoji", "header-text-newline"],
        subcode: Some(2388047),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.headers().flat_map(|text| [mark(text), emoji(text), line_break(text)]).flatten().collect()
}

fn mark(text: &Text) -> Option<Diagnostic> {
    let mark = text.pieces.iter().find(|piece| piece.kind == SegmentKind::FormatMarker)?;
    let message = format!("the header has the formatting mark {}", quote::piece(text, mark));
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(mark), message)
            .help("write plain text; headers are bold as they are"),
    )
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(
        Diagnostic::new(&RULE, span, format!("the header has the emoji `{emoji}`"))
            .help("move it to the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    let diagnostic = Diagnostic::new(&RULE, span, "the header has a line break");
    Some(diagnostic.label("a header is one line").help("write it on one line, or move the rest to the body"))
}
