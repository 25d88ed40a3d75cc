//! `parts-beside-call-permission`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A request for permission to call has something beside it that people can tap.
    ///
    /// The request brings its own buttons; others, a carousel or an offer are refused beside it. A header or a footer is a
    /// warning: Meta shows none in its examples.
    ///
    /// ```yaml fails
    /// call_permission_request: true
    /// buttons: [Not now]
    /// ```
    ///
    /// ```yaml passes
    /// call_permission_request: true
    /// ```
    pub(super) static RULE = {
        id: "parts-beside-call-permission",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["call-permission-alone"],
        subcode: Some(100),
        reference: "templates/marketing-templates/call-permission-request-message-template",
    }
}

const TAPPED: [Kind; 3] = [Kind::Offer, Kind::Buttons, Kind::Carousel];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let what = "a request for permission to call";
    let versions = template.versions.iter().filter(|version| version.call_permission_request.is_some());
    versions
        .flat_map(|version| {
            let others = parts::beside(version, &RULE, what, &[Kind::Header, Kind::Footer]);
            let others = others.map(|diagnostic| diagnostic.severity(Severity::Warning));
            parts::beside(version, &RULE, what, &TAPPED).chain(others).collect::<Vec<_>>()
        })
        .collect()
}
