//! `card-count-out-of-range`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Version;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::components;

rule! {
    /// A carousel has too many or too few cards.
    ///
    /// A carousel of images or videos has 2 to 10 cards, and every message shows all of them. A carousel of
    /// products is created with exactly 2 cards, and can be sent with up to 10.
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
    pub(crate) static RULE = {
        id: "card-count-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-media-count", "carousel-product-count"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // Cards that could not be read may be those that are missing.
    let versions = template.versions.iter().filter(|_| !template.incomplete);
    versions.filter_map(of_version).collect()
}

fn of_version(version: &Version) -> Option<Diagnostic> {
    let (first, last) = (version.carousel.first()?, version.carousel.last()?);
    let count = version.carousel.len();
    let noun = if count == 1 { "card" } else { "cards" };
    let products = version.carousel.iter().all(components::shows_product);
    let message = match products {
        true if count != limits::PRODUCT_CARDS => {
            format!("the carousel has {count} product {noun} (must be {})", limits::PRODUCT_CARDS)
        }
        false if !limits::CARDS.contains(&count) => {
            let (from, to) = (limits::CARDS.start(), limits::CARDS.end());
            format!("the carousel has {count} {noun} (must be {from} to {to})")
        }
        _ => return None,
    };
    let span = if count == 1 { first.span } else { last.span };
    let help = if products { "define two cards; a message can have more" } else { "add or remove cards" };
    Some(Diagnostic::new(&RULE, span, message).help(help))
}

cases! {
    fails: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- «{ header: { image: a.png }, buttons: [More] }»",
        "category: marketing\nbody: See what is new.\ncarousel:\n- &a { header: { image: a.png }, buttons: [More] }\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- «{ header: { image: b.png }, buttons: [More] }»",
        "category: marketing\nbody: See what is new.\ncarousel:\n- «{ header: product, buttons: [{ type: spm }] }»",
        "template order_shipped {\n  category marketing\n  language en_US\n  body \"See what is new.\"\n  carousel {\n    «card {\n      header image \"a.png\"\n      button quick_reply \"More\"\n    }»\n  }\n}",
    ],
    passes: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- &a { header: { image: a.png }, buttons: [More] }\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a\n- *a",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm }] }\n- { header: product, buttons: [{ type: spm }] }",
        "category: marketing\nfooter: Reply STOP to opt out",
    ],
}
