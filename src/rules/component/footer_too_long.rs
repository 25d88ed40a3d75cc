//! `footer-too-long`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A footer is longer than 60 characters.
    ///
    /// Characters are counted as code points. Meta rejects a longer footer.
    ///
    /// ```yaml fails
    /// footer: Questions? Reply to this message or call us from nine to five, every day.
    /// ```
    ///
    /// ```yaml passes
    /// footer: Questions? Reply to this message.
    /// ```
    pub(crate) static RULE = {
        id: "footer-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["footer-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let long = template
        .footers()
        .filter_map(|text| length::too_long(&RULE, template, (Part::Footer, text), "footer", limits::FOOTER));
    long.collect()
}

cases! {
    fails: [
        "footer: x{×60}«y»",
        "footer: é{×60}«éé»",
        "footer: س{×60}«س»",
        "languages:\n  en_US: { footer: x{×60} }\n  fa: { footer: x{×60}«y» }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  footer \"x{×60}«y»\"\n}",
        "footer: x{×60}«y»\nlanguages: [en_US, fa]",
    ],
    passes: [
        "footer: x{×60}",
        "footer: é{×60}",
        "footer: ${shop} x{×50}",
        "footer: { text: x{×60} }",
    ],
}
