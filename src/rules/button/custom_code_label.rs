//! `custom-code-label`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::ButtonKind;
use crate::rule;

rule! {
    /// A one-time-password button has a custom label.
    ///
    /// Without a label, Meta uses its own and translates it. One reseller reports that a custom label was
    /// rejected.
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
    pub(crate) static RULE = {
        id: "custom-code-label",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["auth-custom-label"],
        subcode: Some(2388060),
        reference: "templates/authentication-templates/copy-code-button-authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let labels = template.buttons().filter_map(|button| match button.kind {
        ButtonKind::Otp { .. } => button.text.as_ref(),
        _ => None,
    });
    // The label that Meta's own examples have.
    let own = labels.filter(|text| !text.as_str().eq_ignore_ascii_case("copy code"));
    own.map(|text| {
        Diagnostic::new(&RULE, text.span, "the one-time-password button has a custom label")
            .help("delete `text`; Meta translates its own label into each language")
    })
    .collect()
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, text: «Take the code» }]",
        "category: authentication\nttl: 5m\nlanguage: fa\nbuttons: [{ type: otp, text: «کپی کد» }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, text: «\"Copy  code\"» }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, text: COPY CODE }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, autofill_text: Fill in, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "buttons: [Take the code]",
    ],
}
