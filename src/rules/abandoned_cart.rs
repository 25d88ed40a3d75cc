//! `abandoned-cart`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

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
    pub(super) static RULE = {
        id: "abandoned-cart",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-cart"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let found = saying::in_utility(template, scan, Signal::Cart);
    let diagnostics = found.map(|(said, hit)| {
        let message = format!(
            "the {} reminds of something unfinished: {}",
            said.part.label(),
            quote::quoted(&said.written(hit))
        );
        Diagnostic::new(&RULE, said.span(hit), message)
            .label("such a reminder makes the template marketing")
            .help("leave it out, or make the category `marketing`")
    });
    diagnostics.collect()
}
