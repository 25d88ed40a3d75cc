//! `unused-variable`.

use std::collections::BTreeSet;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Key, Part, Reference};
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
        class: Consequence::Risk,
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
    let doubtful = variables.filter(|(place, _)| !template.surely_stands(*place));
    let mut uses = None;
    let unused = doubtful
        .map(|(_, variable)| variable)
        .filter(|variable| !uses.get_or_insert_with(|| Uses::of(template)).hold(&variable.reference.value));
    let unused = unused.map(|variable| {
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

/// The names in any text, and the numbers in bodies.
struct Uses<'t> {
    references: BTreeSet<&'t Reference>,
    /// What is meant where a placeholder is written wrong: in any text, and in bodies.
    meant: BTreeSet<&'t str>,
    meant_in_bodies: BTreeSet<&'t str>,
}

impl<'t> Uses<'t> {
    /// Walks all texts once: asking for each variable by itself takes as many walks.
    fn of(template: &View<'t>) -> Self {
        let mut uses = Self { references: [].into(), meant: [].into(), meant_in_bodies: [].into() };
        for (_, part, text) in template.texts_and_urls() {
            let is_body = part == Part::Body;
            let references = text.placeholders().map(|(_, placeholder)| &placeholder.reference);
            let counted = |reference: &&Reference| is_body || matches!(reference, Reference::Name(_));
            uses.references.extend(references.filter(counted));
            let meant = text.mistakes().filter_map(|(_, mistake)| mistake.meant.as_deref());
            for meant in meant.map(|meant| meant.trim_matches(['{', '}', '<', '>'])) {
                uses.meant.insert(meant);
                if is_body {
                    uses.meant_in_bodies.insert(meant);
                }
            }
        }
        uses
    }

    fn hold(&self, reference: &Reference) -> bool {
        let meant = match reference {
            Reference::Name(_) => &self.meant,
            Reference::Number(_) => &self.meant_in_bodies,
        };
        self.references.contains(reference) || meant.contains(reference.to_string().as_str())
    }
}

/// Samples that a version gives for variables that there are not.
fn unknown_samples(template: &View<'_>) -> impl Iterator<Item = Diagnostic> {
    let samples = template.versions.iter().flat_map(|version| &version.samples);
    let unknown = samples.filter(|(name, _)| template.variables.find(Key::Name(&name.value)).is_none());
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
            let message = format!("the {} has no placeholder with the number {}", part.label(), needed + 1);
            Diagnostic::new(&RULE, sample.span, message)
                .label("so this sample stands for nothing")
                .help("delete the sample; those of names stand under `variables`")
        }));
    }
    spare
}
