//! `authentication-without-code-button`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Version};
use crate::rule;

rule! {
    /// An authentication template has no button that hands over the code.
    ///
    /// Exactly one button of type `otp` is required.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: copy_code }]
    /// ```
    pub(super) static RULE = {
        id: "authentication-without-code-button",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-otp-required"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // Buttons of another kind are reported as such, and what could not be read may be the button.
    if !template.is(Category::Authentication) || template.incomplete {
        return Vec::new();
    }
    let bare = template.versions.iter().filter(|version: &&Version| version.buttons.is_empty());
    bare.map(|version| {
        Diagnostic::new(&RULE, version.span, format!("there is no `otp` button in `{}`", version.code()))
            .help("write `buttons: [{ type: otp }]`")
    })
    .collect()
}
