//! `button-label-too-long`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A button label is longer than 25 characters.
    ///
    /// The limit for buttons of type `voice_call` is 20. Characters are counted as code points. Meta rejects
    /// a longer label.
    ///
    /// ```yaml fails
    /// buttons: [Choose another day for this]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Choose another day]
    /// ```
    pub(crate) static RULE = {
        id: "button-label-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["button-text-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let labels = template.texts().filter(|(_, part, _)| part.is_label());
    let long = labels.filter_map(|(version, part, text)| {
        length::too_long(&RULE, template, (part, text), "label", length::limit(version, part))
    });
    long.collect()
}
