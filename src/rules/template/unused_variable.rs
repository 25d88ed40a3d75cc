//! `unused-variable`.

use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Key, Part, Reference};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A variable is declared but never used.
    ///
    /// Senders would provide a value that no message shows. Usually a placeholder was renamed or deleted, and
    /// its declaration remained.
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
    pub(crate) static RULE = {
        id: "unused-variable",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["example-extra"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // What could not be read may hold the use.
    if template.incomplete || template.versions.iter().any(|version| version.body.is_none()) {
        return Vec::new();
    }
    let doubtful =
        template.variables.iter().filter(|variable| !is_plainly_used(template, &variable.reference.value));
    let mut uses = None;
    let unused = doubtful.filter(|variable| {
        !uses.get_or_insert_with(|| ReferenceUses::new(template)).contains(&variable.reference.value)
    });
    let unused = unused.map(|variable| {
        let noun = match variable.reference.value {
            Reference::Number(_) => "number",
            Reference::Name(_) => "variable",
        };
        let message = format!("the {noun} {} is never used", quote::quoted(&variable.reference.to_string()));
        Diagnostic::new(&RULE, variable.reference.span, message).help("use it in a text, or delete it")
    });
    unused.chain(unknown_samples(template)).chain(spare_samples(template)).collect()
}

/// Variables up to which a search for each of them is faster than collecting all uses.
const FEW_VARIABLES: usize = 16;

/// Returns whether a search finds a variable. Templates with many variables are not searched, to stay linear.
fn is_plainly_used(template: &TemplateView<'_>, reference: &Reference) -> bool {
    let counts = |part: Part| part == Part::Body || matches!(reference, Reference::Name(_));
    let mut texts = template.texts_and_urls().filter(|(_, part, _)| counts(*part));
    template.variables.len() <= FEW_VARIABLES
        && texts.any(|(_, _, text)| {
            text.placeholders().any(|(_, placeholder)| placeholder.reference == *reference)
        })
}

/// The names in any text, and the numbers in bodies.
struct ReferenceUses<'t> {
    references: BTreeSet<&'t Reference>,
    /// What is meant where a placeholder is written wrong: in any text, and in bodies.
    meant: BTreeSet<&'t str>,
    meant_in_bodies: BTreeSet<&'t str>,
}

impl<'t> ReferenceUses<'t> {
    /// Walks all texts once: asking for each variable by itself takes as many walks.
    fn new(template: &TemplateView<'t>) -> Self {
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

    fn contains(&self, reference: &Reference) -> bool {
        let meant = match reference {
            Reference::Name(_) => &self.meant,
            Reference::Number(_) => &self.meant_in_bodies,
        };
        self.references.contains(reference) || meant.contains(reference.to_string().as_str())
    }
}

/// Samples that a version gives for variables that there are not.
fn unknown_samples(template: &TemplateView<'_>) -> impl Iterator<Item = Diagnostic> {
    let samples = template.versions.iter().flat_map(|version| &version.samples);
    let unknown = samples.filter(|(name, _)| template.variables.find(Key::Name(&name.value)).is_none());
    unknown.map(|(name, _)| {
        let message =
            format!("the sample for {} belongs to no declared variable", quote::quoted(&name.value));
        Diagnostic::new(&RULE, name.span, message).help("declare it under `variables`, or delete the sample")
    })
}

/// Samples in the list of a text that has no placeholder with their number.
fn spare_samples(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
                .label("unused sample")
                .help("delete the sample; samples of named variables belong under `variables`")
        }));
    }
    spare
}

cases! {
    fails: [
        "variables: { order: A-1, «carrier»: Swift }\nbody: Your order {{order}} is on its way to you.",
        "variables: { «order»: A-1 }\nbody: 'Your order \\{{order}} is on its way to you.'",
        "variables: { «order»: A-1 }\nbody: Your order {{orders}} is on its way to you.",
        "body: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1, «B-2»] }",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    samples: { «ordr»: B-2 }\n    body: Your order {{order}} is on its way to you.",
        "variables: { 1: A-1, «2»: Swift }\nbody: Your order {{1}} is on its way to you.",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\", samples: [«A1»] }]",
        "template order_shipped {\n  category utility\n  language en_US\n  variable «order» \"A-1\"\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "variables: { order: A-1 }\nbody: Your order <<order>> is on its way to you.",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{t}}\" }]",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order is on its way to you.\n  fa:\n    body: سفارش شما {{order}} ارسال شد و در راه است.",
        "variables: { order: A-1 }\nbody: Your order {{ order }} is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order {order} is on its way to you.",
        "category: marketing\nvariables: { a: oak }\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"Made of {{a}} here\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "variables: { 1: A-1, 2: Swift }\nbody: Your order {{2}} is on its way to you with {{1}} now.",
        "variables: { order: A-1 }\nheader: \"Order {{order}}\"\nlanguages:\n  en_US:\n    header: Your order\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande est en route vers vous.",
    ],
}
