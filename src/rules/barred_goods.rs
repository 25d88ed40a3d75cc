//! `barred-goods`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

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
    pub(super) static RULE = {
        id: "barred-goods",
        severity: Severity::Info,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-commerce"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(_: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let diagnostics = saying::anywhere(scan, Signal::Barred).map(|(said, hit)| {
        let message = format!(
            "the {} names goods that are barred: {}",
            said.part.label(),
            quote::quoted(&said.written(hit))
        );
        Diagnostic::new(&RULE, said.span(hit), message)
            .help("look the goods up in Meta's commerce policy before submitting the template")
    });
    diagnostics.collect()
}
