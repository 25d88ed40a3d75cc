//! `escaped-placeholder`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// A text wants to show two opening braces.
    ///
    /// `\{{` stands for itself in a source, but Meta has no way to write it: what follows up to `}}` becomes a
    /// parameter, and the template is refused or asks for a value that nobody has.
    ///
    /// ```yaml fails
    /// body: 'Your order is on its way, and \{{1}} is not a placeholder here at all.'
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way, and braces are not needed here at all.
    /// ```
    pub(super) static RULE = {
        id: "escaped-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["param-braces"],
        subcode: Some(2388072),
        reference: "templates/overview",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.kinds().has_escapes() {
        return Vec::new();
    }
    let texts = template.texts_and_urls();
    texts
        .flat_map(|(_, _, text)| escapes(text).map(|piece| diagnostic(text, piece)).collect::<Vec<_>>())
        .collect()
}

fn escapes(text: &Text) -> impl Iterator<Item = &Segment> {
    text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Escape && text.slice(piece) == "\\{{")
}

fn diagnostic(text: &Text, piece: &Segment) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        text.span_of_piece(piece),
        "two opening braces cannot be shown: Meta reads `{{` as a parameter",
    )
    .label("it would begin a parameter")
    .help("write it without braces")
}
