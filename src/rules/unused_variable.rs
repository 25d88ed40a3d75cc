//! `unused-variable`.

use super::{View, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Part, Reference};
use crate::rule;

rule! {
    /// A variable is declared and stands in no text.
    ///
    /// The sender would fill in a value that nobody ever sees. Most often a placeholder was renamed or deleted, and
    /// its declaration was forgotten.
    ///
    /// ```yaml fails
    /// variables: { order_id: A-1041, carrier: Swift Parcel }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(super) static RULE = {
        id: "unused-variable",
        severity: Severity::Warning,
        class: Class::Risk,
        confidence: Confidence::Inferred,
        entries: ["example-extra"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // What could not be read may hold the use.
    if template.incomplete || template.versions.iter().any(|version| version.body.is_none()) {
        return Vec::new();
    }
    let variables = template.variables.iter().enumerate();
    let variables = variables.filter(|(place, variable)| {
        !template.surely_stands(*place) && !is_used(template, &variable.reference.value)
    });
    let unused = variables.map(|(_, variable)| {
        let (noun, place) = match variable.reference.value {
            Reference::Number(_) => ("number", "body"),
            Reference::Name(_) => ("variable", "text"),
        };
        let message =
            format!("the {noun} {} stands in no {place}", quote::quoted(&variable.reference.to_string()));
        Diagnostic::new(&RULE, variable.reference.span, message).help("use it in a text, or delete it")
    });
    unused.chain(unknown_samples(template)).chain(spare_samples(template)).collect()
}

/// Whether a name stands in any text, or a number in a body, also where it is written wrong.
fn is_used(template: &View<'_>, reference: &Reference) -> bool {
    let is_name = matches!(reference, Reference::Name(_));
    let mut texts = template.texts_and_urls().filter(|(_, part, _)| is_name || *part == Part::Body);
    texts.any(|(_, _, text)| {
        let meant = |meant: &str| meant.trim_matches(['{', '}', '<', '>']) == reference.to_string();
        text.placeholders().any(|(_, placeholder)| placeholder.reference == *reference)
            || text.mistakes().any(|(_, mistake)| mistake.meant.as_deref().is_some_and(meant))
    })
}

/// Samples that a version gives for variables that there are not.
fn unknown_samples(template: &View<'_>) -> impl Iterator<Item = Diagnostic> {
    let samples = template.versions.iter().flat_map(|version| &version.samples);
    let is_named =
        |reference: &Reference, wanted: &str| matches!(reference, Reference::Name(name) if name == wanted);
    let is_known = move |wanted: &str| {
        template.variables.iter().any(|variable| is_named(&variable.reference.value, wanted))
    };
    let unknown = samples.filter(move |(name, _)| !is_known(&name.value));
    unknown.map(|(name, _)| {
        let message = format!("there is a sample for {}, which is no variable", quote::quoted(&name.value));
        Diagnostic::new(&RULE, name.span, message).help("declare it under `variables`, or delete the sample")
    })
}

/// Samples in the list of a text that has no placeholder with their number.
fn spare_samples(template: &View<'_>) -> Vec<Diagnostic> {
    let mut spare = Vec::new();
    for (version, part, text) in template.texts_and_urls() {
        let highest = text.placeholders().filter_map(|(_, placeholder)| match placeholder.reference {
            Reference::Number(number) => Some(number as usize),
            Reference::Name(_) => None,
        });
        let needed = highest.max().unwrap_or(0);
        // What is written wrong may be the placeholder that is missing.
        let sample = version.numbered_samples(part).get(needed).filter(|_| text.mistakes().next().is_none());
        spare.extend(sample.map(|sample| {
            let message = format!("the {} has no placeholder with the number {}", part.noun(), needed + 1);
            Diagnostic::new(&RULE, sample.span, message)
                .label("so this sample stands for nothing")
                .help("delete the sample; those of names stand under `variables`")
        }));
    }
    spare
}
