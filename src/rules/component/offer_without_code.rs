//! `offer-without-code`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Version};
use crate::rule;

rule! {
    /// A limited-time offer has a countdown but no code to copy.
    ///
    /// With `has_expiration`, the message shows the code and the remaining time. Without a copy-code button
    /// there is no code to show.
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
    pub(crate) static RULE = {
        id: "offer-without-code",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["lto-expiration-code"],
        subcode: None,
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let versions = template.versions.iter().filter(|_| !template.incomplete);
    versions.filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let flag = version.limited_time_offer.as_ref()?.has_expiration.filter(|flag| flag.value)?;
    let copies = version.buttons.iter().any(|button| matches!(button.kind, ButtonKind::CopyCode { .. }));
    (!copies).then(|| {
        Diagnostic::new(&RULE, flag.span, "the offer has a countdown but no `copy_code` button")
            .help("add a button of type `copy_code` before the others, or delete `has_expiration`")
    })
}

cases! {
    fails: [
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: { text: Ends tomorrow, has_expiration: «true» }\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "template order_shipped {\n  category marketing\n  language en_US\n  body \"Our chairs cost less. Reply STOP to opt out.\"\n  limited_time_offer \"Ends tomorrow\" (has_expiration «true»)\n  button url \"Shop\" \"https://shop.example/\"\n}",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: { has_expiration: «true», text: Ends tomorrow }",
    ],
    passes: [
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: { text: Ends tomorrow, has_expiration: false }\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: { text: Ends tomorrow, has_expiration: true }\nbuttons: [{ type: copy_code, example: SAVE20 }, { type: url, text: Shop, url: \"https://shop.example/\" }]",
    ],
}
