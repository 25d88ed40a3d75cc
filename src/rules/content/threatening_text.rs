//! `threatening-text`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A message threatens with courts, police or shame.
    ///
    /// Meta rejects such messages as abusive. A reminder can state the amount and the due date.
    ///
    /// ```yaml fails
    /// body: Your invoice is overdue. Pay today or we will sue you.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your invoice is overdue. Please pay it by Friday, or call us.
    /// ```
    pub(crate) static RULE = {
        id: "threatening-text",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-threat"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(_: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let diagnostics = phrase_rule::anywhere(scan, Signal::Threat).map(|(scanned, hit)| {
        let message = format!(
            "the {} contains a threat: {}",
            scanned.part.noun(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .help("state the amount, the due date and how to contact you")
    });
    diagnostics.collect()
}
