//! `invalid-code-apps`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{App, Button, ButtonKind, OtpType};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A one-time-password button lists too few or too many apps.
    ///
    /// `one_tap` and `zero_tap` fill the code into an app, and need 1 to 5 `supported_apps`. `copy_code`
    /// buttons use no app.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: one_tap }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons:
    ///   - type: otp
    ///     otp_type: one_tap
    ///     supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }]
    /// ```
    pub(crate) static RULE = {
        id: "invalid-code-apps",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-apps-required", "auth-apps-forbidden"],
        subcode: Some(100),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button, template.incomplete)).collect()
}

fn diagnostic(button: &Button, incomplete: bool) -> Option<Diagnostic> {
    let ButtonKind::Otp { otp_type, supported_apps, .. } = &button.kind else { return None };
    let (word, count) = (otp_type.value.as_str(), supported_apps.len());
    let (from, to) = (limits::SUPPORTED_APPS.start(), limits::SUPPORTED_APPS.end());
    let first = supported_apps.first().map_or(otp_type.span, |app: &App| app.package_name.span);
    match otp_type.value {
        OtpType::CopyCode if count > 0 => Some(
            Diagnostic::new(&RULE, first, "`supported_apps` is not allowed with `copy_code`")
                .help("delete `supported_apps`, or set `otp_type` to `one_tap` or `zero_tap`"),
        ),
        OtpType::OneTap | OtpType::ZeroTap if count == 0 && !incomplete => {
            let message = format!("`{word}` needs at least one app in `supported_apps`");
            Some(
                Diagnostic::new(&RULE, otp_type.span, message)
                    .help("add `supported_apps`, or set `otp_type` to `copy_code`"),
            )
        }
        _ => {
            let beyond = supported_apps.get(*to)?;
            let message = format!("{count} apps are listed ({from} to {to} allowed)");
            Some(Diagnostic::new(&RULE, beyond.package_name.span, message).help("remove an app"))
        }
    }
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: «one_tap» }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: «zero_tap», zero_tap_terms_accepted: true, supported_apps: [] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, supported_apps: [{ package_name: «com.example.app», signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.example.a, signature_hash: K8a/AINcGX7 }, { package_name: com.example.b, signature_hash: K8a/AINcGX7 }, { package_name: com.example.c, signature_hash: K8a/AINcGX7 }, { package_name: com.example.d, signature_hash: K8a/AINcGX7 }, { package_name: com.example.e, signature_hash: K8a/AINcGX7 }, { package_name: «com.example.f», signature_hash: K8a/AINcGX7 }] }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.example.app, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.example.a, signature_hash: K8a/AINcGX7 }, { package_name: com.example.b, signature_hash: K8a/AINcGX7 }, { package_name: com.example.c, signature_hash: K8a/AINcGX7 }, { package_name: com.example.d, signature_hash: K8a/AINcGX7 }, { package_name: com.example.e, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: copy_code, supported_apps: [] }]",
    ],
}
