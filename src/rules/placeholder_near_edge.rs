//! `placeholder-near-edge`.

use super::View;
use super::placement::{self, Between};
use super::quote;
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// Only punctuation stands between a placeholder and the edge of a body.
    ///
    /// Meta has approved such bodies and has refused others, where the check ignores punctuation, emoji and
    /// formatting marks. A word before or after the placeholder leaves no doubt.
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
    pub(super) static RULE = {
        id: "placeholder-near-edge",
        severity: Severity::Warning,
        class: Class::Refused,
        confidence: Confidence::Reported,
        entries: ["param-trailing-punct"],
        subcode: Some(2388299),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let near = placement::at_edges_of_bodies(template, Between::Signs);
    near.map(|(text, piece, edge)| {
        let message = format!("the body {} {} and no word beyond it", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("punctuation, emoji and marks may not count")
            .help(format!("write a few words {} it", edge.place()))
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
