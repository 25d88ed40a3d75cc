//! `header-is-placeholder`.

use super::{View, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{PieceKind, Text};
use crate::rule;

rule! {
    /// A text header is nothing but a placeholder.
    ///
    /// Reviewers cannot tell from it what the message is about, and nobody has seen one approved.
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
    pub(super) static RULE = {
        id: "header-is-placeholder",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Inferred,
        entries: ["header-text-only-param"],
        subcode: Some(2388299),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.headers().filter_map(diagnostic).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (piece, _) = text.placeholders().next()?;
    let says_more = text.pieces.iter().any(|piece| match piece.kind {
        PieceKind::Placeholder(_) => false,
        PieceKind::Run | PieceKind::Mark => text.slice(piece).chars().any(char::is_alphanumeric),
        _ => true,
    });
    (!says_more).then(|| {
        let message = format!("the header is nothing but {}", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message).help("say in a word what the value is")
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
