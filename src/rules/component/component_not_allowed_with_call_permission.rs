//! `component-not-allowed-with-call-permission`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::components::{self, Component};

rule! {
    /// A component is not allowed together with a call permission request.
    ///
    /// The request has its own buttons. Meta rejects other buttons, a carousel or an offer together with it.
    /// A header or a footer is a warning: Meta's examples have neither.
    ///
    /// ```yaml fails
    /// call_permission_request: true
    /// buttons: [Not now]
    /// ```
    ///
    /// ```yaml passes
    /// call_permission_request: true
    /// ```
    pub(crate) static RULE = {
        id: "component-not-allowed-with-call-permission",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["call-permission-alone"],
        subcode: Some(100),
        reference: "templates/marketing-templates/call-permission-request-message-template",
    }
}

const TAPPED: [Component; 3] = [Component::Offer, Component::Buttons, Component::Carousel];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let what = "a call permission request";
    let versions = template.versions.iter().filter(|version| version.call_permission_request.is_some());
    versions
        .flat_map(|version| {
            let others =
                components::disallowed_with(version, &RULE, what, &[Component::Header, Component::Footer]);
            let others = others.map(|diagnostic| diagnostic.severity(Severity::Warning));
            components::disallowed_with(version, &RULE, what, &TAPPED).chain(others).collect::<Vec<_>>()
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
