//! `offer-without-code`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Version};
use crate::rule;

rule! {
    /// A limited-time offer counts down, and has no code to copy.
    ///
    /// With `has_expiration` the message shows the code and the time that is left. Without a button that copies the code
    /// there is none to show.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our chairs cost less until tomorrow. Reply STOP to opt out.
    /// limited_time_offer: { text: Ends tomorrow, has_expiration: true }
    /// buttons: [{ type: url, text: Shop, url: "https://shop.example/chairs" }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our chairs cost less until tomorrow. Reply STOP to opt out.
    /// limited_time_offer: { text: Ends tomorrow, has_expiration: true }
    /// buttons:
    ///   - { type: copy_code, example: CHAIRS20 }
    ///   - { type: url, text: Shop, url: "https://shop.example/chairs" }
    /// ```
    pub(super) static RULE = {
        id: "offer-without-code",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["lto-expiration-code"],
        subcode: None,
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let versions = template.versions.iter().filter(|_| !template.incomplete);
    versions.filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let flag = version.limited_time_offer.as_ref()?.has_expiration.filter(|flag| flag.value)?;
    let copies = version.buttons.iter().any(|button| matches!(button.kind, ButtonKind::CopyCode { .. }));
    (!copies).then(|| {
        Diagnostic::new(&RULE, flag.span, "the offer counts down, and there is no `copy_code` button")
            .help("add a button of type `copy_code` before the others, or delete `has_expiration`")
    })
}
