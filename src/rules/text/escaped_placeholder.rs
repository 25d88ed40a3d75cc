//! `escaped-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Segment, SegmentKind, Text};
use crate::rule;

rule! {
    /// A text contains two literal opening braces.
    ///
    /// In a source file, `\{{` is two literal braces, but Meta has no escape for them: everything up to `}}`
    /// becomes a parameter. The template is rejected, or it asks for a value that no sender has.
    ///
    /// ```yaml fails
    /// body: 'Your order is on its way, and \{{1}} is not a placeholder here at all.'
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way, and braces are not needed here at all.
    /// ```
    pub(crate) static RULE = {
        id: "escaped-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["param-braces"],
        subcode: Some(2388072),
        reference: "templates/overview",
        needs: Needs::segment(NeededSegment::Escape),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
        "literal `{{` is not possible: Meta reads it as a parameter",
    )
    .label("this would start a parameter")
    .help("write the text without double braces")
}

cases! {
    fails: [
        r"body: 'Your order «\{{»1}} is on its way to you.'",
        r"body: Write «\{{»name}} or «\{{» to get your order.",
        r"header: Write «\{{»",
        "body: |\n  Your order «\\{{»1}} is\n  on its way to you.",
        "body: \"Your order «\\\\{{»1}} is on its way to you.\"",
    ],
    passes: [
        r"body: 'Your order \<<1>> is on its way to you.'",
        r"body: 'Your order \${shop} is on its way to you, \\ and all.'",
        r"body: 'Your order {1} is on its way to you.'",
    ],
}
