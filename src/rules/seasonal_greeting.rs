//! `seasonal-greeting`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A utility template wishes people well for a birthday, a holiday or a season.
    ///
    /// What keeps up a relationship and is about no order or account is marketing, however kind.
    ///
    /// ```yaml fails
    /// body: Happy birthday, and thank you for your order of last week.
    /// ```
    ///
    /// ```yaml passes
    /// body: Thank you for your order of last week.
    /// ```
    pub(super) static RULE = {
        id: "seasonal-greeting",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-greeting"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let found = saying::in_utility(template, scan, Signal::Greeting);
    let diagnostics = found.map(|(said, hit)| {
        let message =
            format!("the {} is a greeting: {}", said.part.label(), quote::quoted(&said.written(hit)));
        Diagnostic::new(&RULE, said.span(hit), message)
            .label("a greeting makes the template marketing")
            .help("leave it out, or make the category `marketing`")
    });
    diagnostics.collect()
}
