//! `authentication-without-ttl`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
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

cases! {
    fails: [
        "category: «authentication»\nbuttons: [{ type: otp }]",
        "category: «AUTHENTICATION»\nlanguages: [en_US, fa]\nbuttons: [{ type: otp }]",
        "template order_shipped {\n  category «authentication»\n  language en_US\n  body (add_security_recommendation true)\n  button otp\n}",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: -1\nbuttons: [{ type: otp }]",
        "category: utility",
        "category: marketing\nfooter: Reply STOP to opt out",
    ],
}
