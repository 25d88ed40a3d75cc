//! `placeholder-gap`.

use crate::lint::TemplateView;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::model::{ParameterFormat, Part, Reference, Segment, Text};
use crate::rule;

rule! {
    /// The numbers of a text's placeholders have a gap.
    ///
    /// The placeholders of a text are numbered from 1 without gaps. Their order doesn't matter, and a number
    /// can repeat. Names are sent as numbers too, unless the template has `parameter_format: named`. They are
    /// numbered in the order of the first language, so a language that leaves one out can end up with a gap.
    ///
    /// ```yaml fails
    /// body: { text: "Your order {{1}} arrives on {{3}} at your address.", samples: [A-1041, Monday, noon] }
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} arrives on {{2}} at your address.", samples: [A-1041, Monday] }
    /// ```
    pub(crate) static RULE = {
        id: "placeholder-gap",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-sequence"],
        subcode: None,
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts_and_urls().filter(|(_, _, text)| text.kinds().has_placeholders());
    let written = texts.filter_map(|(_, part, text)| diagnostic(part.label(), text));
    written.chain(of_names(template)).collect()
}

/// Names are sent as numbers, in the order in which the first language brings them up. A language that leaves
/// one out in the middle would be sent with a gap.
fn of_names(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
                format!("the {} in `{}` has `{name}` but no `{lacking}`", part.label(), version.code());
            found.push(
                Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                    .label("names are sent as numbers, which would have a gap")
                    .help(format!("use `{{{{{lacking}}}}}` here too, or set `parameter_format: named`")),
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
    // If there are names too, `mixed-placeholders` reports it.
    if text.placeholders().any(|(_, placeholder)| number(&placeholder.reference).is_none()) {
        return None;
    }
    let numbers: BTreeSet<u32> =
        text.placeholders().filter_map(|(_, placeholder)| number(&placeholder.reference)).collect();
    // The numbers themselves are walked, never the range up to the highest: that may be two billion.
    let (missing, beyond) = (1..).zip(&numbers).find(|(expected, number)| expected != *number)?;
    let is_beyond = |reference: &Reference| number(reference) == Some(*beyond);
    let (piece, _) = text.placeholders().find(|(_, placeholder)| is_beyond(&placeholder.reference))?;
    let message = format!("the {noun} has `{{{{{beyond}}}}}` but no `{{{{{missing}}}}}`");
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("numbers start at 1 without gaps")
            .help(format!("use `{{{{{missing}}}}}` here, or use names")),
    )
}

cases! {
    fails: [
        "body: { text: \"Your order {{1}} arrives on «{{3}}» at your door.\", samples: [A-1, Monday, noon] }",
        "body: { text: \"Your order «<<2>>» arrives on <<3>> at your door.\", samples: [A-1, Monday, noon] }",
        "header: { text: \"Order «{{2}}»\", samples: [A-1, B-2] }",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«{{2}}»\", samples: [A1, B2] }]",
        "variables: { a: A-1, b: Swift }\nlanguages:\n  en_US:\n    body: Your order {{a}} is on its way with {{b}} to you.\n  fr:\n    body: Votre commande est en route avec «{{b}}» vers vous.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «<<2>>» is on its way to you.\" (samples [\"A-1\", \"B-2\"])\n}",
    ],
    passes: [
        "body: { text: \"Your order {{2}} arrives on {{1}} or {{1}} at your door.\", samples: [Monday, A-1] }",
        "header: { text: \"Order {{1}}\", samples: [A-1] }\nbody: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }",
        "variables: { a: A-1, b: Swift }\nlanguages:\n  en_US:\n    body: Your order {{a}} is on its way with {{b}} to you.\n  fr:\n    body: Avec {{b}} votre commande {{a}} est en route vers vous.",
        "variables: { a: A-1, b: Swift }\nlanguages:\n  en_US:\n    body: Your order {{a}} is on its way with {{b}} to you.\n  fr:\n    body: Votre commande {{a}} est en route vers vous.",
        "parameter_format: named\nvariables: { a: A-1, b: Swift }\nlanguages:\n  en_US:\n    body: Your order {{a}} is on its way with {{b}} to you.\n  fr:\n    body: Votre commande est en route avec {{b}} vers vous.",
    ],
}
