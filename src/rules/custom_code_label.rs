//! `custom-code-label`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::ButtonKind;
use crate::rule;

rule! {
    /// A button that hands over a passcode has a label of its own.
    ///
    /// Meta documents the label and translates its own when there is none. One reseller reports that a label of
    /// one's own was refused.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, text: Take the code }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "custom-code-label",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["auth-custom-label"],
        subcode: Some(2388060),
        reference: "templates/authentication-templates/copy-code-button-authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let labels = template.buttons().filter_map(|button| match button.kind {
        ButtonKind::Otp { .. } => button.text.as_ref(),
        _ => None,
    });
    // The label that Meta's own examples have.
    let own = labels.filter(|text| !text.as_str().eq_ignore_ascii_case("copy code"));
    own.map(|text| {
        Diagnostic::new(&RULE, text.span, "the label of a passcode's button is one of your own")
            .help("delete `text`: Meta's label is translated into each language")
    })
    .collect()
}
