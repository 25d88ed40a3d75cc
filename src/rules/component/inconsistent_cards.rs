//! `inconsistent-cards`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Card, Version};
use crate::rule;
use crate::rules::support::components;

rule! {
    /// The cards of a carousel have different structures.
    ///
    /// All cards need the same components: an image or video, or a product; a body on all cards or on none;
    /// and buttons of the same types in the same order. Mixing images and videos is only a warning: whether
    /// Meta rejects that is not documented.
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
    pub(crate) static RULE = {
        id: "inconsistent-cards",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-uniform", "carousel-mixed-kinds", "carousel-card-body-all"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
            .related(first.span, "first card")
            .help("give all cards the same components")
    };
    if components::shows_product(first) != components::shows_product(card) {
        return Some(diagnostic("this carousel mixes product cards and media cards".to_owned()));
    }
    if first.body.is_some() != card.body.is_some() {
        let what = if card.body.is_some() {
            "a body, but the first card has none"
        } else {
            "no body, but the first card has one"
        };
        return Some(diagnostic(format!("this card has {what}")));
    }
    if !first
        .buttons
        .iter()
        .map(|button| button.kind.as_str())
        .eq(card.buttons.iter().map(|button| button.kind.as_str()))
    {
        let (own, others) =
            (components::button_types(&card.buttons), components::button_types(&first.buttons));
        return Some(diagnostic(format!("this card has {own}, but the first card has {others}")));
    }
    let (one, other) = (first.header.as_ref()?, card.header.as_ref()?);
    let (one, other) = (components::header_format(one), components::header_format(other));
    // Other header formats are reported by another rule.
    (one != other
        && components::is_image_or_video(first.header.as_ref()?)
        && components::is_image_or_video(card.header.as_ref()?))
    .then(|| {
        diagnostic(
            format!("this card has a {other}, but the first card has an {one}")
                .replace("an video", "a video")
                .replace("a image", "an image"),
        )
        .severity(Severity::Warning)
    })
}

cases! {
    fails: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: Made of oak, buttons: [More] }\n- «{ header: { image: b.png }, buttons: [More] }»",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- «{ header: { video: b.mp4 }, buttons: [More] }»\n- «{ header: product, buttons: [{ type: spm }] }»",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More, { type: url, text: Shop, url: \"https://shop.example/a\" }] }\n- «{ header: { image: b.png }, buttons: [{ type: url, text: Shop, url: \"https://shop.example/b\" }, More] }»",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- «{ header: { image: b.png }, buttons: [More, Less] }»",
    ],
    passes: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: Made of oak, buttons: [More] }\n- { header: { image: b.png }, body: Made of elm, buttons: [Another] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm }] }\n- { header: product, buttons: [{ type: spm }] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [{ type: url, text: Shop, url: \"https://shop.example/a\" }] }\n- { header: { image: b.png }, buttons: [{ type: url, text: Shop, url: \"https://shop.example/b\" }] }",
    ],
}
