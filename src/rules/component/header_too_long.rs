//! `header-too-long`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A text header is longer than 60 characters.
    ///
    /// Characters are counted as code points, and placeholders as they are sent. Meta rejects a longer
    /// header.
    ///
    /// ```yaml fails
    /// header: Your order is on its way and will arrive on the day that you chose
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(crate) static RULE = {
        id: "header-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let long = template
        .headers()
        .filter_map(|text| length::too_long(&RULE, template, (Part::Header, text), "header", limits::HEADER));
    long.collect()
}
