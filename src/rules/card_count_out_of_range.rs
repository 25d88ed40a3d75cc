//! `card-count-out-of-range`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Version;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A carousel has too many or too few cards.
    ///
    /// A carousel of pictures or videos has 2 to 10 cards, and every message shows all of them. A carousel of products is
    /// created with exactly 2, and can be sent with up to 10.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here. Reply STOP to opt out.
    /// carousel:
    ///   - { header: { image: media/oak.png }, buttons: [More of this] }
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
        id: "card-count-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-media-count", "carousel-product-count"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // Cards that could not be read may be those that are missing.
    let versions = template.versions.iter().filter(|_| !template.incomplete);
    versions.filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let (first, last) = (version.carousel.first()?, version.carousel.last()?);
    let count = version.carousel.len();
    let noun = if count == 1 { "card" } else { "cards" };
    let products = version.carousel.iter().all(parts::shows_product);
    let message = match products {
        true if count != limits::PRODUCT_CARDS => {
            format!(
                "the carousel has {count} {noun} with products, and {} are created",
                limits::PRODUCT_CARDS
            )
        }
        false if !limits::CARDS.contains(&count) => {
            let (from, to) = (limits::CARDS.start(), limits::CARDS.end());
            format!("the carousel has {count} {noun}, and {from} to {to} are allowed")
        }
        _ => return None,
    };
    let span = if count == 1 { first.span } else { last.span };
    let help =
        if products { "write two cards; the message may have more" } else { "add cards, or leave some out" };
    Some(Diagnostic::new(&RULE, span, message).help(help))
}
