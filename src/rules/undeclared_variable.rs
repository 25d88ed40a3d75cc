//! `undeclared-variable`.

use std::collections::BTreeSet;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Reference, Segment, Text};
use crate::rule;
use crate::suggest;

rule! {
    /// A placeholder names a variable that is not declared.
    ///
    /// Without a declaration there is no sample for Meta's reviewers, and the sender has nothing to fill in.
    ///
    /// ```yaml fails
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(super) static RULE = {
        id: "undeclared-variable",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["example-missing"],
        subcode: Some(2388043),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if template.surely_are_declared() {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (_, _, text) in template.texts_and_urls() {
        for (piece, placeholder) in text.placeholders() {
            let Reference::Name(name) = &placeholder.reference else { continue };
            // One declaration mends every place, so one place is enough.
            if template.variable(&placeholder.reference).is_none() && seen.insert(name.as_str()) {
                let suggests = diagnostics.len() < suggest::MAX_SUGGESTIONS;
                diagnostics.push(diagnostic(template, text, piece, name, suggests));
            }
        }
    }
    diagnostics
}

fn diagnostic(template: &View<'_>, text: &Text, piece: &Segment, name: &str, suggests: bool) -> Diagnostic {
    let declared = template.variables.iter().filter_map(|variable| match &variable.reference.value {
        Reference::Name(name) => Some(name.as_str()),
        Reference::Number(_) => None,
    });
    let message = format!("the variable {} is not declared", quote::quoted(name));
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message);
    match if suggests { suggest::closest(name, declared) } else { None } {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it under `variables` with a realistic sample"),
    }
}
