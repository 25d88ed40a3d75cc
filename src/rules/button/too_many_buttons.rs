//! `too-many-buttons`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, Version};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A version has more buttons than Meta allows.
    ///
    /// The limit is ten buttons in total, two of type `url`, and one of each other type except quick replies.
    ///
    /// ```yaml fails
    /// buttons:
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - { type: url, text: Return, url: "https://shop.example/return" }
    ///   - { type: url, text: Help, url: "https://shop.example/help" }
    /// ```
    ///
    /// ```yaml passes
    /// buttons:
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - { type: url, text: Help, url: "https://shop.example/help" }
    /// ```
    pub(crate) static RULE = {
        id: "too-many-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["buttons-total", "buttons-max-quick-reply", "buttons-max-url", "buttons-max-phone", "buttons-max-copy-code", "buttons-max-single"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    // One of each kind is allowed.
    if version.buttons.len() < 2 {
        return Vec::new();
    }
    let all = version.buttons.iter();
    let mut diagnostics: Vec<Diagnostic> = beyond(all.clone(), "", limits::BUTTONS).into_iter().collect();
    for (word, limit) in [
        ("url", limits::URL_BUTTONS),
        ("phone_number", limits::PHONE_BUTTONS),
        ("copy_code", limits::COPY_CODE_BUTTONS),
        ("otp", limits::OTP_BUTTONS),
        ("flow", limits::OTHER_BUTTONS),
        ("catalog", limits::OTHER_BUTTONS),
        ("mpm", limits::OTHER_BUTTONS),
        ("spm", limits::OTHER_BUTTONS),
        ("voice_call", limits::OTHER_BUTTONS),
        ("order_details", limits::OTHER_BUTTONS),
        ("request_contact_info", limits::OTHER_BUTTONS),
    ] {
        let of_kind = |button: &&Button| ButtonKind::as_str(&button.kind) == word;
        diagnostics.extend(beyond(all.clone().filter(of_kind), word, limit));
    }
    diagnostics
}

fn beyond<'v>(
    buttons: impl Iterator<Item = &'v Button> + Clone,
    word: &str,
    limit: usize,
) -> Option<Diagnostic> {
    let first = buttons.clone().nth(limit)?;
    let kind = if word.is_empty() { String::new() } else { format!("`{word}` ") };
    let message = format!("the version has {} {kind}buttons (at most {limit} allowed)", buttons.count());
    Some(
        Diagnostic::new(&RULE, first.span, message)
            .label("first button beyond the limit")
            .help("remove a button"),
    )
}

cases! {
    fails: [
        "buttons: [{ type: url, text: A, url: \"https://shop.example/a\" }, { type: url, text: B, url: \"https://shop.example/b\" }, «{ type: url, text: C, url: \"https://shop.example/c\" }»]",
        "buttons: [A, B, C, D, E, F, G, H, I, J, «K», L]",
        "buttons: [{ type: phone_number, text: A, phone_number: \"+15550051310\" }, «{ type: phone_number, text: B, phone_number: \"+15550051311\" }»]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: A1 }, «{ type: copy_code, example: B2 }»]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }, «{ type: otp }»]",
        "languages:\n  en_US: { buttons: [A] }\n  fa: { buttons: [A, B, C, D, E, F, G, H, I, J, «K»] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button phone_number \"A\" \"+15550051310\"\n  «button phone_number \"B\" \"+15550051311\"»\n}",
    ],
    passes: [
        "buttons: [A, B, C, D, E, F, G, H, I, J]",
        "buttons: [{ type: url, text: A, url: \"https://shop.example/a\" }, { type: url, text: B, url: \"https://shop.example/b\" }]",
        "buttons: [{ type: url, text: A, url: \"https://shop.example/a\" }, { type: url, text: B, url: \"https://shop.example/b\" }, { type: phone_number, text: C, phone_number: \"+15550051310\" }, D, E, F, G, H, I, J]",
        "buttons: []",
    ],
}
