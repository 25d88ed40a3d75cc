//! `zero-tap-without-terms`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, OtpType};
use crate::rule;

rule! {
    /// A zero-tap button lacks the acceptance of Meta's terms.
    ///
    /// With `otp_type: zero_tap`, Meta only creates the template if `zero_tap_terms_accepted` is true.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons:
    ///   - type: otp
    ///     otp_type: zero_tap
    ///     supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons:
    ///   - type: otp
    ///     otp_type: zero_tap
    ///     zero_tap_terms_accepted: true
    ///     supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }]
    /// ```
    pub(crate) static RULE = {
        id: "zero-tap-without-terms",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-zero-tap-terms"],
        subcode: Some(100),
        reference: "templates/authentication-templates/zero-tap-authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let buttons = template.buttons().filter_map(|button| match &button.kind {
        ButtonKind::Otp { otp_type, zero_tap_terms_accepted, .. } if otp_type.value == OtpType::ZeroTap => {
            Some((otp_type, zero_tap_terms_accepted))
        }
        _ => None,
    });
    let refused = buttons.filter_map(|(otp_type, accepted)| match accepted {
        Some(flag) if flag.value => None,
        Some(flag) => Some(flag.span),
        None if template.incomplete => None,
        None => Some(otp_type.span),
    });
    refused
        .map(|span| {
            Diagnostic::new(&RULE, span, "the terms for zero-tap are not accepted")
                .help("read Meta's terms, and add `zero_tap_terms_accepted: true`")
        })
        .collect()
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: «zero_tap», supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: zero_tap, zero_tap_terms_accepted: «false», supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: zero_tap, zero_tap_terms_accepted: true, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, zero_tap_terms_accepted: false, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
    ],
}
