//! `card-without-media`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Card;
use crate::rule;
use crate::rules::support::components;

rule! {
    /// A carousel card shows no image, video or product.
    ///
    /// Every card starts with a header: an image or a video with a sample, or `product`.
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
    pub(crate) static RULE = {
        id: "card-without-media",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-card-header"],
        subcode: Some(2388043),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let cards = template.versions.iter().flat_map(|version| &version.carousel);
    cards.filter(|card| !(template.incomplete && card.header.is_none())).filter_map(diagnostic).collect()
}

fn diagnostic(card: &Card) -> Option<Diagnostic> {
    let (span, message) = match &card.header {
        None => (card.span, "the card has no header".to_owned()),
        Some(header) if components::is_image_or_video(header) || components::shows_product(card) => {
            return None;
        }
        Some(header) => {
            (header.span(), format!("the card has a `{}` header", components::header_format(header)))
        }
    };
    Some(
        Diagnostic::new(&RULE, span, message).help("use `header: { image: … }`, `{ video: … }` or `product`"),
    )
}

cases! {
    fails: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: «Oak», buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { document: «a.pdf» }, buttons: [More] }\n- { header: «location», buttons: [More] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- «{ body: Made of elm, buttons: [More] }»",
    ],
    passes: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { video: b.mp4 }, buttons: [More] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm }] }\n- { header: product, buttons: [{ type: spm }] }",
        "header: Your order is here",
    ],
}
