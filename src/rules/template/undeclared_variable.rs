//! `undeclared-variable`.

use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Reference, Segment, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A placeholder names a variable that is not declared.
    ///
    /// Without a declaration, the variable has no sample for Meta's reviewers, and watpl can't map it to a
    /// parameter.
    ///
    /// ```yaml fails
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "undeclared-variable",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["example-missing"],
        subcode: Some(2388043),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (_, _, text) in template.texts_and_urls() {
        for (piece, placeholder) in text.placeholders() {
            let Reference::Name(name) = &placeholder.reference else { continue };
            // One declaration fixes every use, so report the first one only.
            if template.variable(&placeholder.reference).is_none() && seen.insert(name.as_str()) {
                let suggests = diagnostics.len() < crate::suggest::MAX_SUGGESTIONS;
                diagnostics.push(diagnostic(template, text, piece, name, suggests));
            }
        }
    }
    diagnostics
}

fn diagnostic(
    template: &TemplateView<'_>,
    text: &Text,
    piece: &Segment,
    name: &str,
    suggests: bool,
) -> Diagnostic {
    let declared = template.variables.iter().filter_map(|variable| match &variable.reference.value {
        Reference::Name(name) => Some(name.as_str()),
        Reference::Number(_) => None,
    });
    let message = format!("the variable {} is not declared", quote::quoted(name));
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(piece), message);
    match if suggests { crate::suggest::closest(name, declared) } else { None } {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it under `variables` with a realistic sample"),
    }
}

cases! {
    fails: [
        "body: Your order «{{order}}» is on its way to you.",
        "body: Your order «<<order>>» and {{order}} is on its way to you.",
        "variables: { order: A-1 }\nheader: \"Order «{{orders}}»\"\nbody: Your order {{order}} with {{orders}} is on its way to you.",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«{{token}}»\" }]",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  fa:\n    body: سفارش شما «{{sefaresh}}» ارسال شد و در راه است.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «<<order>>» is on its way to you.\"\n}",
        "body: |\r\n  Your order is on its way\r\n  and «{{order}}» is its number.\r\n",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"Made of «{{a}}» here\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
    ],
    passes: [
        "variables: { order: A-1 }\nbody: Your orders {{order}}, <<order>> are on their way to you.",
        "body: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }",
        "body: 'Your order \\{{order}} and \\<<order>> is on its way to you.'",
        "body: Your order ${order} is on its way to you.",
        "body: Your order {order} is on its way to you.",
    ],
}
