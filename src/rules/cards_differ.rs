//! `cards-differ`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Card, Version};
use crate::rule;

rule! {
    /// The cards of a carousel are not made alike.
    ///
    /// All cards have the same parts: a picture or video, or a product; a body on all of them or on none; and buttons of the
    /// same types in the same order. A picture on one card and a video on another is a warning: nobody says whether
    /// that is refused.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: { image: media/oak.png }, body: Made of oak, buttons: [More of this] }
    ///   - { header: { image: media/elm.png }, buttons: [More of this] }
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: { image: media/oak.png }, body: Made of oak, buttons: [More of this] }
    ///   - { header: { image: media/elm.png }, body: Made of elm, buttons: [More of this] }
    /// ```
    pub(super) static RULE = {
        id: "cards-differ",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-uniform", "carousel-mixed-kinds", "carousel-card-body-all"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let versions = template.versions.iter().filter(|_| !template.incomplete);
    versions.flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let Some((first, others)) = version.carousel.split_first() else { return Vec::new() };
    others.iter().filter_map(|card| difference(first, card)).collect()
}

fn difference(first: &Card, card: &Card) -> Option<Diagnostic> {
    let diagnostic = |message: String| {
        Diagnostic::new(&RULE, card.span, message)
            .related(first.span, "the first card is here")
            .help("give all cards the same parts")
    };
    if parts::shows_product(first) != parts::shows_product(card) {
        return Some(diagnostic("a card with a product stands beside a card with a picture".to_owned()));
    }
    if first.body.is_some() != card.body.is_some() {
        let what = if card.body.is_some() {
            "a body, and the first card has none"
        } else {
            "no body, and the first card has one"
        };
        return Some(diagnostic(format!("this card has {what}")));
    }
    if !first
        .buttons
        .iter()
        .map(|button| button.kind.as_str())
        .eq(card.buttons.iter().map(|button| button.kind.as_str()))
    {
        let (own, others) = (parts::types(&card.buttons), parts::types(&first.buttons));
        return Some(diagnostic(format!("this card has {own}, and the first card has {others}")));
    }
    let (one, other) = (first.header.as_ref()?, card.header.as_ref()?);
    let (one, other) = (parts::header_word(one), parts::header_word(other));
    // What is no picture at all has a rule of its own.
    (one != other && parts::is_picture(first.header.as_ref()?) && parts::is_picture(card.header.as_ref()?))
        .then(|| {
            diagnostic(
                format!("this card shows a {other}, and the first card an {one}")
                    .replace("an video", "a video")
                    .replace("a image", "an image"),
            )
            .severity(Severity::Warning)
        })
}
