//! `placeholder-host`.

use super::address::Address;
use super::quote;
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Template;
use crate::rule;

rule! {
    /// The address of a button leads to nobody's host.
    ///
    /// `example.com`, `localhost` and bare numbers are what one writes before the real address is known. A reviewer
    /// who taps the button sees somebody else's page, or none.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://www.example.com/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(super) static RULE = {
        id: "placeholder-host",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Inferred,
        entries: ["url-placeholder-host"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    let urls = template.buttons().filter_map(|button| button.url());
    let nowhere = urls.filter(|text| Address::of(text).is_some_and(|address| address.has_placeholder_host()));
    nowhere
        .map(|text| {
            let message = format!("{} leads to nobody's host", quote::quoted(text.as_str()));
            Diagnostic::new(&RULE, text.span, message).help("write the host that the page is really on")
        })
        .collect()
}
