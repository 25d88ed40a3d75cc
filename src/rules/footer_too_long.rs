//! `footer-too-long`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A footer is longer than 60 characters.
    ///
    /// Characters are counted as code points. A longer footer is refused when the template is created or edited.
    ///
    /// ```yaml fails
    /// footer: Questions? Reply to this message or call us from nine to five, every day.
    /// ```
    ///
    /// ```yaml passes
    /// footer: Questions? Reply to this message.
    /// ```
    pub(super) static RULE = {
        id: "footer-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["footer-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let long = template
        .footers()
        .filter_map(|text| length::too_long(&RULE, template, (Part::Footer, text), "footer", limits::FOOTER));
    long.collect()
}
