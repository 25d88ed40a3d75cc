//! `authentication-without-code-button`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Version};
use crate::rule;

rule! {
    /// An authentication template has no one-time-password button.
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
    pub(crate) static RULE = {
        id: "authentication-without-code-button",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-otp-required"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // Buttons of another kind are reported as such, and what could not be read may be the button.
    if !template.is(Category::Authentication) || template.incomplete {
        return Vec::new();
    }
    let bare = template.versions.iter().filter(|version: &&Version| version.buttons.is_empty());
    bare.map(|version| {
        Diagnostic::new(&RULE, version.span, format!("`{}` has no `otp` button", version.code()))
            .help("add `buttons: [{ type: otp }]`")
    })
    .collect()
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nlanguage: «en_US»",
        "category: authentication\nttl: 5m\nlanguages: [«en_US», «fa»]",
        "category: authentication\nttl: 5m\nlanguages:\n  en_US: { buttons: [{ type: otp }] }\n  «fa»: {}",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nlanguages: [en_US, fa]\nbuttons: [{ type: otp, otp_type: copy_code }]",
        "category: authentication\nttl: 5m\nbuttons: [Not me]",
        "category: utility",
    ],
}
