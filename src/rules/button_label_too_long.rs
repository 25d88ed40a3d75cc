//! `button-label-too-long`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A button's label is longer than 25 characters.
    ///
    /// That of a button of type `voice_call` has at most 20. Characters are counted as code points. A longer label is
    /// refused when the template is created or edited.
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
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["button-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let labels = template.texts().filter(|(_, part, _)| part.is_label());
    let long = labels.filter_map(|(version, part, text)| {
        length::too_long(&RULE, template, (part, text), "label", length::limit(version, part))
    });
    long.collect()
}
