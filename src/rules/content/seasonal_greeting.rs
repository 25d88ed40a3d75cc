//! `seasonal-greeting`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A utility template contains a greeting for a birthday, holiday or season.
    ///
    /// Messages that maintain a relationship and are not about an order or account are marketing.
    ///
    /// ```yaml fails
    /// body: Happy birthday, and thank you for your order of last week.
    /// ```
    ///
    /// ```yaml passes
    /// body: Thank you for your order of last week.
    /// ```
    pub(crate) static RULE = {
        id: "seasonal-greeting",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-greeting"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let found = phrase_rule::in_utility(template, scan, Signal::Greeting);
    let diagnostics = found.map(|(scanned, hit)| {
        let message = format!(
            "the {} contains a seasonal greeting: {}",
            scanned.part.label(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .label("a seasonal greeting makes this a marketing template")
            .help("remove it, or change the category to `marketing`")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        "body: «Happy birthday», and thank you for your order of last week.",
        "header: «Eid Mubarak»\nbody: Your order is on its way to you.",
        "language: es\nbody: «Feliz Navidad», su pedido está en camino.",
        "body: Your order is on its way. *«Merry Christmas»* 🎄!",
    ],
    passes: [
        "body: Thank you for your order of last week.",
        "category: marketing\nbody: Happy birthday! Reply STOP to opt out.",
        "body: Our office is closed on Christmas Day, and your order arrives after it.",
        "variables: { a: A-1 }\nbody: Your order {{a}} of birthday candles is on its way to you.",
        "body: Your order of the card with the words of a birthday song is on its way.",
    ],
}
