//! `renewal-push`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A utility template urges people to renew.
    ///
    /// A notice that a subscription ends or is charged is utility. A reason to continue, or pressure to renew
    /// now, makes it marketing.
    ///
    /// ```yaml fails
    /// body: Your subscription ends on Friday. Renew now and keep your seat.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your subscription ends on Friday. You can change it in your account.
    /// ```
    pub(crate) static RULE = {
        id: "renewal-push",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-renewal"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let found = phrase_rule::in_utility(template, scan, Signal::Renewal);
    let diagnostics = found.map(|(scanned, hit)| {
        let message = format!(
            "the {} urges people to renew: {}",
            scanned.part.label(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .label("urging people to renew makes this a marketing template")
            .help("state when it ends and what happens then, or change the category to `marketing`")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        "body: Your subscription ends on Friday. «Renew now» and keep your seat.",
        "body: Your subscription ends on Friday.\nbuttons: [«Renew now»]",
        "body: Your subscription ends on Friday. *«RENEW TODAY»* please.",
        "language: es\nbody: Su suscripción vence el viernes. «Renueve hoy» en su cuenta.",
    ],
    passes: [
        "body: Your subscription ends on Friday. You can change it in your account.",
        "body: Your subscription renews on Friday, and 25 euros are charged.",
        "category: marketing\nbody: Your subscription ends on Friday. Renew now. Reply STOP to opt out.",
        "body: Your subscription ends on Friday.\nbuttons: [{ type: url, text: Open, url: \"https://shop.example/renew-now\" }]",
    ],
}
