//! `blank-body`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Part, Text, Version};
use crate::rule;

rule! {
    /// A body has no visible text.
    ///
    /// Whitespace and invisible characters don't count as text. Meta rejects an empty body.
    ///
    /// ```yaml fails
    /// body: "   "
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "blank-body",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-empty"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let blank = template.bodies_and_cards().filter(|(_, _, text)| text.is_blank());
    let diagnostic = |(_, part, text): (&Version, Part, &Text)| {
        let what = if part == Part::Body { "the body" } else { "the body of the card" };
        Diagnostic::new(&RULE, text.span, format!("{what} has no visible text")).help("write the message")
    };
    blank.map(diagnostic).collect()
}

cases! {
    fails: [
        "body: «\"\"»",
        "body: «\"   \"»",
        r#"body: «"\u200b\u00a0\u2060"»"#,
        "template order_shipped {\n  category utility\n  language en_US\n  body «\"  \"»\n}",
        "category: marketing\nbody: See what is new. Reply STOP to opt out.\ncarousel:\n- { header: { image: a.png }, body: «\" \"», buttons: [More] }\n- { header: { image: b.png }, body: Made of elm, buttons: [More] }",
    ],
    passes: [
        r#"body: ".""#,
        "body: 👍",
        "variables: { a: Ana }\nbody: \"{{a}}\"",
        "body: ${shop}",
    ],
}
