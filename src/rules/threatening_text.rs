//! `threatening-text`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A message threatens with courts, police or shame.
    ///
    /// Meta rejects it as abusive. A reminder may say what is owed and until when, and no more.
    ///
    /// ```yaml fails
    /// body: Your invoice is overdue. Pay today or we will sue you.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your invoice is overdue. Please pay it by Friday, or call us.
    /// ```
    pub(super) static RULE = {
        id: "threatening-text",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-threat"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(_: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let diagnostics = saying::anywhere(scan, Signal::Threat).map(|(said, hit)| {
        let message = format!("the {} threatens: {}", said.part.label(), quote::quoted(&said.written(hit)));
        Diagnostic::new(&RULE, said.span(hit), message)
            .help("say what is owed and until when, and how to reach you")
    });
    diagnostics.collect()
}
