//! `missing-body`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Version};
use crate::rule;

rule! {
    /// A version has no body.
    ///
    /// The body is the one component that every template needs.
    ///
    /// ```yaml fails whole
    /// name: order_shipped
    /// category: utility
    /// language: en_US
    /// header: Your order is on its way
    /// ```
    ///
    /// ```yaml passes
    /// header: Your order is on its way
    /// ```
    pub(super) static RULE = {
        id: "missing-body",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-required", "components-required", "carousel-body"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // What could not be read may be the body.
    if template.incomplete {
        return Vec::new();
    }
    let help = if template.is(Category::Authentication) {
        "write `body: { add_security_recommendation: true }`"
    } else {
        "give it a `body`"
    };
    let bare = template.versions.iter().filter(|version| lacks_body(template, version));
    let missing = bare.map(|version| {
        let span = version.body.as_ref().map_or(version.span, |body| body.span);
        let what = if version.body.is_some() { "the body has no text" } else { "there is no body" };
        let place = version.language.map(|language| format!(" in `{language}`")).unwrap_or_default();
        Diagnostic::new(&RULE, span, format!("{what}{place}")).help(help)
    });
    missing.collect()
}

fn lacks_body(template: &View<'_>, version: &Version) -> bool {
    if template.library.is_some() || !version.raw.is_empty() {
        return false;
    }
    match &version.body {
        None => true,
        // Meta writes the text of authentication templates; the flag elsewhere has a rule of its own.
        Some(body) => {
            body.text.is_none()
                && body.add_security_recommendation.is_none()
                && !template.is(Category::Authentication)
        }
    }
}
