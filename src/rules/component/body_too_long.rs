//! `body-too-long`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{CardPart, Part, Text, Version};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A body is longer than 1024 characters.
    ///
    /// The limit is 600 characters together with a limited-time offer, and 160 together with a single product
    /// or on a carousel card. Characters are counted as code points, and placeholders as they are sent. Meta
    /// rejects a longer body.
    ///
    /// ```yaml fails 1025
    /// body: X
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "body-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-length", "carousel-card-body-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts();
    texts.filter_map(|(version, part, text)| of_text(template, version, part, text)).collect()
}

fn of_text(template: &TemplateView<'_>, version: &Version, part: Part, text: &Text) -> Option<Diagnostic> {
    match part {
        Part::Body => {
            let (limit, reason) = length::body_limit(version);
            length::too_long(&RULE, template, (part, text), &format!("body{reason}"), limit)
        }
        Part::Card(_, CardPart::Body) => {
            length::too_long(&RULE, template, (part, text), "body of the card", limits::CARD_BODY)
        }
        _ => None,
    }
}

cases! {
    fails: [
        "body: x{×1024}«y»",
        "body: é{×1024}«éé»",
        "body: س{×1024}«س»\nlanguage: fa",
        "body: \"👍{×1024}«👍»\"",
        "variables: { order: A-1 }\nbody: \"Order {{order}} x{×1012}«xxxx»\"",
        "category: marketing\nbody: x{×600}«y»\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nheader: product\nbody: x{×160}«y»\nbuttons: [{ type: spm }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: x{×160}«y», buttons: [More] }\n- { header: { image: b.png }, body: x{×160}, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"x{×1024}«yz»\"\n}",
        "languages:\n  en_US: { body: x{×1024} }\n  fa: { body: x{×1024}«y» }",
    ],
    passes: [
        "body: x{×1024}",
        "body: é{×1024}",
        "body: \"👍{×1024}\"",
        "variables: { a_very_long_name_for_a_variable: A-1 }\nbody: \"{{a_very_long_name_for_a_variable}} x{×1018}\"",
        "body: { text: '\\{{1}} x{×1018}' }",
        "body: |\n  x{×1024}\n",
        "category: marketing\nbody: x{×600}\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nheader: product\nbody: x{×160}\nbuttons: [{ type: spm }]",
        "template order_shipped {\r\n  category utility\r\n  language en_US\r\n  body \"\"\"\r\n    x{×511}\r\n    x{×512}\r\n    \"\"\"\r\n}\r\n",
        "body: |\r\n  x{×511}\r\n  x{×512}\r\n",
        "body: \"\\\\<< x{×1021}\"",
    ],
}
