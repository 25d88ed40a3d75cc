//! `zero-tap-without-terms`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, OtpType};
use crate::rule;

rule! {
    /// A code is to be filled in without a tap, and Meta's terms for that are not accepted.
    ///
    /// With `otp_type: zero_tap` the template is created only if `zero_tap_terms_accepted` is true.
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
    pub(super) static RULE = {
        id: "zero-tap-without-terms",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-zero-tap-terms"],
        subcode: Some(100),
        reference: "templates/authentication-templates/zero-tap-authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
            Diagnostic::new(&RULE, span, "the terms of zero-tap are not accepted")
                .help("read Meta's terms, and write `zero_tap_terms_accepted: true`")
        })
        .collect()
}
