//! `adjacent-placeholders`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::rule;
use crate::rules::support::placement;
use crate::rules::support::quote;

rule! {
    /// Two placeholders are next to each other.
    ///
    /// Put a word or at least punctuation between two variables. If only whitespace separates them, the
    /// template is rejected in review with `INVALID_FORMAT`.
    ///
    /// ```yaml fails
    /// variables: { first_name: Amelia, last_name: Grant }
    /// body: Dear {{first_name}} {{last_name}}, your order is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { name: Amelia Grant }
    /// body: Dear {{name}}, your order is on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "adjacent-placeholders",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-adjacent"],
        subcode: None,
        reference: "webhooks/reference/message_template_status_update",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts().filter(|(_, part, _)| matches!(part, Part::Header | Part::Body));
    let pieces =
        texts.flat_map(|(_, _, text)| placement::adjacent(text).into_iter().map(move |piece| (text, piece)));
    pieces
        .map(|(text, piece)| {
            let message =
                format!("no text between {} and the placeholder before it", quote::piece(text, piece));
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .label("a word or punctuation is required before it")
                .help("write a word between them, or combine them into one variable")
        })
        .collect()
}

cases! {
    fails: [
        "variables: { a: Ana, b: Diaz }\nbody: Dear {{a}}«{{b}}», your order is on its way to you.",
        "variables: { a: Ana, b: Diaz }\nbody: Dear <<a>>   «<<b>>», your order is on its way to you.",
        "variables: { a: Ana, b: Diaz }\nbody: Dear *{{a}}* _«{{b}}»_, your order is on its way to you.",
        r#"body: { text: "Dear {{1}} «{{2}}» «{{3}}», your order is here.", samples: [Dr., Ana, Diaz] }"#,
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"Ana\"\n  variable b \"Diaz\"\n  header \"News for <<a>> «<<b>>»\"\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "variables: { a: Ana, b: Diaz }\nbody: Dear {{a}}, {{b}} is on its way to you.",
        "variables: { a: A-1, b: B-2 }\nbody: Your orders {{a}}/{{b}} are on their way to you.",
        "variables: { a: A-1, b: B-2 }\nbody: Your orders {{a}} 🎁 {{b}} are on their way to you.",
        "variables: { a: A-1, b: B-2 }\nbody: Your orders {{a}} و {{b}} are on their way to you.",
        "variables: { a: A-1 }\nbody: Your order {{a}} ${shop} is on its way to you.",
        r#"body: { text: 'Write \{{1}} {{1}} times to get your order', samples: [three] }"#,
    ],
}
