//! `prohibited-goods`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A message names goods that may not be sold over WhatsApp.
    ///
    /// Meta's commerce policy bars alcohol, tobacco, weapons, drugs, gambling and more. A name by itself proves
    /// nothing, so this is a note: switch the rule off where the word is harmless.
    ///
    /// ```yaml fails
    /// body: Your order of two bottles of whisky is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order of two bottles of lemonade is on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "prohibited-goods",
        severity: Severity::Info,
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-commerce"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(_: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let diagnostics = phrase_rule::anywhere(scan, Signal::Barred).map(|(scanned, hit)| {
        let message = format!(
            "the {} names goods that are barred: {}",
            scanned.part.noun(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .help("look the goods up in Meta's commerce policy before submitting the template")
    });
    diagnostics.collect()
}
