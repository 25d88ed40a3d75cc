//! `component-not-allowed-with-carousel`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
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
