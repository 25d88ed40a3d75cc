//! `variable-without-sample`.

use super::View;
use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Reference, Variable, shows_nothing};
use crate::rule;

rule! {
    /// A variable has no sample.
    ///
    /// Meta's reviewers see the samples, never your data. A version with a placeholder that lacks one is refused as
    /// soon as it is created. A sample of blanks and invisible characters is none.
    ///
    /// ```yaml fails
    /// variables: { order_id: { type: code } }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(super) static RULE = {
        id: "variable-without-sample",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["example-missing", "example-count", "url-example"],
        subcode: Some(2388043),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if has_all_samples(template) {
        return Vec::new();
    }
    let mut diagnostics = Vec::new();
    let mut named = BTreeSet::new();
    let texts = template.texts_and_urls().filter(|(_, _, text)| text.kinds().has_placeholders());
    for (version, part, text) in texts {
        for (piece, placeholder) in text.placeholders() {
            let sample = version.sample(template, part, &placeholder.reference);
            if sample.is_some_and(|sample| !shows_nothing(&sample.value)) {
                continue;
            }
            match &placeholder.reference {
                // Undeclared names have a rule of their own, and a declared one is reported where it is declared.
                Reference::Name(name) => drop(named.insert(name.as_str())),
                Reference::Number(number) => {
                    let message = format!("`{{{{{number}}}}}` has no sample");
                    let help =
                        format!("give the {} a `samples` list with a value at place {number}", part.label());
                    diagnostics
                        .push(Diagnostic::new(&RULE, text.span_of(piece.range.clone()), message).help(help));
                }
            }
        }
    }
    if named.is_empty() {
        return diagnostics;
    }
    let declared = template.variables.iter().filter(|variable| match &variable.reference.value {
        Reference::Name(name) => named.contains(name.as_str()),
        Reference::Number(_) => false,
    });
    diagnostics.extend(declared.map(|variable| {
        Diagnostic::new(
            &RULE,
            variable.reference.span,
            format!("the variable `{}` has no sample", variable.reference),
        )
        .label("reviewers see the sample in place of the variable")
        .help("give it a realistic value, for instance `sample: INV/2026/00001`")
    }));
    diagnostics
}

/// Whether each placeholder means a variable, and each variable has one sample for all languages, as in nearly all templates.
fn has_all_samples(template: &View<'_>) -> bool {
    let has_sample =
        |variable: &Variable| variable.sample.as_ref().is_some_and(|sample| !shows_nothing(&sample.value));
    template.surely_are_declared()
        && template.variables.iter().all(has_sample)
        && template.versions.iter().all(|version| version.samples.is_empty())
}
