//! `variable-not-in-every-language`.

use std::collections::BTreeMap;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Reference, Segment, Text, Version};
use crate::rule;
use crate::rules::support::quote;
use crate::source::Span;

rule! {
    /// A variable is used in some languages of a template only.
    ///
    /// All recipients are sent the same values. If a language doesn't use one of them, its readers miss
    /// information.
    ///
    /// ```yaml fails
    /// variables: { order_id: A-1041 }
    /// languages:
    ///   en_US:
    ///     body: Your order {{order_id}} is on its way.
    ///   fr:
    ///     body: Votre commande est en route vers vous.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// languages:
    ///   en_US:
    ///     body: Your order {{order_id}} is on its way.
    ///   fr:
    ///     body: Votre commande {{order_id}} est en route vers vous.
    /// ```
    pub(crate) static RULE = {
        id: "variable-not-in-every-language",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["language-variants-drift"],
        subcode: None,
        reference: "templates/components",
    }
}

/// Most variables that are reported one by one for a language: twenty thousand variables in a hundred
/// languages would be two million findings.
const MOST: usize = 20;

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    if template.incomplete || template.versions.len() < 2 {
        return Vec::new();
    }
    let references = template.variables.iter().map(|variable| &variable.reference.value);
    let references = references.filter(|reference| !is_plainly_everywhere(template, reference));
    let named: Vec<_> = references.filter(|reference| matches!(reference, Reference::Name(_))).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let uses: Vec<_> = template
        .versions
        .iter()
        .filter(|version| version.body.is_some())
        .map(VersionReferences::new)
        .collect();
    let mut found = Findings { counts: vec![0; uses.len()], diagnostics: Vec::new() };
    named.into_iter().for_each(|reference| found.variable(reference, &uses));
    found.rest(&uses);
    found.diagnostics
}

/// Variables up to which a search for each of them is faster than collecting all uses.
const FEW_VARIABLES: usize = 16;

/// Returns whether a search finds a variable in every version. Templates with many variables are not
/// searched, to stay linear.
fn is_plainly_everywhere(template: &TemplateView<'_>, reference: &Reference) -> bool {
    let has = |text: &Text| text.placeholders().any(|(_, placeholder)| placeholder.reference == *reference);
    template.variables.len() <= FEW_VARIABLES
        && template.versions.iter().all(|version| version.texts_and_urls().any(|(_, text)| has(text)))
}

/// Diagnostics so far, and the number of variables that each language lacks.
struct Findings {
    counts: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Findings {
    fn variable(&mut self, reference: &Reference, uses: &[VersionReferences<'_>]) {
        let written = reference.to_string();
        let spans: Vec<_> = uses.iter().map(|uses| uses.first(reference, &written)).collect();
        let used = uses.iter().zip(&spans).find_map(|(uses, span)| Some((uses.version, (*span)?)));
        let Some((elsewhere, span)) = used else { return };
        let lacking = uses.iter().zip(&spans).zip(&mut self.counts).filter(|((_, span), _)| span.is_none());
        for ((uses, _), count) in lacking {
            *count += 1;
            if *count > MOST {
                continue;
            }
            let message =
                format!("the variable {} is not used in `{}`", quote::quoted(&written), uses.version.code());
            self.diagnostics.push(
                Diagnostic::new(&RULE, uses.version.span, message)
                    .related(span, format!("used in `{}`", elsewhere.code()))
                    .help("use it in this language too, or remove it everywhere"),
            );
        }
    }

    /// Reports the number of further variables that each language lacks.
    fn rest(&mut self, uses: &[VersionReferences<'_>]) {
        for (uses, count) in uses.iter().zip(&self.counts).filter(|(_, count)| **count > MOST) {
            let (more, code) = (count - MOST, uses.version.code());
            let message = format!("{more} more variables are not used in `{code}`");
            self.diagnostics.push(
                Diagnostic::new(&RULE, uses.version.span, message)
                    .help("use them in this language too, or remove them everywhere"),
            );
        }
    }
}

/// First occurrence of each name in a version, collected in one pass over its texts.
struct VersionReferences<'t> {
    version: &'t Version,
    names: BTreeMap<&'t Reference, Occurrence<'t>>,
    /// By what is meant, where a placeholder is written wrong, which is reported as such.
    meant: BTreeMap<&'t str, Occurrence<'t>>,
}

/// A piece, its text, and the number of that text.
type Occurrence<'t> = (usize, &'t Text, &'t Segment);

impl<'t> VersionReferences<'t> {
    fn new(version: &'t Version) -> Self {
        let mut uses = Self { version, names: BTreeMap::new(), meant: BTreeMap::new() };
        let texts = version.texts_and_urls().map(|(_, text)| text);
        let texts = texts.filter(|text| text.kinds().has_placeholders() || text.kinds().has_mistakes());
        for (index, text) in texts.enumerate() {
            for (piece, placeholder) in text.placeholders() {
                uses.names.entry(&placeholder.reference).or_insert((index, text, piece));
            }
            for (piece, mistake) in text.mistakes() {
                if let Some(meant) = mistake.meant.as_deref() {
                    uses.meant.entry(meant).or_insert((index, text, piece));
                }
            }
        }
        uses
    }

    /// The first text that has it, in which what is written right counts before what is not.
    fn first(&self, reference: &Reference, written: &str) -> Option<Span> {
        let right = self.names.get(reference);
        let wrong = || {
            let braces = self.meant.get(format!("{{{{{written}}}}}").as_str());
            let angles = self.meant.get(format!("<<{written}>>").as_str());
            let place = |(index, _, piece): &&Occurrence<'_>| (*index, piece.range.start);
            braces.into_iter().chain(angles).min_by_key(place)
        };
        let first = match right {
            Some(right) if self.meant.is_empty() => Some(right),
            Some(right) => wrong().filter(|wrong| wrong.0 < right.0).or(Some(right)),
            None => wrong(),
        };
        first.map(|(_, text, piece)| text.span_of_piece(piece))
    }
}

cases! {
    fails: [
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  «fr»:\n    body: Votre commande est en route vers vous.",
        "variables: { order: A-1 }\nlanguages:\n  «en_US»:\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande <<order>> est en route vers vous.\n  «fa»:\n    body: سفارش شما ارسال شد.",
        "template order_shipped {\n  category utility\n  variable order \"A-1\"\n  language en_US {\n    body \"Your order <<order>> is on its way to you.\"\n  }\n  language «fr» {\n    body \"Votre commande est en route vers vous.\"\n  }\n}",
    ],
    passes: [
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  fr:\n    body: Votre commande <<order>> est en route vers vous.",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  fr:\n    header: Votre commande {{order}}\n    body: Elle est en route vers vous maintenant.",
        "variables: { order: A-1 }\nbody: Your order {{order}} is on its way to you.\nlanguages: [en_US, en_GB]",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  fr:\n    body: Votre commande {{ order }} est en route vers vous.",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande est en route vers vous.",
        "variables: { order: A-1 }\nheader: \"Order {{order}}\"\nlanguages:\n  en_US:\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande est en route vers vous.",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{t}}\" }]\nlanguages:\n  en_US:\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande est en route vers vous.",
    ],
}
