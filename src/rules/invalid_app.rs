//! `invalid-app`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{App, ButtonKind};
use crate::platform::limits;
use crate::rule;

rule! {
    /// The package or the hash of an app is not one.
    ///
    /// A package is at least two words with a dot between them, each of letters, digits and underscores with a letter first. The hash
    /// has exactly 11 characters: letters, digits, `+`, `/` and `=`.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons:
    ///   - type: otp
    ///     otp_type: one_tap
    ///     supported_apps: [{ package_name: northwind, signature_hash: K8a/AINcGX7 }]
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
        id: "invalid-app",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-package-name", "auth-signature-hash"],
        subcode: Some(100),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let apps = template.buttons().flat_map(|button| match &button.kind {
        ButtonKind::Otp { supported_apps, .. } => supported_apps.as_slice(),
        _ => &[],
    });
    apps.flat_map(|app| [package(app), hash(app)]).flatten().collect()
}

fn package(app: &App) -> Option<Diagnostic> {
    let name = &app.package_name;
    let length = name.value.chars().count();
    if length > limits::PACKAGE_NAME {
        let message =
            format!("the package has {length} characters, and {} are allowed", limits::PACKAGE_NAME);
        return Some(
            Diagnostic::new(&RULE, name.span, message).help("write the package as the app's manifest has it"),
        );
    }
    let mut words = name.value.split('.');
    let fits = name.value.contains('.') && words.all(is_word);
    (!fits).then(|| {
        Diagnostic::new(&RULE, name.span, format!("{} is no package", quote::quoted(&name.value)))
            .help("write the package as the app's manifest has it, for instance `com.example.app`")
    })
}

fn is_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn hash(app: &App) -> Option<Diagnostic> {
    let hash = &app.signature_hash;
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let fits = hash.value.len() == limits::SIGNATURE_HASH && hash.value.bytes().all(known);
    (!fits).then(|| {
        let message = format!("{} is no hash of a signing key", quote::quoted(&hash.value));
        Diagnostic::new(&RULE, hash.span, message).help("write the 11 characters that the app's build prints")
    })
}
