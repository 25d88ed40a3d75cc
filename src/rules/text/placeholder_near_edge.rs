//! `placeholder-near-edge`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::placement::{self, Separator};
use crate::rules::support::quote;

rule! {
    /// Only punctuation separates a placeholder from the edge of a body.
    ///
    /// Meta has approved some of these bodies and rejected others: its check may ignore punctuation, emoji
    /// and formatting markers. A word before or after the placeholder is safe.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order number is {{order}}.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order {{order}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "placeholder-near-edge",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-trailing-punct"],
        subcode: Some(2388299),
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let near = placement::at_edges_of_bodies(template, Separator::Punctuation);
    near.map(|(text, piece, edge)| {
        let message =
            format!("the body {} {} without a word beyond it", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("punctuation, emoji and formatting markers may not count")
            .help(format!("write a few words {} it", edge.preposition()))
    })
    .collect()
}

cases! {
    fails: [
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order is «{{a}}».",
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Is your order «<<a>>»?",
        "variables: { a: A-1 }\nbody: \"🎉 «{{a}}» is the order that left our warehouse\"",
        "variables: { a: A-1 }\nbody: \"*«{{a}}»* is the order that left our warehouse\"",
        "body: { text: \"Thank you for shopping with us. Your order is «{{1}}» 👍🏽\", samples: [A-1] }",
        "variables: { a: A-1 }\nlanguage: fa\nbody: آیا شماره سفارش شما این است «{{a}}»؟",
        "variables: { a: A-1 }\nlanguage: ja\nbody: ご注文番号は次の通りです「«{{a}}»」。",
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"A-1\"\n  body \"Thank you for shopping with us. Your order is «<<a>>»!\"\n}",
    ],
    passes: [
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order {{a}} is here.",
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order is {{a}}",
        "variables: { a: A-1 }\nbody: \"1. {{a}} is the order that left our warehouse\"",
        "variables: { a: A-1 }\nlanguage: ja\nbody: ご注文番号は{{a}}です。",
        "variables: { a: A-1 }\nbody: \"Thank you for shopping with us, your order is {{a}} (${shop}).\"",
        "variables: { a: A-1 }\nheader: \"Order {{a}}!\"",
    ],
}
