//! `undeclared-variable`.

use std::collections::BTreeSet;

use crate::diagnostic::{Consequence, Confidence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::lower;
use crate::model::{Reference, Segment, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A placeholder names a variable that is not declared.
    ///
    /// Without a declaration, the variable has no sample for Meta's reviewers, and watpl can't map it to a
    /// parameter.
    ///
    /// ```yaml fails
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "undeclared-variable",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["example-missing"],
        subcode: Some(2388043),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (_, _, text) in template.texts_and_urls() {
        for (piece, placeholder) in text.placeholders() {
            let Reference::Name(name) = &placeholder.reference else { continue };
            // One declaration fixes every use, so report the first one only.
            if template.variable(&placeholder.reference).is_none() && seen.insert(name.as_str()) {
                let suggests = diagnostics.len() < lower::MAX_SUGGESTIONS;
                diagnostics.push(diagnostic(template, text, piece, name, suggests));
            }
        }
    }
    diagnostics
}

fn diagnostic(
    template: &TemplateView<'_>,
    text: &Text,
    piece: &Segment,
    name: &str,
    suggests: bool,
) -> Diagnostic {
    let declared = template.variables.iter().filter_map(|variable| match &variable.reference.value {
        Reference::Name(name) => Some(name.as_str()),
        Reference::Number(_) => None,
    });
    let message = format!("the variable {} is not declared", quote::quoted(name));
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message);
    match if suggests { lower::closest(name, declared) } else { None } {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it under `variables` with a realistic sample"),
    }
}
