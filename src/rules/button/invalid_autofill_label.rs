//! `invalid-autofill-label`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, OtpType, Part};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// The autofill label of a one-time-password button is too long or not allowed.
    ///
    /// `autofill_text` is only for `one_tap` and `zero_tap`, and has at most 25 characters. `copy_code`
    /// buttons don't fill in the code.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: copy_code, autofill_text: Fill in }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: copy_code }]
    /// ```
    pub(crate) static RULE = {
        id: "invalid-autofill-label",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-autofill-text"],
        subcode: Some(2388040),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(template, button)).collect()
}

fn diagnostic(template: &TemplateView<'_>, button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Otp { otp_type, autofill_text: Some(text), .. } = &button.kind else { return None };
    if otp_type.value == OtpType::CopyCode {
        let message = "`autofill_text` is not allowed with `copy_code`";
        return Some(
            Diagnostic::new(&RULE, text.span, message)
                .help("delete `autofill_text`, or set `otp_type` to `one_tap` or `zero_tap`"),
        );
    }
    length::too_long(&RULE, template, (Part::Label(0), text), "label", limits::BUTTON_LABEL)
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: copy_code, autofill_text: «Fill in» }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, autofill_text: «\"Fill in\"» }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, autofill_text: x{×25}«y», supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nlanguage: fa\nbuttons: [{ type: otp, otp_type: one_tap, autofill_text: پ{×25}«پ», supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: copy_code }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, autofill_text: é{×25}, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: zero_tap, zero_tap_terms_accepted: true, autofill_text: Fill in, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
    ],
}
