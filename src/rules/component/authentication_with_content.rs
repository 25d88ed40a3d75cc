//! `authentication-with-content`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Category, Version};
use crate::rule;
use crate::rules::support::components::{self, Component};

rule! {
    /// An authentication template defines its own text, header or buttons.
    ///
    /// Meta writes and translates the body and footer of authentication templates. You can only set the
    /// flags, the expiration of the code and the button.
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
    pub(crate) static RULE = {
        id: "authentication-with-content",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-body-text", "auth-header", "auth-footer-text", "header-location-category", "call-permission-category", "contact-info-category"],
        subcode: Some(100),
        reference: "templates/authentication-templates/authentication-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Authentication) {
        return Vec::new();
    }
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let header = version.header.iter().map(|header| (header.span(), "a header", "delete the header"));
    let body = version.body_text().into_iter();
    let body =
        body.map(|text| (text.span, "a body text", "use `body: { add_security_recommendation: true }`"));
    let footer = version.footer_text().into_iter();
    let footer =
        footer.map(|text| (text.span, "a footer text", "use `footer: { code_expiration_minutes: 5 }`"));
    let buttons = version.buttons.iter().filter(|button| !matches!(button.kind, ButtonKind::Otp { .. }));
    let buttons =
        buttons.map(|button| (button.span, "a button that is not of type `otp`", "use `{ type: otp }`"));
    let others = [Component::Offer, Component::Carousel, Component::CallPermission].into_iter();
    let others = others.filter_map(|kind| Some((components::find(version, kind)?, kind.noun(), "delete it")));
    let parts = header.chain(body).chain(footer).chain(buttons).chain(others);
    parts
        .map(|(span, what, help)| {
            let message = format!("an authentication template has {what}");
            Diagnostic::new(&RULE, span, message)
                .label("Meta sets this component or doesn't allow it")
                .help(help)
        })
        .collect()
}

cases! {
    fails: [
        "category: authentication\nttl: 5m\nbody: «Your code is here.»\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nfooter: { text: «Thank you», code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }, «Not me»]",
        "category: authentication\nttl: 5m\nheader: «location»\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nlanguages:\n  en_US: {}\n  fa: { header: «کد شما» }\nbuttons: [{ type: otp }]",
    ],
    passes: [
        "category: authentication\nttl: 5m\nfooter: { code_expiration_minutes: 5 }\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 5m\nlanguages: [en_US, fa, de]\nbuttons: [{ type: otp, otp_type: copy_code }]",
        "category: utility\nheader: Your code\nbuttons: [Not me]",
    ],
}
