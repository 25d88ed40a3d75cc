//! `footer-with-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A footer contains a placeholder.
    ///
    /// Footers are fixed text. Put values that change from message to message into the body.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// footer: About your order {{order}}
    /// ```
    ///
    /// ```yaml passes
    /// footer: About your order
    /// ```
    pub(crate) static RULE = {
        id: "footer-with-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["footer-params"],
        subcode: Some(2388073),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let placeholders = template.footers().filter_map(|text| Some((text, text.placeholders().next()?.0)));
    let diagnostics = placeholders.map(|(text, piece)| {
        let message = format!("the footer has the placeholder {}", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("footers are fixed text")
            .help("move it to the body")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        "variables: { order: A-1 }\nfooter: Order «{{order}}»",
        "variables: { order: A-1 }\nfooter: Order «<<order>>» {{order}}",
        "footer: Order «{{1}}»",
        "footer: Order «<<1>>»",
        "template order_shipped {\n  category utility\n  language en_US\n  variable order \"A-1\"\n  body \"Your order is on its way to you.\"\n  footer \"Order «<<order>>»\"\n}",
    ],
    passes: [
        "footer: ${shop}",
        "footer: Order {1}",
        "variables: { order: A-1 }\nbody: Your order {{order}} is on its way to you.",
    ],
}
