//! `placeholder-at-edge`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::placement::{self, Separator};
use crate::rules::support::quote;

rule! {
    /// A body starts or ends with a placeholder.
    ///
    /// Meta rejects a body that starts or ends with a variable. One word before or after it is enough.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order number is {{order}}
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Thank you for shopping with us. Your order {{order}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "placeholder-at-edge",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-leading", "param-trailing"],
        subcode: Some(2388299),
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let bare = placement::at_edges_of_bodies(template, Separator::Whitespace);
    bare.map(|(text, piece, edge)| {
        let message = format!("the body {} {}", edge.verb(), quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("a body can't start or end with a placeholder")
            .help(format!("write a few words {} it", edge.preposition()))
    })
    .collect()
}

cases! {
    fails: [
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order is «{{a}}»",
        "variables: { a: A-1 }\nbody: \"«{{a}}» is the order that left our warehouse today\"",
        "variables: { a: A-1 }\nbody: |\n  «{{a}}» is the order that left\n  our warehouse today",
        "variables: { a: A-1, b: B-2 }\nbody: «<<a>>» is the order that left our warehouse today for «<<b>>»",
        "body: { text: \"Thank you for shopping with us. Your order is «{{1}}»  \", samples: [A-1] }",
        "variables: { a: A-1 }\nbody: \"«{{a}}»\"",
        "variables: { a: الف }\nlanguage: fa\nbody: سفارش شما ارسال شد با شماره «{{a}}»",
        "category: marketing\nvariables: { a: oak }\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"Made of «{{a}}»\", buttons: [More] }\n- { header: { image: b.png }, body: Made of elm, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"A-1\"\n  body \"\"\"\n    Thank you for shopping with us. Your order is\n    «<<a>>»\n    \"\"\"\n}",
        "variables: { a: A-1 }\r\nbody: |\r\n  Thank you for shopping with us. Your order is\r\n  «{{a}}»\r\n",
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order is «{{a}}»\nlanguages: [en_US, en_GB]",
    ],
    passes: [
        "variables: { a: A-1 }\nbody: Thank you for shopping with us. Your order {{a}} is here",
        "variables: { a: A-1 }\nbody: \"Thank you for shopping with us at ${shop}, {{a}} ${shop}\"",
        "variables: { a: A-1 }\nbody: \"№1 {{a}} is the order that left our warehouse 2\"",
        "variables: { a: A-1 }\nheader: \"{{a}}\"",
        "body: Thank you for shopping with us. Your order is ${shop}",
        "variables: { a: A-1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{a}}\" }]",
    ],
}
