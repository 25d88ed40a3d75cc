//! `too-many-buttons`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, Version};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A version has more buttons than Meta allows.
    ///
    /// Ten in all, two that open an address, and one of every other type but quick replies.
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
    pub(super) static RULE = {
        id: "too-many-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["buttons-total", "buttons-max-quick-reply", "buttons-max-url", "buttons-max-phone", "buttons-max-copy-code", "buttons-max-single"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
    let verb = if limit == 1 { "is" } else { "are" };
    let message = format!("there are {} {kind}buttons, and {limit} {verb} allowed", buttons.count());
    Some(
        Diagnostic::new(&RULE, first.span, message)
            .label("this one is one too many")
            .help("leave a button out"),
    )
}
