//! `variable-not-in-every-language`.

use std::collections::BTreeMap;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Reference, Segment, Text, Version};
use crate::rule;
use crate::source::Span;

rule! {
    /// A variable stands in some languages of a template and not in others.
    ///
    /// Everybody is sent the same values. Where a language leaves one out, its readers miss something that the
    /// others are told.
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
    pub(super) static RULE = {
        id: "variable-not-in-every-language",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["language-variants-drift"],
        subcode: None,
        reference: "templates/components",
    }
}

/// Most variables that are reported one by one for a language: twenty thousand variables in a hundred languages would be
/// two million findings.
const MOST: usize = 20;

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if template.incomplete || template.versions.len() < 2 {
        return Vec::new();
    }
    let variables = template.variables.iter().enumerate();
    let doubtful = variables.filter(|(place, _)| !template.surely_stands_everywhere(*place));
    let references = doubtful.map(|(_, variable)| &variable.reference.value);
    let named: Vec<_> = references.filter(|reference| matches!(reference, Reference::Name(_))).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let uses: Vec<_> =
        template.versions.iter().filter(|version| version.body.is_some()).map(Uses::of).collect();
    let mut found = Found { counts: vec![0; uses.len()], diagnostics: Vec::new() };
    named.into_iter().for_each(|reference| found.variable(reference, &uses));
    found.rest(&uses);
    found.diagnostics
}

/// What is reported, and how many variables each language lacks.
struct Found {
    counts: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn variable(&mut self, reference: &Reference, uses: &[Uses<'_>]) {
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
            let message = format!(
                "the variable {} does not stand in `{}`",
                quote::quoted(&written),
                uses.version.code()
            );
            self.diagnostics.push(
                Diagnostic::new(&RULE, uses.version.span, message)
                    .related(span, format!("it stands in `{}`", elsewhere.code()))
                    .help("use it in this language too, or leave it out everywhere"),
            );
        }
    }

    /// How many variables beyond those each language lacks.
    fn rest(&mut self, uses: &[Uses<'_>]) {
        for (uses, count) in uses.iter().zip(&self.counts).filter(|(_, count)| **count > MOST) {
            let (more, code) = (count - MOST, uses.version.code());
            let message = format!("{more} more variables do not appear in `{code}`");
            self.diagnostics.push(
                Diagnostic::new(&RULE, uses.version.span, message)
                    .help("use them in this language too, or leave them out everywhere"),
            );
        }
    }
}

/// Where a version has each name first. Walking its texts once for each variable would take as many walks.
struct Uses<'t> {
    version: &'t Version,
    names: BTreeMap<&'t Reference, Place<'t>>,
    /// By what is meant, where a placeholder is written wrong, which is reported as such.
    meant: BTreeMap<&'t str, Place<'t>>,
}

/// A piece, its text, and the number of that text.
type Place<'t> = (usize, &'t Text, &'t Segment);

impl<'t> Uses<'t> {
    fn of(version: &'t Version) -> Self {
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
            let place = |(index, _, piece): &&Place<'_>| (*index, piece.range.start);
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
