//! `placeholder-near-edge`.

use super::View;
use super::placement::{self, Between};
use super::quote;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// Only punctuation stands between a placeholder and the edge of a body.
    ///
    /// Meta has approved such bodies and has refused others, where the check ignores punctuation, emoji and
    /// formatting marks. A word before or after the placeholder leaves no doubt.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order number is {{order}}.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order {{order}} is on its way.
    /// ```
    pub(super) static RULE = {
        id: "placeholder-near-edge",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-trailing-punct"],
        subcode: Some(2388299),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let near = placement::at_edges_of_bodies(template, Between::Signs);
    near.map(|(text, piece, edge)| {
        let message = format!("the body {} {} and no word beyond it", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("punctuation, emoji and marks may not count")
            .help(format!("write a few words {} it", edge.place()))
    })
    .collect()
}
