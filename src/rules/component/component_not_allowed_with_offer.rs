//! `component-not-allowed-with-offer`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, LimitedTimeOffer, Version};
use crate::rule;
use crate::rules::support::components::{self, Component};

rule! {
    /// A component is not allowed together with a limited-time offer.
    ///
    /// The header of an offer can be an image or a video. An offer has no footer. It has one URL button,
    /// optionally after a copy-code button.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our chairs cost less until tomorrow.
    /// limited_time_offer: Ends tomorrow
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: url, text: Shop, url: "https://shop.example/chairs" }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our chairs cost less until tomorrow. Reply STOP to opt out.
    /// limited_time_offer: Ends tomorrow
    /// buttons: [{ type: url, text: Shop, url: "https://shop.example/chairs" }]
    /// ```
    pub(crate) static RULE = {
        id: "component-not-allowed-with-offer",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["lto-header", "lto-buttons", "footer-with-lto"],
        subcode: Some(100),
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let offers =
        template.versions.iter().filter_map(|version| Some((version, version.limited_time_offer.as_ref()?)));
    offers.flat_map(|(version, offer)| of_version(template, version, offer)).collect()
}

fn of_version(template: &TemplateView<'_>, version: &Version, offer: &LimitedTimeOffer) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<_> = components::disallowed_with(
        version,
        &RULE,
        "a limited-time offer",
        &[Component::Footer, Component::CallPermission],
    )
    .collect();
    if let Some(header) = version.header.as_ref().filter(|header| !components::is_image_or_video(header)) {
        let message = format!(
            "a `{}` header is not allowed together with a limited-time offer",
            components::header_format(header)
        );
        diagnostics.push(
            Diagnostic::new(&RULE, header.span(), message)
                .help("use `image` or `video`, or delete the header"),
        );
    }
    diagnostics.extend(buttons(&version.buttons));
    let has_address = version.buttons.iter().any(|button| matches!(button.kind, ButtonKind::Url { .. }));
    if !has_address && version.carousel.is_empty() && !template.incomplete {
        let message = "the limited-time offer has no URL button";
        diagnostics.push(Diagnostic::new(&RULE, offer.span, message).help("add a button of type `url`"));
    }
    diagnostics
}

/// The first button that is not in its place: a code to copy, if any, and then an address.
fn buttons(buttons: &[Button]) -> Option<Diagnostic> {
    let mut expected = vec!["copy_code", "url"];
    let wrong = buttons.iter().find(|button| {
        let place = expected.iter().position(|as_str| *as_str == button.kind.as_str());
        expected.drain(..place.map_or(0, |place| place + 1));
        place.is_none()
    })?;
    let message =
        format!("a `{}` button is not allowed here together with a limited-time offer", wrong.kind.as_str());
    Some(
        Diagnostic::new(&RULE, wrong.span, message)
            .help("use one `url` button, optionally after one `copy_code` button"),
    )
}

cases! {
    fails: [
        "category: marketing\nbody: Our chairs cost less.\nlimited_time_offer: Ends tomorrow\nfooter: «Reply STOP to opt out»\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nheader: «Chairs»\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nlimited_time_offer: «Ends tomorrow»\nbuttons: [{ type: copy_code, example: SAVE20 }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }, «{ type: copy_code, example: SAVE20 }»]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }, «{ type: url, text: More, url: \"https://shop.example/b\" }»]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nheader: { document: «a.pdf» }\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }, «Stop»]",
    ],
    passes: [
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nheader: { video: a.mp4 }\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: copy_code, example: SAVE20 }, { type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP.\nheader: Chairs\nbuttons: [Stop]",
    ],
}
