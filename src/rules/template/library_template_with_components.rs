//! `library-template-with-components`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Version;
use crate::rule;
use crate::rules::support::components::{self, Component};
use crate::source::Span;

rule! {
    /// A library template also defines its own components.
    ///
    /// A template from Meta's library uses the text and buttons of the library. Meta would reject other
    /// components, so watpl doesn't send them.
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
    pub(crate) static RULE = {
        id: "library-template-with-components",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["library-and-components"],
        subcode: Some(100),
        reference: "templates/template-library",
    }
}

const ALL: [Component; 6] = [
    Component::Header,
    Component::Offer,
    Component::Footer,
    Component::Buttons,
    Component::Carousel,
    Component::CallPermission,
];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let Some(library) = &template.library else { return Vec::new() };
    let found = template.versions.iter().filter_map(first_part);
    found
        .map(|span| {
            Diagnostic::new(&RULE, span, "a library template can't define its own components")
                .related(library.template.span, "components come from this library template")
                .help("delete the component, or delete `library`")
        })
        .collect()
}

fn first_part(version: &Version) -> Option<Span> {
    let body = version.body.as_ref().map(|body| body.span);
    body.into_iter().chain(ALL.into_iter().filter_map(|kind| components::find(version, kind))).min()
}

cases! {
    fails: [
        "library: delivery_update_1\nbody: «Your order is on its way to you.»",
        "library: delivery_update_1\nbuttons: [«Thanks»]",
        "library: delivery_update_1\nheader: «location»\nfooter: Thanks",
        "library: delivery_update_1\nlanguages:\n  en_US: {}\n  fa: { footer: «سپاس» }",
        "template order_shipped {\n  category utility\n  language en_US\n  library delivery_update_1\n  footer «\"Thanks\"»\n}",
    ],
    passes: [
        "library: delivery_update_1",
        "library: { template: delivery_update_1, body: { add_track_package_link: true } }",
        "library: delivery_update_1\nlanguages: [en_US, fa]",
        "body: Your order is on its way to you.\nfooter: Thanks",
    ],
}
