//! `mark-beside-placeholder`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{SegmentKind, Text};
use crate::rule;

rule! {
    /// A formatting mark touches a placeholder.
    ///
    /// WhatsApp formats what stands between two marks only if it neither begins nor ends with a blank. A value that does shows
    /// the marks themselves. Most values do not, so this rule is off unless you ask for it.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Your order *{{order}}* is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Your *order {{order}} is* on its way to you.
    /// ```
    pub(super) static RULE = {
        id: "mark-beside-placeholder",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-format-in-param"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.bodies().filter_map(|(_, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let touching = text.pieces.windows(2).find_map(|pair| match pair {
        [a, b] => match (&a.kind, &b.kind) {
            (SegmentKind::FormatMarker, SegmentKind::Placeholder(_)) => Some((a, b)),
            (SegmentKind::Placeholder(_), SegmentKind::FormatMarker) => Some((b, a)),
            _ => None,
        },
        _ => None,
    });
    let (mark, placeholder) = touching?;
    let message = format!("{} touches {}", quote::piece(text, mark), quote::piece(text, placeholder));
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(mark), message)
            .help("send values without blanks at their ends, or put a word between the two"),
    )
}
