//! `abandoned-cart`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A utility template reminds of something that was never finished.
    ///
    /// A cart, an application or a search that was left is nothing that people asked to hear about. Such a reminder is
    /// marketing, also where they agreed to it.
    ///
    /// ```yaml fails
    /// body: You left two chairs in your cart at our store.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order of two chairs was handed to the courier.
    /// ```
    pub(crate) static RULE = {
        id: "abandoned-cart",
        severity: Severity::Warning,
        class: Class::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-cart"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let found = phrase_rule::in_utility(template, scan, Signal::Cart);
    let diagnostics = found.map(|(scanned, hit)| {
        let message = format!(
            "the {} reminds of something unfinished: {}",
            scanned.part.noun(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .label("such a reminder makes the template marketing")
            .help("leave it out, or make the category `marketing`")
    });
    diagnostics.collect()
}
