//! `authentication-without-ttl`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// An authentication template does not say how long its delivery is tried.
    ///
    /// Without a `ttl` Meta tries for ten minutes, whether the code is still alive or not. A time to live of your
    /// own keeps late codes from arriving.
    ///
    /// ```yaml fails
    /// category: authentication
    /// buttons: [{ type: otp }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "authentication-without-ttl",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-auth-missing"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let authentication = template.category.filter(|category| category.value == Category::Authentication);
    let Some(category) = authentication.filter(|_| template.ttl.is_none() && !template.incomplete) else {
        return Vec::new();
    };
    let diagnostic = Diagnostic::new(&RULE, category.span, "the template has no `ttl`");
    vec![diagnostic.help("write a `ttl` that is no longer than the code lives, such as `ttl: 5m`")]
}
