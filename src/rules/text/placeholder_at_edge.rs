//! `placeholder-at-edge`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::placement::{self, Separator};
use crate::rules::support::quote;

rule! {
    /// A body starts or ends with a placeholder.
    ///
    /// Meta rejects a body that starts or ends with a variable. One word before or after it is enough.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order number is {{order}}
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order {{order}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "placeholder-at-edge",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-leading", "param-trailing"],
        subcode: Some(2388299),
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let bare = placement::at_edges_of_bodies(template, Separator::Whitespace);
    bare.map(|(text, piece, edge)| {
        let message = format!("the body {} {}", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("a body can't start or end with a placeholder")
            .help(format!("write a few words {} it", edge.preposition()))
    })
    .collect()
}
