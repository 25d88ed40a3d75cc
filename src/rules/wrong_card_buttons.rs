//! `wrong-card-buttons`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Card};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A card of a carousel has buttons that cards cannot have.
    ///
    /// A card with a picture or a video takes up to two buttons that reply, open an address or call; in India one that shows
    /// an order may come first. A card with a product has one button, of type `spm` or `url`.
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
    pub(super) static RULE = {
        id: "wrong-card-buttons",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-card-buttons"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let cards = template.versions.iter().flat_map(|version| &version.carousel);
    cards.filter_map(|card| diagnostic(card, template.incomplete)).collect()
}

fn diagnostic(card: &Card, incomplete: bool) -> Option<Diagnostic> {
    if parts::shows_product(card) { of_product(card, incomplete) } else { of_picture(card) }
}

fn of_product(card: &Card, incomplete: bool) -> Option<Diagnostic> {
    let fits = |kind: &ButtonKind| matches!(kind, ButtonKind::Spm | ButtonKind::Url { .. });
    let (span, message) = match card.buttons.as_slice() {
        [] if incomplete => return None,
        [only] if fits(&only.kind) => return None,
        [] => (card.span, "a card with a product has no button".to_owned()),
        [only] => (only.span, format!("a card with a product has a button of type `{}`", only.kind.as_str())),
        [_, second, ..] => (second.span, format!("a card with a product has {} buttons", card.buttons.len())),
    };
    Some(Diagnostic::new(&RULE, span, message).help("give it one button, of type `spm` or `url`"))
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
            ButtonKind::OrderDetails => {
                "a button of type `order_details` is not the first of its card".to_owned()
            }
            _ => format!("a card has a button of type `{}`", button.kind.as_str()),
        };
        return Some(Diagnostic::new(&RULE, button.span, message).help(help));
    }
    let beyond = card.buttons.get(limits::CARD_BUTTONS)?;
    let message =
        format!("the card has {} buttons, and {} are allowed", card.buttons.len(), limits::CARD_BUTTONS);
    Some(Diagnostic::new(&RULE, beyond.span, message).help("leave a button out"))
}
