//! `invalid-offer-text`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;
use crate::rules::support::quote;

rule! {
    /// The text of a limited-time offer is empty, longer than 16 characters, or contains a placeholder.
    ///
    /// The text is shown next to the countdown and has little space. Meta accepts no sample for it, so it
    /// rejects placeholders.
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
    pub(crate) static RULE = {
        id: "invalid-offer-text",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["lto-text-length"],
        subcode: Some(2388040),
        reference: "templates/marketing-templates/limited-time-offer-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for version in &template.versions {
        let Some(offer) = &version.limited_time_offer else { continue };
        if offer.text.is_blank() {
            let diagnostic = Diagnostic::new(&RULE, offer.text.span, "the offer text has no visible text");
            diagnostics.push(diagnostic.help("write a word or two, for example `Ends tomorrow`"));
        }
        if let Some((piece, _)) = offer.text.placeholders().next() {
            let quoted = quote::piece(&offer.text, piece);
            let message = format!("the offer text has the placeholder {quoted}");
            let span = offer.text.span_of_piece(piece);
            diagnostics.push(Diagnostic::new(&RULE, span, message).help("move it to the body"));
        }
        diagnostics.extend(length::too_long(
            &RULE,
            template,
            (Part::Offer, &offer.text),
            "offer text",
            limits::OFFER_LINE,
        ));
    }
    diagnostics
}

cases! {
    fails: [
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: x{×16}«y»\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: { text: «\" \"» }\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nvariables: { day: Monday }\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: Ends «{{day}}»\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: Ends «<<1>>»\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "template order_shipped {\n  category marketing\n  language en_US\n  body \"Our chairs cost less. Reply STOP to opt out.\"\n  limited_time_offer \"x{×16}«y»\"\n  button url \"Shop\" \"https://shop.example/\"\n}",
    ],
    passes: [
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: x{×16}\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: تا فردا\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: At ${shop}\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
    ],
}
