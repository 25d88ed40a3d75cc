//! `placeholder-at-edge`.

use super::View;
use super::placement::{self, Between};
use super::quote;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A body begins or ends with a placeholder.
    ///
    /// Meta refuses a body whose first or last thing is a variable. A word before or after it is enough.
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
    pub(super) static RULE = {
        id: "placeholder-at-edge",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-leading", "param-trailing"],
        subcode: Some(2388299),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let bare = placement::at_edges_of_bodies(template, Between::Blanks);
    bare.map(|(text, piece, edge)| {
        let message = format!("the body {} {}", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("a body neither begins nor ends with a placeholder")
            .help(format!("write a few words {} it", edge.place()))
    })
    .collect()
}
