//! `placeholder-gap`.

use super::View;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ParameterFormat, Part, Reference, Segment, Text};
use crate::rule;

rule! {
    /// The numbers of a text have a gap.
    ///
    /// The placeholders of one text are numbered from 1 on without a gap. They may stand in any order, and one may
    /// stand twice. Names are sent as numbers too, unless the template says `parameter_format: named`; they are numbered as
    /// the first language brings them up, so a language that leaves one out may be sent with a gap.
    ///
    /// ```yaml fails
    /// body: { text: "Your order {{1}} arrives on {{3}} at your address.", samples: [A-1041, Monday, noon] }
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} arrives on {{2}} at your address.", samples: [A-1041, Monday] }
    /// ```
    pub(super) static RULE = {
        id: "placeholder-gap",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-sequence"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.kinds().has_placeholders() {
        return Vec::new();
    }
    let texts = template.texts_and_urls().filter(|(_, _, text)| text.kinds().has_placeholders());
    let written = texts.filter_map(|(_, part, text)| diagnostic(part.label(), text));
    written.chain(of_names(template)).collect()
}

/// Names are sent as numbers, in the order in which the first language brings them up. A language that leaves one out in
/// the middle would be sent with a gap.
fn of_names(template: &View<'_>) -> Vec<Diagnostic> {
    // Few parts of a template have placeholders.
    let mut parts: Vec<(Part, Vec<&str>)> = Vec::new();
    let mut found = Vec::new();
    // The first language has no gap by itself.
    let has_others = template.versions.len() > 1;
    if template.parameter_format == ParameterFormat::Named || template.incomplete || !has_others {
        return found;
    }
    for (version, part, text) in template.texts().filter(|(_, _, text)| text.kinds().has_placeholders()) {
        let place = parts.iter().position(|(known, _)| *known == part).unwrap_or_else(|| {
            parts.push((part, Vec::new()));
            parts.len() - 1
        });
        let Some((_, known)) = parts.get_mut(place) else { continue };
        // Nearly all languages have the names of the first in its order.
        if names_of(text).map(|(_, name)| name).eq(known.iter().copied()) {
            continue;
        }
        let names: Vec<_> = names_of(text).collect();
        let mut places: BTreeMap<&str, usize> =
            known.iter().enumerate().map(|(place, name)| (*name, place)).collect();
        for (_, name) in &names {
            if !places.contains_key(name) {
                places.insert(name, known.len());
                known.push(name);
            }
        }
        let own: BTreeSet<&str> = names.iter().map(|(_, name)| *name).collect();
        let lacking = known.iter().position(|known| !own.contains(known));
        let beyond = names.iter().find(|(_, name)| lacking.is_some() && places.get(name).copied() > lacking);
        if let (Some((piece, name)), Some(lacking)) = (beyond, lacking.and_then(|at| known.get(at))) {
            let message =
                format!("the {} in `{}` has `{name}` and no `{lacking}`", part.label(), version.code());
            found.push(
                Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                    .label("names are sent as numbers, and these would have a gap")
                    .help(format!("use `{{{{{lacking}}}}}` here too, or write `parameter_format: named`")),
            );
        }
    }
    found
}

fn names_of(text: &Text) -> impl Iterator<Item = (&Segment, &str)> {
    text.placeholders().filter_map(|(piece, placeholder)| match &placeholder.reference {
        Reference::Name(name) => Some((piece, name.as_str())),
        Reference::Number(_) => None,
    })
}

fn diagnostic(noun: &str, text: &Text) -> Option<Diagnostic> {
    let number = |reference: &Reference| match reference {
        Reference::Number(number) => Some(*number),
        Reference::Name(_) => None,
    };
    // Where names stand too, that is what is wrong.
    if text.placeholders().any(|(_, placeholder)| number(&placeholder.reference).is_none()) {
        return None;
    }
    let numbers: BTreeSet<u32> =
        text.placeholders().filter_map(|(_, placeholder)| number(&placeholder.reference)).collect();
    // The numbers themselves are walked, never the range up to the highest: that may be two billion.
    let (missing, beyond) = (1..).zip(&numbers).find(|(expected, number)| expected != *number)?;
    let is_beyond = |reference: &Reference| number(reference) == Some(*beyond);
    let (piece, _) = text.placeholders().find(|(_, placeholder)| is_beyond(&placeholder.reference))?;
    let message = format!("the {noun} has `{{{{{beyond}}}}}` and no `{{{{{missing}}}}}`");
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("numbers go from 1 on without a gap")
            .help(format!("write `{{{{{missing}}}}}` here, or use names")),
    )
}
