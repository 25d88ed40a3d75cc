//! `missing-body`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Version};
use crate::rule;

rule! {
    /// A version has no body.
    ///
    /// The body is the only required component.
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
    pub(crate) static RULE = {
        id: "missing-body",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-required", "components-required", "carousel-body"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    // What could not be read may be the body.
    if template.incomplete {
        return Vec::new();
    }
    let help = if template.is(Category::Authentication) {
        "add `body: { add_security_recommendation: true }`"
    } else {
        "add a `body`"
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

fn lacks_body(template: &TemplateView<'_>, version: &Version) -> bool {
    if template.library.is_some() || !version.raw.is_empty() {
        return false;
    }
    match &version.body {
        None => true,
        // Meta writes the text of authentication templates; another rule reports the flag elsewhere.
        Some(body) => {
            body.text.is_none()
                && body.add_security_recommendation.is_none()
                && !template.is(Category::Authentication)
        }
    }
}

cases! {
    fails: [
        "languages:\n  en_US:\n    body: Your order is on its way to you.\n  «fr»: {}",
        "body: «{}»",
        "body: «{ samples: [A-1] }»",
        "template order_shipped {\n  category utility\n  language «en_US»\n  header \"Your order\"\n}",
    ],
    passes: [
        "header: Your order",
        "body: { text: Your order is on its way to you. }",
        "library: delivery_update_1",
        "category: authentication\nttl: 5m\nbody: {}\nbuttons: [{ type: otp }]",
        "template order_shipped {\n  category utility\n  language en_US\n  raw [(type BODY, text \"Your order\")]\n}",
        "languages:\n  en_US: {}\n  fr: {}",
    ],
}
