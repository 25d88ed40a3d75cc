//! `threatening-text`.

use super::View;
use super::words::{Scan, Signal};
use super::{quote, saying};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
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
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-threat"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(_: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let diagnostics = saying::anywhere(scan, Signal::Threat).map(|(said, hit)| {
        let message = format!("the {} threatens: {}", said.part.noun(), quote::quoted(&said.written(hit)));
        Diagnostic::new(&RULE, said.span(hit), message)
            .help("say what is owed and until when, and how to reach you")
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
