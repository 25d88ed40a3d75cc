//! `renewal-push`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A utility template urges people to renew.
    ///
    /// A notice that a subscription ends or is charged stays utility. A reason to go on, or a push to do it now, makes
    /// it marketing.
    ///
    /// ```yaml fails
    /// body: Your subscription ends on Friday. Renew now and keep your seat.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your subscription ends on Friday. You can change it in your account.
    /// ```
    pub(super) static RULE = {
        id: "renewal-push",
        severity: Severity::Warning,
        class: Class::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-renewal"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let found = saying::in_utility(template, scan, Signal::Renewal);
    let diagnostics = found.map(|(said, hit)| {
        let message =
            format!("the {} urges to renew: {}", said.part.noun(), quote::quoted(&said.written(hit)));
        Diagnostic::new(&RULE, said.span(hit), message)
            .label("a push to renew makes the template marketing")
            .help("say when it ends and what happens then, or make the category `marketing`")
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
