//! `phone-only-buttons`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, Version};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A message with these buttons cannot be opened on computers.
    ///
    /// With four buttons or more, or with quick replies beside other buttons, WhatsApp on computers asks people to
    /// look at their phone. Beyond three buttons only two are shown, with "See all options".
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
    pub(super) static RULE = {
        id: "phone-only-buttons",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["buttons-desktop", "buttons-collapsed"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
            (format!("a message with {} buttons cannot be opened on computers", buttons.len()), button)
        }
        (2, None) => {
            let message = "a message with quick replies beside other buttons cannot be opened on computers";
            (message.to_owned(), groups.get(1)?.first()?)
        }
        _ => return None,
    };
    Some(
        Diagnostic::new(&RULE, button.span, message)
            .help("use fewer buttons of one kind if it matters to you"),
    )
}
