//! `code-expiration-out-of-range`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The expiration time of a code is out of range.
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
    pub(crate) static RULE = {
        id: "code-expiration-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-expiry-range"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let range = limits::CODE_EXPIRATION_MINUTES;
    let footers = template.versions.iter().filter_map(|version| version.footer.as_ref());
    let wrong = footers
        .filter_map(|footer| footer.code_expiration_minutes)
        .filter(|minutes| !range.contains(&minutes.value));
    wrong
        .map(|minutes| {
            let (from, to) = (range.start(), range.end());
            let message = format!("a code expiration of {minutes} minutes is out of range ({from} to {to})");
            Diagnostic::new(&RULE, minutes.span, message).help(format!("use a number from {from} to {to}"))
        })
        .collect()
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: «91» }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: «0» }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: «-5» }\nbuttons: [{ type: otp }]",
        "template order_shipped {\n  category authentication\n  ttl 5m\n  language en_US\n  body (add_security_recommendation true)\n  footer (code_expiration_minutes «120»)\n  button otp\n}",
    ],
    passes: [
        "category: authentication\nttl: 1m\nfooter: { code_expiration_minutes: 1 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: 90 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
    ],
}
