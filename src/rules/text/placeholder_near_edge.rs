//! `placeholder-near-edge`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::placement::{self, Separator};
use crate::rules::support::quote;

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
    pub(crate) static RULE = {
        id: "placeholder-near-edge",
        severity: Severity::Warning,
        class: Class::Refused,
        confidence: Confidence::Reported,
        entries: ["param-trailing-punct"],
        subcode: Some(2388299),
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let near = placement::at_edges_of_bodies(template, Separator::Punctuation);
    near.map(|(text, piece, edge)| {
        let message = format!("the body {} {} and no word beyond it", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("punctuation, emoji and marks may not count")
            .help(format!("write a few words {} it", edge.preposition()))
    })
    .collect()
}
