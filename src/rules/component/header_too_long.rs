//! `header-too-long`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A text header is longer than 60 characters.
    ///
    /// Characters are counted as code points, and placeholders as they are sent. Meta rejects a longer
    /// header.
    ///
    /// ```yaml fails
    /// header: Your order is on its way and will arrive on the day that you chose
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(crate) static RULE = {
        id: "header-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let long = template
        .headers()
        .filter_map(|text| length::too_long(&RULE, template, (Part::Header, text), "header", limits::HEADER));
    long.collect()
}

cases! {
    fails: [
        "header: x{×60}«y»",
        "header: é{×60}«éé»",
        "header: س{×60}«س»",
        "header: 👍{×60}«👍»",
        "variables: { order_number: A-1 }\nheader: \"{{order_number}} x{×54}«y»\"",
        "parameter_format: named\nvariables: { order_number: A-1 }\nheader: \"{{order_number}} x{×43}«y»\"",
        "languages:\n  en_US: { header: x{×60} }\n  fa: { header: x{×60}«y» }",
        "template order_shipped {\n  category utility\n  language en_US\n  header \"x{×60}«y»\"\n  body \"Your order is on its way to you.\"\n}",
        "header: x{×60}«y»\nlanguages: [en_US, fa]",
    ],
    passes: [
        "header: x{×60}",
        "header: é{×60}",
        "variables: { order_number: A-1 }\nheader: \"{{order_number}} x{×54}\"",
        "parameter_format: named\nvariables: { order_number: A-1 }\nheader: \"{{order_number}} x{×43}\"",
        "header: >-\n  x{×30}\n  x{×29}",
    ],
}
