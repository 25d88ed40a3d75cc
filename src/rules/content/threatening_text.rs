//! `threatening-text`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
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
            scanned.part.label(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .help("state the amount, the due date and how to contact you")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        "body: Your invoice is overdue. Pay today or «we will sue» you.",
        "body: Pay by Friday, or this goes to *«LEGAL ACTION»* and costs more.",
        "language: es\nbody: Su factura está vencida. Tomaremos «acciones legales» si no paga.",
        "category: marketing\nfooter: Or «we will sue» them\nbody: See what is new. Reply STOP to opt out.",
    ],
    passes: [
        "body: Your invoice is overdue. Please pay it by Friday, or call us.",
        "body: Your invoice of the court fee was paid, and the police report is ready.",
        "buttons: [{ type: url, text: Open, url: \"https://shop.example/legal-action\" }]",
        "language: es\nbody: Su factura está pagada y la demanda de su pedido es alta.",
    ],
}
