//! `authentication-only-component`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Category, Version};
use crate::rule;

rule! {
    /// A template outside the authentication category uses an authentication-only component.
    ///
    /// Meta rejects `add_security_recommendation`, `code_expiration_minutes` and buttons of type `otp` in
    /// every other category.
    ///
    /// ```yaml fails
    /// buttons: [{ type: otp }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(crate) static RULE = {
        id: "authentication-only-component",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-only-flags"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    match template.category() {
        Some(Category::Marketing | Category::Utility) => {
            template.versions.iter().flat_map(of_version).collect()
        }
        _ => Vec::new(),
    }
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let flag = version.body.iter().filter_map(|body| body.add_security_recommendation);
    let flag = flag.map(|flag| (flag.span, "add_security_recommendation"));
    let lifetime = version.footer.iter().filter_map(|footer| footer.code_expiration_minutes);
    let lifetime = lifetime.map(|minutes| (minutes.span, "code_expiration_minutes"));
    let buttons = version.buttons.iter().filter(|button| matches!(button.kind, ButtonKind::Otp { .. }));
    let parts = flag.chain(lifetime).chain(buttons.map(|button| (button.span, "otp")));
    parts
        .map(|(span, word)| {
            Diagnostic::new(&RULE, span, format!("`{word}` is only allowed in authentication templates"))
                .help("delete it, or change the category to `authentication`")
        })
        .collect()
}

cases! {
    fails: [
        "buttons: [«{ type: otp, otp_type: copy_code }»]",
        "body: { text: Your order is on its way., add_security_recommendation: «true» }",
        "category: marketing\nfooter: { text: Reply STOP to opt out, code_expiration_minutes: «5» }",
        "body: { text: Your order is on its way., add_security_recommendation: «false» }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  «button otp»\n}",
    ],
    passes: [
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "buttons: [{ type: copy_code, example: SAVE20 }]",
        "footer: { text: The code lives 5 minutes }",
    ],
}
