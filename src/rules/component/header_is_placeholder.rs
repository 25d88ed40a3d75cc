//! `header-is-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{SegmentKind, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A text header consists only of a placeholder.
    ///
    /// Reviewers can't tell what the message is about. No approved template with such a header is known.
    ///
    /// ```yaml fails
    /// variables: { customer: Amelia Grant }
    /// header: "{{customer}}"
    /// ```
    ///
    /// ```yaml passes
    /// variables: { customer: Amelia Grant }
    /// header: "News for {{customer}}"
    /// ```
    pub(crate) static RULE = {
        id: "header-is-placeholder",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["header-text-only-param"],
        subcode: Some(2388299),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.headers().filter_map(diagnostic).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (piece, _) = text.placeholders().next()?;
    let says_more = text.pieces.iter().any(|piece| match piece.kind {
        SegmentKind::Placeholder(_) => false,
        SegmentKind::Run | SegmentKind::FormatMarker => text.slice(piece).chars().any(char::is_alphanumeric),
        _ => true,
    });
    (!says_more).then(|| {
        let message = format!("the header consists only of {}", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message).help("add a word that describes the value")
    })
}

cases! {
    fails: [
        "variables: { a: Ana }\nheader: \"«{{a}}»\"",
        "variables: { a: Ana }\nheader: \"🎉 «<<a>>»!\"",
        "header: { text: \"«{{1}}»\", samples: [Ana] }",
        "header: { text: «<<1>>», samples: [Ana] }",
        "variables: { a: Ana }\nheader: \"*«{{a}}»*\"",
        "variables: { a: Ana }\nlanguages:\n  en_US: { header: \"For {{a}}\" }\n  fa: { header: \"«{{a}}»\" }",
        "variables: { a: Ana }\nheader: \"«{{a}}»\u{200f}\"",
    ],
    passes: [
        "variables: { a: Ana }\nheader: \"For {{a}}\"",
        "variables: { a: Ana }\nheader: \"{{a}} ${shop}\"",
        "variables: { a: Ana }\nheader: \"برای {{a}}\"",
        "variables: { a: Ana }\nheader: \"№ 1 {{a}}\"",
        "variables: { a: Ana }\nbody: \"{{a}}\"",
        "header: \"🎉\"",
    ],
}
