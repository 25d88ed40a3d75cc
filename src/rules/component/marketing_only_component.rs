//! `marketing-only-component`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Category, Header, Version};
use crate::rule;
use crate::rules::support::components::{self, Component};
use crate::source::Span;

rule! {
    /// A utility template uses a marketing-only component.
    ///
    /// Carousels, limited-time offers, products and catalogs are for marketing. Meta rejects them in other
    /// categories.
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
    pub(crate) static RULE = {
        id: "marketing-only-component",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["carousel-category", "lto-category", "utility-components"],
        subcode: Some(100),
        reference: "templates/utility-templates/utility-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // Components of authentication templates are reported by another rule.
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let offer = components::find(version, Component::Offer).map(|span| (span, "limited_time_offer"));
    let carousel = components::find(version, Component::Carousel).map(|span| (span, "carousel"));
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
            Diagnostic::new(&RULE, span, format!("`{word}` is only allowed in marketing templates"))
                .help("change the category to `marketing`, or remove it")
        })
        .collect()
}

cases! {
    fails: [
        "buttons: [«{ type: catalog }»]",
        "header: «product»\nbuttons: [«{ type: spm }»]",
        "limited_time_offer: «Ends tomorrow»\nbuttons: [{ type: url, text: Shop, url: \"https://shop.example/\" }]",
        "carousel:\n- «{ header: { image: a.png }, buttons: [More] }»\n- { header: { image: b.png }, buttons: [More] }",
        "header: Chairs\nlanguages:\n  en_US: { buttons: [«{ type: mpm }»] }\n  fa: { buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  «button catalog»\n}",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog }]",
        "buttons: [{ type: order_details }]",
        "buttons: [{ type: request_contact_info }]",
        "header: { image: a.png }",
    ],
}
