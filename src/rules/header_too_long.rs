//! `header-too-long`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A text header is longer than 60 characters.
    ///
    /// Characters are counted as code points, placeholders as they are sent. A longer header is refused when the
    /// template is created or edited.
    ///
    /// ```yaml fails
    /// header: Your order is on its way and will arrive on the day that you chose
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(super) static RULE = {
        id: "header-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let long = template
        .headers()
        .filter_map(|text| length::too_long(&RULE, template, (Part::Header, text), "header", limits::HEADER));
    long.collect()
}
