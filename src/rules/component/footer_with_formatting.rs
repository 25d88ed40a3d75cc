//! `footer-with-formatting`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::rule;
use crate::rules::support::emoji;

rule! {
    /// A footer contains an emoji or a line break.
    ///
    /// Resellers report that such footers are rejected.
    ///
    /// ```yaml fails
    /// footer: Thank you for shopping with us 🎉
    /// ```
    ///
    /// ```yaml passes
    /// footer: Thank you for shopping with us
    /// ```
    pub(crate) static RULE = {
        id: "footer-with-formatting",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["footer-emoji-newline"],
        subcode: Some(2388073),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.footers().flat_map(|text| [emoji(text), line_break(text)]).flatten().collect()
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(
        Diagnostic::new(&RULE, span, format!("the footer has the emoji `{emoji}`"))
            .help("move it to the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    Some(Diagnostic::new(&RULE, span, "the footer has a line break").help("write it on one line"))
}

cases! {
    fails: [
        "footer: Thanks «🎉»",
        "footer: \"Thanks«\\n»Northwind\"",
        "footer: Thanks «🇩🇪» 🎉",
        "footer: \"Thanks«\\n»«❤️»\"",
        "footer: |-\n  Thanks«\n  »Northwind",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  footer \"Thanks «1️⃣»\"\n}",
    ],
    passes: [
        "footer: Northwind™ © 2026 – #1",
        "footer: از خرید شما سپاسگزاریم",
        "body: Your order 🎉 is on its way to you.",
        "footer: |-\n  Thanks",
        "footer: >-\n  Thanks\n  Northwind",
        "footer: |\r\n  Thanks\r\n",
        "footer: |\n  Thanks\n",
        "template order_shipped {\r\n  category utility\r\n  language en_US\r\n  body \"Your order is on its way to you.\"\r\n  footer \"Thanks\"\r\n}\r\n",
    ],
}
