//! `interleaved-buttons`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, Version};
use crate::rule;

rule! {
    /// Quick replies and other buttons are interleaved.
    ///
    /// Keep all quick replies together and all other buttons together; either group can come first. Meta
    /// rejects any other order with "invalid combination".
    ///
    /// ```yaml fails
    /// buttons:
    ///   - All is well
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - Something is wrong
    /// ```
    ///
    /// ```yaml passes
    /// buttons:
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - { type: url, text: Help, url: "https://shop.example/help" }
    /// ```
    pub(crate) static RULE = {
        id: "interleaved-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["buttons-grouping"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let is_quick = |button: &Button| matches!(button.kind, ButtonKind::QuickReply);
    let groups: Vec<&[Button]> = version.buttons.chunk_by(|a, b| is_quick(a) == is_quick(b)).collect();
    let (first, third) = (groups.first()?.first()?, groups.get(2)?.first()?);
    let what = if is_quick(third) { "quick replies" } else { "buttons other than quick replies" };
    let diagnostic = Diagnostic::new(&RULE, third.span, format!("the {what} are not grouped together"))
        .related(first.span, "the group starts here")
        .help("put all quick replies before or after the other buttons");
    Some(diagnostic)
}

cases! {
    fails: [
        "buttons: [Yes, { type: url, text: Track, url: \"https://shop.example/\" }, «No»]",
        "buttons:\n- { type: url, text: Track, url: \"https://shop.example/\" }\n- Yes\n- «{ type: phone_number, text: Call, phone_number: \"+15550051310\" }»",
        "buttons: [A, { type: url, text: T, url: \"https://shop.example/\" }, «B», C, { type: url, text: U, url: \"https://shop.example/\" }]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button quick_reply \"Yes\"\n  button url \"Track\" \"https://shop.example/\"\n  «button quick_reply \"No\"»\n}",
        "buttons: [Yes, { type: url, text: Track, url: \"https://shop.example/\" }, «No»]\nlanguages: [en_US, fa]",
    ],
    passes: [
        "buttons: [Yes, No, { type: url, text: Track, url: \"https://shop.example/\" }]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\" }, { type: phone_number, text: Call, phone_number: \"+15550051310\" }, Yes, No]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\" }, { type: phone_number, text: Call, phone_number: \"+15550051310\" }, { type: url, text: Help, url: \"https://shop.example/\" }]",
        "languages:\n  en_US: { buttons: [Yes, { type: url, text: T, url: \"https://shop.example/\" }] }\n  fa: { buttons: [{ type: url, text: T, url: \"https://shop.example/\" }, Yes] }",
    ],
}
