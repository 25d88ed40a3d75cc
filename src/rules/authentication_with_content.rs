//! `authentication-with-content`.

use super::View;
use super::parts::{self, Kind};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Category, Version};
use crate::rule;

rule! {
    /// An authentication template has a text, a header or buttons of its own.
    ///
    /// Meta writes the body and the footer of authentication templates and translates them. Only the flags, the
    /// lifetime of the code and the button are yours.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// header: Your code
    /// buttons: [{ type: otp }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "authentication-with-content",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-body-text", "auth-header", "auth-footer-text", "header-location-category", "call-permission-category", "contact-info-category"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Authentication) {
        return Vec::new();
    }
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let header = version.header.iter().map(|header| (header.span(), "a header", "delete the header"));
    let body = version.body_text().into_iter();
    let body =
        body.map(|text| (text.span, "a body text", "write `body: { add_security_recommendation: true }`"));
    let footer = version.footer_text().into_iter();
    let footer =
        footer.map(|text| (text.span, "a footer text", "write `footer: { code_expiration_minutes: 5 }`"));
    let buttons = version.buttons.iter().filter(|button| !matches!(button.kind, ButtonKind::Otp { .. }));
    let buttons =
        buttons.map(|button| (button.span, "a button that is not of type `otp`", "write `{ type: otp }`"));
    let others = [Kind::Offer, Kind::Carousel, Kind::CallPermission].into_iter();
    let others = others.filter_map(|kind| Some((parts::find(version, kind)?, kind.noun(), "delete it")));
    let parts = header.chain(body).chain(footer).chain(buttons).chain(others);
    parts
        .map(|(span, what, help)| {
            let message = format!("an authentication template has {what}");
            Diagnostic::new(&RULE, span, message).label("Meta writes this part, or allows none").help(help)
        })
        .collect()
}
