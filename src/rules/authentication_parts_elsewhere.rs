//! `authentication-parts-elsewhere`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Category, Version};
use crate::rule;

rule! {
    /// A template that is not for authentication has parts that only authentication has.
    ///
    /// `add_security_recommendation`, `code_expiration_minutes` and buttons of type `otp` are refused in every
    /// other category.
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
    pub(super) static RULE = {
        id: "authentication-parts-elsewhere",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-only-flags"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
            Diagnostic::new(&RULE, span, format!("`{word}` belongs to authentication templates alone"))
                .help("delete it, or make the category `authentication`")
        })
        .collect()
}
