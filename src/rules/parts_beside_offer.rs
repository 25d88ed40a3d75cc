//! `parts-beside-offer`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, LimitedTimeOffer, Version};
use crate::rule;

rule! {
    /// A limited-time offer has the wrong parts beside it.
    ///
    /// Above the offer may stand an image or a video, and no other header. There is no footer. The buttons are one that opens
    /// an address, and before it perhaps one that copies the code.
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
    pub(super) static RULE = {
        id: "parts-beside-offer",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["lto-header", "lto-buttons", "footer-with-lto"],
        subcode: Some(100),
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let offers =
        template.versions.iter().filter_map(|version| Some((version, version.limited_time_offer.as_ref()?)));
    offers.flat_map(|(version, offer)| of_version(template, version, offer)).collect()
}

fn of_version(template: &View<'_>, version: &Version, offer: &LimitedTimeOffer) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<_> =
        parts::beside(version, &RULE, "a limited-time offer", &[Kind::Footer, Kind::CallPermission])
            .collect();
    if let Some(header) = version.header.as_ref().filter(|header| !parts::is_picture(header)) {
        let message = format!(
            "a header of the kind `{}` stands above a limited-time offer",
            parts::header_word(header)
        );
        diagnostics.push(
            Diagnostic::new(&RULE, header.span(), message).help("use `image` or `video`, or leave it out"),
        );
    }
    diagnostics.extend(buttons(&version.buttons));
    let has_address = version.buttons.iter().any(|button| matches!(button.kind, ButtonKind::Url { .. }));
    if !has_address && version.carousel.is_empty() && !template.incomplete {
        let message = "there is no button that opens an address beside the limited-time offer";
        diagnostics.push(Diagnostic::new(&RULE, offer.span, message).help("add a button of type `url`"));
    }
    diagnostics
}

/// The first button that is not in its place: a code to copy, if any, and then an address.
fn buttons(buttons: &[Button]) -> Option<Diagnostic> {
    let mut expected = vec!["copy_code", "url"];
    let wrong = buttons.iter().find(|button| {
        let place = expected.iter().position(|word| *word == button.kind.as_str());
        expected.drain(..place.map_or(0, |place| place + 1));
        place.is_none()
    })?;
    let message =
        format!("a button of type `{}` has no place here beside a limited-time offer", wrong.kind.as_str());
    Some(
        Diagnostic::new(&RULE, wrong.span, message)
            .help("keep one `url` button, and before it at most one `copy_code`"),
    )
}
