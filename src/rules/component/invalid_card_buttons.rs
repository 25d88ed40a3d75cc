//! `invalid-card-buttons`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Card};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::components;

rule! {
    /// A carousel card has buttons that cards can't have.
    ///
    /// A card with an image or video has up to two buttons: quick reply, URL or phone number. In India, an
    /// order-details button can come first. A card with a product has one button, of type `spm` or `url`.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: { image: media/oak.png }, buttons: [{ type: copy_code, example: OAK20 }] }
    ///   - { header: { image: media/elm.png }, buttons: [{ type: copy_code, example: ELM20 }] }
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: product, buttons: [{ type: spm }] }
    ///   - { header: product, buttons: [{ type: spm }] }
    /// ```
    pub(crate) static RULE = {
        id: "invalid-card-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-card-buttons"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let cards = template.versions.iter().flat_map(|version| &version.carousel);
    cards.filter_map(|card| diagnostic(card, template.incomplete)).collect()
}

fn diagnostic(card: &Card, incomplete: bool) -> Option<Diagnostic> {
    if components::shows_product(card) { of_product(card, incomplete) } else { of_picture(card) }
}

fn of_product(card: &Card, incomplete: bool) -> Option<Diagnostic> {
    let fits = |kind: &ButtonKind| matches!(kind, ButtonKind::Spm | ButtonKind::Url { .. });
    let (span, message) = match card.buttons.as_slice() {
        [] if incomplete => return None,
        [only] if fits(&only.kind) => return None,
        [] => (card.span, "a product card has no button".to_owned()),
        [only] => (only.span, format!("a product card has a `{}` button", only.kind.as_str())),
        [_, second, ..] => (second.span, format!("a product card has {} buttons", card.buttons.len())),
    };
    Some(Diagnostic::new(&RULE, span, message).help("use one button of type `spm` or `url`"))
}

fn of_picture(card: &Card) -> Option<Diagnostic> {
    let wrong = card.buttons.iter().enumerate().find(|(index, button)| match button.kind {
        ButtonKind::QuickReply | ButtonKind::Url { .. } | ButtonKind::PhoneNumber { .. } => false,
        ButtonKind::OrderDetails => *index > 0,
        _ => true,
    });
    let help = "use `quick_reply`, `url` or `phone_number`";
    if let Some((_, button)) = wrong {
        let message = match button.kind {
            ButtonKind::OrderDetails => "an `order_details` button must be the first of its card".to_owned(),
            _ => format!("a card can't have a `{}` button", button.kind.as_str()),
        };
        return Some(Diagnostic::new(&RULE, button.span, message).help(help));
    }
    let beyond = card.buttons.get(limits::CARD_BUTTONS)?;
    let message =
        format!("the card has {} buttons (at most {} allowed)", card.buttons.len(), limits::CARD_BUTTONS);
    Some(Diagnostic::new(&RULE, beyond.span, message).help("remove a button"))
}

cases! {
    fails: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [«{ type: copy_code, example: OAK20 }»] }\n- { header: { image: b.png }, buttons: [«{ type: catalog }»] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [A, B, «C»] }\n- { header: { image: b.png }, buttons: [A, B] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [«More»] }\n- { header: product, buttons: [{ type: spm }, «{ type: url, text: Shop, url: \"https://shop.example/\" }»] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- «{ header: product }»\n- { header: product, buttons: [{ type: spm }] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [A, «{ type: order_details }»] }\n- { header: { image: b.png }, buttons: [{ type: order_details }, A] }",
    ],
    passes: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [A, { type: phone_number, text: Call, phone_number: \"+15550051310\" }] }\n- { header: { video: b.mp4 }, buttons: [A, { type: url, text: Shop, url: \"https://shop.example/\" }] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm }] }\n- { header: product, buttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [{ type: order_details }] }\n- { header: { image: b.png }, buttons: [{ type: order_details }] }",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [A, B, C]",
    ],
}
