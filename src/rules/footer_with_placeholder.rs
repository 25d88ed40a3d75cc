//! `footer-with-placeholder`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A footer has a placeholder.
    ///
    /// Footers are fixed text. What changes from message to message belongs into the body.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// footer: About your order {{order}}
    /// ```
    ///
    /// ```yaml passes
    /// footer: About your order
    /// ```
    pub(super) static RULE = {
        id: "footer-with-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["footer-params"],
        subcode: Some(2388073),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let placeholders = template.footers().filter_map(|text| Some((text, text.placeholders().next()?.0)));
    let diagnostics = placeholders.map(|(text, piece)| {
        let message = format!("the footer has the placeholder {}", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("footers are fixed text")
            .help("move it to the body")
    });
    diagnostics.collect()
}
