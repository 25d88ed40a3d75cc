//! `parts-beside-call-permission`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
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
        class: Class::Refused,
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

cases! {
    fails: [
        "call_permission_request: true\nbuttons: [«Not now»]",
        "category: marketing\nbody: See what is new.\ncall_permission_request: true\ncarousel:\n- «{ header: { image: a.png }, buttons: [More] }»\n- { header: { image: b.png }, buttons: [More] }",
        "languages:\n  en_US: { call_permission_request: true }\n  fa: {}\nbuttons: [«Not now», Later]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  «button quick_reply \"Not now\"»\n  call_permission_request\n}",
    ],
    passes: [
        "call_permission_request: true",
        "buttons: [Not now]\nheader: Your order",
        "languages:\n  en_US: { call_permission_request: true }\n  fa: { buttons: [Not now] }",
    ],
}
