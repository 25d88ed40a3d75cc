//! `wrong-code-apps`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{App, Button, ButtonKind, OtpType};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A button that hands over a passcode names too few or too many apps.
    ///
    /// `one_tap` and `zero_tap` fill the code into an app, and need 1 to 5 `supported_apps`. With `copy_code` no app takes part.
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
    pub(super) static RULE = {
        id: "wrong-code-apps",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-apps-required", "auth-apps-forbidden"],
        subcode: Some(100),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(button, template.incomplete)).collect()
}

fn diagnostic(button: &Button, incomplete: bool) -> Option<Diagnostic> {
    let ButtonKind::Otp { otp_type, supported_apps, .. } = &button.kind else { return None };
    let (word, count) = (otp_type.value.as_str(), supported_apps.len());
    let (from, to) = (limits::SUPPORTED_APPS.start(), limits::SUPPORTED_APPS.end());
    let first = supported_apps.first().map_or(otp_type.span, |app: &App| app.package_name.span);
    match otp_type.value {
        OtpType::CopyCode if count > 0 => Some(
            Diagnostic::new(&RULE, first, "an app is named, and the code is copied by hand")
                .help("delete `supported_apps`, or make `otp_type` `one_tap` or `zero_tap`"),
        ),
        OtpType::OneTap | OtpType::ZeroTap if count == 0 && !incomplete => {
            let message = format!("`{word}` needs an app that takes the code, and none is named");
            Some(
                Diagnostic::new(&RULE, otp_type.span, message)
                    .help("write `supported_apps`, or make `otp_type` `copy_code`"),
            )
        }
        _ => {
            let beyond = supported_apps.get(*to)?;
            let message = format!("{count} apps are named, and {from} to {to} are allowed");
            Some(Diagnostic::new(&RULE, beyond.package_name.span, message).help("leave an app out"))
        }
    }
}
