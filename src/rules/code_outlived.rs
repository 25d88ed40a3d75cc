//! `code-outlived`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Ttl};
use crate::rule;
use crate::source::Spanned;

rule! {
    /// Delivery is tried for longer than the code lives.
    ///
    /// A code that arrives when it is dead makes people ask for another one. The time to live should be no longer
    /// than the lifetime of the code.
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
    pub(super) static RULE = {
        id: "code-outlived",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-auth-vs-expiry"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
        let message = format!("delivery is tried for {tried}, and the code lives {lives} seconds");
        Diagnostic::new(&RULE, ttl.span, message)
            .related(minutes.span, "the code lives as long as this")
            .help(format!("write `ttl: {}m`", minutes.value.clamp(1, 15)))
    };
    // A lifetime that cannot be is reported as such.
    (lives > 0 && seconds > lives).then(diagnostic)
}
