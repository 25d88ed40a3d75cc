//! `button-label-too-long`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Template;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A button's label is longer than 25 characters.
    ///
    /// Characters are counted as code points. A longer label is refused when the template is created or edited.
    ///
    /// ```yaml fails
    /// buttons: [Choose another day for this]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Choose another day]
    /// ```
    pub(super) static RULE = {
        id: "button-label-too-long",
        severity: Severity::Error,
        class: Class::Refused,
        confidence: Confidence::Documented,
        entries: ["button-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    let long = template.labels().filter_map(|text| {
        let beyond = text.beyond(limits::BUTTON_LABEL)?;
        let message =
            format!("the label has {} characters, and {} are allowed", text.chars(), limits::BUTTON_LABEL);
        Some(
            Diagnostic::new(&RULE, beyond, message)
                .label("from here on it is too long")
                .help("shorten the label"),
        )
    });
    long.collect()
}
