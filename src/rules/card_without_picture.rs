//! `card-without-picture`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Card;
use crate::rule;

rule! {
    /// A card of a carousel shows neither a picture nor a video nor a product.
    ///
    /// Every card begins with a header: an image or a video with its sample, or `product`.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: Oak, buttons: [More of this] }
    ///   - { header: Elm, buttons: [More of this] }
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: { image: media/oak.png }, buttons: [More of this] }
    ///   - { header: { image: media/elm.png }, buttons: [More of this] }
    /// ```
    pub(super) static RULE = {
        id: "card-without-picture",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-card-header"],
        subcode: Some(2388043),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let cards = template.versions.iter().flat_map(|version| &version.carousel);
    cards.filter(|card| !(template.incomplete && card.header.is_none())).filter_map(diagnostic).collect()
}

fn diagnostic(card: &Card) -> Option<Diagnostic> {
    let (span, message) = match &card.header {
        None => (card.span, "the card has no header".to_owned()),
        Some(header) if parts::is_picture(header) || parts::shows_product(card) => return None,
        Some(header) => {
            (header.span(), format!("the card's header is of the kind `{}`", parts::header_word(header)))
        }
    };
    Some(
        Diagnostic::new(&RULE, span, message)
            .help("write `header: { image: … }`, `{ video: … }` or `product`"),
    )
}
