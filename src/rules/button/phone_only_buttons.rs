//! `phone-only-buttons`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, Version};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A message with these buttons can't be opened on a computer.
    ///
    /// With four or more buttons, or with quick replies together with other buttons, WhatsApp on computers
    /// asks people to open the message on their phone. With more than three buttons, only two are shown,
    /// followed by "See all options".
    ///
    /// ```yaml fails
    /// buttons:
    ///   - { type: url, text: Track, url: "https://shop.example/track" }
    ///   - Something is wrong
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [All is well, Something is wrong]
    /// ```
    pub(crate) static RULE = {
        id: "phone-only-buttons",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["buttons-desktop", "buttons-collapsed"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let buttons = &version.buttons;
    let is_quick = |button: &Button| matches!(button.kind, ButtonKind::QuickReply);
    let groups: Vec<&[Button]> = buttons.chunk_by(|a, b| is_quick(a) == is_quick(b)).collect();
    let (message, button) = match (groups.len(), buttons.get(limits::DESKTOP_BUTTONS)) {
        // Interleaved buttons, and more than there may be, are refused.
        (3.., _) => return None,
        _ if buttons.len() > limits::BUTTONS => return None,
        (_, Some(button)) => {
            (format!("a message with {} buttons can't be opened on a computer", buttons.len()), button)
        }
        (2, None) => {
            let message = "a message with quick replies and other buttons can't be opened on a computer";
            (message.to_owned(), groups.get(1)?.first()?)
        }
        _ => return None,
    };
    Some(
        Diagnostic::new(&RULE, button.span, message)
            .help("use at most three buttons of one kind if this matters to you"),
    )
}

cases! {
    fails: [
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\" }, «More»]",
        "buttons: [More, «{ type: url, text: Track, url: \"https://shop.example/\" }»]",
        "buttons: [A, B, C, «D»]",
        "buttons: [A, B, C, «D», E, F, G, H, I, J]",
        "languages:\n  en_US: { buttons: [A, B, C] }\n  fa: { buttons: [A, B, C, «D»] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button quick_reply \"More\"\n  «button url \"Track\" \"https://shop.example/\"»\n}",
    ],
    passes: [
        "buttons: [A, B, C]",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\" }, { type: phone_number, text: Call, phone_number: \"+15550051310\" }]",
        "buttons: [A, { type: url, text: Track, url: \"https://shop.example/\" }, B]",
        "buttons: [A, B, C, D, E, F, G, H, I, J, K]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More, { type: url, text: Shop, url: \"https://shop.example/a\" }] }\n- { header: { image: b.png }, buttons: [More, { type: url, text: Shop, url: \"https://shop.example/b\" }] }",
    ],
}
