//! `header-is-placeholder`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{SegmentKind, Text};
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
        class: Consequence::Rejected,
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
        SegmentKind::Placeholder(_) => false,
        SegmentKind::Run | SegmentKind::FormatMarker => text.slice(piece).chars().any(char::is_alphanumeric),
        _ => true,
    });
    (!says_more).then(|| {
        let message = format!("the header is nothing but {}", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message).help("say in a word what the value is")
    })
}
