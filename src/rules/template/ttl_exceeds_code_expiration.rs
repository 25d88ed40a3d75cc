//! `ttl-exceeds-code-expiration`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Ttl};
use crate::rule;
use crate::source::Spanned;

rule! {
    /// The delivery window outlives the code.
    ///
    /// Users who receive an expired code have to request another one. Set `ttl` to at most the expiration
    /// time of the code.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 10m
    /// footer: { code_expiration_minutes: 5 }
    /// buttons: [{ type: otp }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// footer: { code_expiration_minutes: 5 }
    /// buttons: [{ type: otp }]
    /// ```
    pub(crate) static RULE = {
        id: "ttl-exceeds-code-expiration",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-auth-vs-expiry"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let Some(ttl) = template.ttl.filter(|_| template.is(Category::Authentication)) else { return Vec::new() };
    let footers = template.versions.iter().filter_map(|version| version.footer.as_ref());
    let lifetimes = footers.filter_map(|footer| footer.code_expiration_minutes);
    lifetimes.filter_map(|minutes| outlived(ttl, minutes)).collect()
}

fn outlived(ttl: Spanned<Ttl>, minutes: Spanned<i64>) -> Option<Diagnostic> {
    let lives = minutes.value.checked_mul(60)?;
    let (seconds, tried) = match ttl.value.seconds() {
        -1 => (i64::MAX, "30 days".to_owned()),
        seconds => (seconds, format!("{seconds} seconds")),
    };
    let diagnostic = || {
        let message = format!("delivery is tried for {tried}, but the code expires after {lives} seconds");
        Diagnostic::new(&RULE, ttl.span, message)
            .related(minutes.span, "code expiration")
            .help(format!("use `ttl: {}m`", minutes.value.clamp(1, 15)))
    };
    // A lifetime that cannot be is reported as such.
    (lives > 0 && seconds > lives).then(diagnostic)
}

cases! {
    fails: [
        "category: authentication\nttl: «301s»\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: «-1»\nfooter: { code_expiration_minutes: 90 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: «301»\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: «5m»\nlanguages:\n  en_US: { footer: { code_expiration_minutes: 5 } }\n  fa: { footer: { code_expiration_minutes: 4 } }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: «5m»\nfooter: { code_expiration_minutes: 4 }\nlanguages: [en_US, fa]\nbuttons: [{ type: otp }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 300\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 15m\nbuttons: [{ type: otp }]",
        "category: authentication\nfooter: { code_expiration_minutes: 1 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: 0 }\nbuttons: [{ type: otp }]",
    ],
}
