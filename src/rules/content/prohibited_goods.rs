//! `prohibited-goods`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A message names goods that can't be sold over WhatsApp.
    ///
    /// Meta's commerce policy prohibits alcohol, tobacco, weapons, drugs, gambling and more. A word alone
    /// proves nothing, so this rule only informs. Ignore the finding if the word is harmless.
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
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-commerce"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(_: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let diagnostics = phrase_rule::anywhere(scan, Signal::Barred).map(|(scanned, hit)| {
        let message = format!(
            "the {} names goods that may be prohibited: {}",
            scanned.part.label(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .help("check Meta's commerce policy before you submit the template")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        r#"body: "Your order of two bottles of «whisky» is on its way to you.""#,
        r#"body: "Your order of two bottles of *«WHISKY»* is on its way to you.""#,
        r#"buttons: ["Order «vodka»"]"#,
        "language: es\nbody: Su pedido de dos cajas de «cerveza» está en camino a su domicilio.",
        "category: marketing\nbody: Our «casino» is open from today on. Reply STOP to opt out.",
    ],
    passes: [
        r#"body: "Your order of two bottles of lemonade is on its way to you.""#,
        r#"buttons: [{ type: url, text: Open, url: "https://shop.example/whisky" }]"#,
        r#"body: "Your order of two pairs of shotcrete gloves is on its way to you.""#,
    ],
}
