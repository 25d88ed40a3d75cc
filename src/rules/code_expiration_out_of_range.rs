//! `code-expiration-out-of-range`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::platform::limits;
use crate::rule;

rule! {
    /// The lifetime of a code is out of range.
    ///
    /// `code_expiration_minutes` is a whole number from 1 to 90.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// footer: { code_expiration_minutes: 120 }
    /// buttons: [{ type: otp }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// footer: { code_expiration_minutes: 10 }
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "code-expiration-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-expiry-range"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let range = limits::CODE_EXPIRATION_MINUTES;
    let footers = template.versions.iter().filter_map(|version| version.footer.as_ref());
    let wrong = footers
        .filter_map(|footer| footer.code_expiration_minutes)
        .filter(|minutes| !range.contains(&minutes.value));
    wrong
        .map(|minutes| {
            let (from, to) = (range.start(), range.end());
            let message = format!("a code lives {minutes} minutes, and {from} to {to} are allowed");
            Diagnostic::new(&RULE, minutes.span, message).help(format!("write a number from {from} to {to}"))
        })
        .collect()
}
