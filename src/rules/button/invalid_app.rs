//! `invalid-app`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{App, ButtonKind};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// The package name or signature hash of an app is invalid.
    ///
    /// A package name is at least two words separated by dots. Each word consists of letters, digits and
    /// underscores, and starts with a letter. The hash has exactly 11 characters: letters, digits, `+`, `/`
    /// and `=`.
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
    pub(crate) static RULE = {
        id: "invalid-app",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-package-name", "auth-signature-hash"],
        subcode: Some(100),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
            format!("the package name has {length} characters (at most {} allowed)", limits::PACKAGE_NAME);
        return Some(
            Diagnostic::new(&RULE, name.span, message).help("copy the package name from the app's manifest"),
        );
    }
    let mut words = name.value.split('.');
    let fits = name.value.contains('.') && words.all(is_word);
    (!fits).then(|| {
        Diagnostic::new(&RULE, name.span, format!("{} is not a package name", quote::quoted(&name.value)))
            .help("copy the package name from the app's manifest, for example `com.example.app`")
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
        let message = format!("{} is not a signature hash", quote::quoted(&hash.value));
        Diagnostic::new(&RULE, hash.span, message).help("use the 11 characters that the app's build prints")
    })
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: «northwind», signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: «com.1example», signature_hash: «K8a/AINcGX» }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.example.app, signature_hash: «\"K8a/AINcGX7Q\"» }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: «com..example», signature_hash: «K8a/AINcGX-» }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: «com.e{×221}», signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: «com.exämple», signature_hash: K8a/AINcGX7 }] }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: com.e{×220}, signature_hash: K8a/AINcGX7 }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: one_tap, supported_apps: [{ package_name: Com.Example_2.app, signature_hash: \"+++++/////=\" }] }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
    ],
}
