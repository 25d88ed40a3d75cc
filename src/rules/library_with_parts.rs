//! `library-with-parts`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Version;
use crate::rule;
use crate::source::Span;

rule! {
    /// A template of Meta's library has parts of its own.
    ///
    /// What is made of the library has the library's text and buttons. Parts of your own would be refused beside it, so they
    /// are not sent.
    ///
    /// ```yaml fails whole
    /// name: delivery_update
    /// category: utility
    /// language: en_US
    /// library: delivery_update_1
    /// body: Your order is on its way to the address that you gave us.
    /// ```
    ///
    /// ```yaml passes whole
    /// name: delivery_update
    /// category: utility
    /// language: en_US
    /// library: delivery_update_1
    /// ```
    pub(super) static RULE = {
        id: "library-with-parts",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["library-and-components"],
        subcode: Some(100),
        reference: "templates/template-library",
    }
}

const ALL: [Kind; 6] =
    [Kind::Header, Kind::Offer, Kind::Footer, Kind::Buttons, Kind::Carousel, Kind::CallPermission];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let Some(library) = &template.library else { return Vec::new() };
    let found = template.versions.iter().filter_map(first_part);
    found
        .map(|span| {
            Diagnostic::new(&RULE, span, "a template of Meta's library has a part of its own")
                .related(library.template.span, "it takes its parts from here")
                .help("delete the part, or delete `library`")
        })
        .collect()
}

fn first_part(version: &Version) -> Option<Span> {
    let body = version.body.as_ref().map(|body| body.span);
    body.into_iter().chain(ALL.into_iter().filter_map(|kind| parts::find(version, kind))).min()
}
