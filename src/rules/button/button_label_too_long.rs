//! `button-label-too-long`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A button label is longer than 25 characters.
    ///
    /// The limit for buttons of type `voice_call` is 20. Characters are counted as code points. Meta rejects
    /// a longer label.
    ///
    /// ```yaml fails
    /// buttons: [Choose another day for this]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Choose another day]
    /// ```
    pub(crate) static RULE = {
        id: "button-label-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["button-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let labels = template.texts().filter(|(_, part, _)| part.is_label());
    let long = labels.filter_map(|(version, part, text)| {
        length::too_long(&RULE, template, (part, text), "label", length::limit(version, part))
    });
    long.collect()
}

cases! {
    fails: [
        "buttons: [x{×25}«y»]",
        "buttons: [é{×25}«éé»]",
        "buttons: [پ{×25}«پ»]",
        "buttons: [{ type: voice_call, text: x{×20}«y», ttl_minutes: 1440 }]",
        "buttons: [{ type: url, text: x{×25}«y», url: \"https://shop.example/\" }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [x{×25}«y»] }\n- { header: { image: b.png }, buttons: [More] }",
        "languages:\n  en_US: { buttons: [Track it] }\n  de: { buttons: [x{×25}«y»] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button quick_reply \"x{×25}«y»\"\n}",
    ],
    passes: [
        "buttons: [x{×25}]",
        "buttons: [é{×25}]",
        "buttons: [پ{×25}]",
        "buttons: [{ type: voice_call, text: x{×20}, ttl_minutes: 1440 }]",
        "buttons: [{ type: phone_number, text: x{×25}, phone_number: \"+15550051310\" }]",
    ],
}
