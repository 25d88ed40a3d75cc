//! `marketing-parts-elsewhere`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Category, Header, Version};
use crate::rule;
use crate::source::Span;

rule! {
    /// A utility template has parts that only marketing has.
    ///
    /// Carousels, limited-time offers, products and catalogs sell something. They are refused outside the category
    /// `marketing`.
    ///
    /// ```yaml fails
    /// buttons: [{ type: catalog }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: catalog }]
    /// ```
    pub(super) static RULE = {
        id: "marketing-parts-elsewhere",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-category", "lto-category", "utility-components"],
        subcode: Some(100),
        reference: "templates/utility-templates/utility-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // Authentication takes none of the parts that others have, which is a rule of its own.
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let offer = parts::find(version, Kind::Offer).map(|span| (span, "limited_time_offer"));
    let carousel = parts::find(version, Kind::Carousel).map(|span| (span, "carousel"));
    let product = match version.header {
        Some(Header::Product(span)) => Some((span, "product")),
        _ => None,
    };
    let selling = |kind: &ButtonKind| matches!(kind, ButtonKind::Catalog | ButtonKind::Mpm | ButtonKind::Spm);
    let buttons = version.buttons.iter().filter(|button| selling(&button.kind));
    let buttons = buttons.map(|button| (button.span, button.kind.as_str()));
    let found = offer.into_iter().chain(carousel).chain(product).chain(buttons);
    found
        .map(|(span, word): (Span, &str)| {
            Diagnostic::new(&RULE, span, format!("`{word}` belongs to marketing templates alone"))
                .help("make the category `marketing`, or leave it out")
        })
        .collect()
}
