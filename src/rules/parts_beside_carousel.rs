//! `parts-beside-carousel`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// Something else than a body stands beside a carousel.
    ///
    /// A carousel has a body above it, and nothing more: headers, footers and buttons belong to its cards.
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
    pub(super) static RULE = {
        id: "parts-beside-carousel",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["carousel-siblings"],
        subcode: Some(100),
        reference: "templates/marketing-templates/media-card-carousel-templates",
    }
}

const OTHERS: [Kind; 5] = [Kind::Header, Kind::Offer, Kind::Footer, Kind::Buttons, Kind::CallPermission];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let versions = template.versions.iter().filter(|version| !version.carousel.is_empty());
    versions.flat_map(|version| parts::beside(version, &RULE, "a carousel", &OTHERS)).collect()
}
