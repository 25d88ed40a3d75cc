//! `component-not-allowed-with-carousel`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::components::{self, Component};

rule! {
    /// A component is not allowed together with a carousel.
    ///
    /// A carousel has a body above it and no other component. Headers and buttons belong to its cards.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: Our new chairs are here.
    /// footer: Reply STOP to opt out
    /// carousel:
    ///   - { header: { image: media/oak.png }, buttons: [More of this] }
    ///   - { header: { image: media/elm.png }, buttons: [More of this] }
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
        id: "component-not-allowed-with-carousel",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["carousel-siblings"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

const OTHERS: [Component; 5] =
    [Component::Header, Component::Offer, Component::Footer, Component::Buttons, Component::CallPermission];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let versions = template.versions.iter().filter(|version| !version.carousel.is_empty());
    versions.flat_map(|version| components::disallowed_with(version, &RULE, "a carousel", &OTHERS)).collect()
}

cases! {
    fails: [
        "category: marketing\nbody: See what is new.\nfooter: «Reply STOP to opt out»\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "category: marketing\nbody: See what is new.\nheader: «Chairs»\nbuttons: [«More», Less]\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
        "category: marketing\nbody: See what is new.\nlanguages:\n  en_US: {}\n  fa: { footer: «سپاس» }\ncarousel:\n- { header: { image: a.png }, buttons: [More] }\n- { header: { image: b.png }, buttons: [More] }",
    ],
    passes: [
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: Oak, buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "header: Your order\nfooter: Thanks\nbuttons: [Track]",
        "category: marketing\nfooter: Reply STOP to opt out\ncarousel: []",
    ],
}
