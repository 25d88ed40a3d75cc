//! `authentication-without-ttl`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::rule;

rule! {
    /// An authentication template has no time to live.
    ///
    /// Without `ttl`, Meta tries to deliver the message for ten minutes, even if the code expires earlier.
    /// Set a `ttl` so that expired codes are not delivered.
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
    pub(crate) static RULE = {
        id: "authentication-without-ttl",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-auth-missing"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let authentication = template.category.filter(|category| category.value == Category::Authentication);
    let Some(category) = authentication.filter(|_| template.ttl.is_none() && !template.incomplete) else {
        return Vec::new();
    };
    let diagnostic = Diagnostic::new(&RULE, category.span, "the template has no `ttl`");
    vec![diagnostic.help("add a `ttl` no longer than the code's expiration, such as `ttl: 5m`")]
}
