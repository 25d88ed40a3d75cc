//! `invalid-offer-line`.

use super::{View, length, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The line of a limited-time offer is blank, longer than 16 characters, or not fixed.
    ///
    /// It stands beside the clock and has little room. There is no way to give Meta a sample for it, so that a placeholder
    /// in it is refused.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our chairs cost less until tomorrow. Reply STOP to opt out.
    /// limited_time_offer: Everything ends tomorrow
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
        id: "invalid-offer-line",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["lto-text-length"],
        subcode: Some(2388040),
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for version in &template.versions {
        let Some(offer) = &version.limited_time_offer else { continue };
        if offer.text.is_blank() {
            let diagnostic = Diagnostic::new(&RULE, offer.text.span, "the line of the offer shows nothing");
            diagnostics.push(diagnostic.help("write a word or two, for instance `Ends tomorrow`"));
        }
        if let Some((piece, _)) = offer.text.placeholders().next() {
            let quoted = quote::piece(&offer.text, piece);
            let message = format!("the line of the offer has the placeholder {quoted}");
            let span = offer.text.span_of_piece(piece);
            diagnostics.push(Diagnostic::new(&RULE, span, message).help("move it to the body"));
        }
        diagnostics.extend(length::too_long(
            &RULE,
            template,
            (Part::Offer, &offer.text),
            "line of the offer",
            limits::OFFER_LINE,
        ));
    }
    diagnostics
}
