//! `renewal-push`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
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
        class: Consequence::Recategorised,
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
            format!("the {} urges to renew: {}", said.part.label(), quote::quoted(&said.written(hit)));
        Diagnostic::new(&RULE, said.span(hit), message)
            .label("a push to renew makes the template marketing")
            .help("say when it ends and what happens then, or make the category `marketing`")
    });
    diagnostics.collect()
}
