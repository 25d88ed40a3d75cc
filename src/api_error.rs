//! An error of the Graph API to a diagnostic at the place in the source that caused it.
//!
//! Codes and subcodes tell what is wrong; Meta's words, which are in the account's language, are shown and never
//! looked at.

mod help;

use crate::diagnostic::Diagnostic;
use crate::graph::ApiError;
use crate::model::{ButtonKind, Header, Template, Version};
use crate::rules;
use crate::source::Span;

/// The subject of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Name,
    Category,
    Ttl,
    Header,
    Media,
    Body,
    Footer,
    Buttons,
    PhoneNumber,
    /// The longest text, where a limit of length was passed.
    LongestText,
    Version,
}

/// The diagnostic of a version that was refused.
pub fn to_diagnostic(error: &ApiError, template: &Template, language: &str) -> Diagnostic {
    let version = template.versions.iter().find(|version| version.code() == language);
    let subject = subject(error);
    let span = version.map_or(template.span, |version| place(subject, template, version));
    let rule = rule(error);
    let message = format!("Meta rejected `{}/{language}`: {}", template.title(), error.message);
    let mut label = error.codes();
    if !error.blamed.is_empty() {
        label += &format!(", about {}", error.blamed.join(", "));
    }
    if let Some(trace) = &error.trace {
        label += &format!(", trace {trace}");
    }
    let diagnostic = Diagnostic::new(rule, span, message).label(label);
    match help::for_error(error) {
        Some(advice) => diagnostic.help(advice),
        None => diagnostic,
    }
}

/// The rule that should have found it, or the one on errors that none did.
fn rule(error: &ApiError) -> &'static crate::diagnostic::Rule {
    let subcode = error.subcode.and_then(|subcode| u32::try_from(subcode).ok());
    let mut known = rules::all().into_iter().filter(|rule| subcode.is_some() && rule.subcode == subcode);
    // Where several rules save one code, none of them is the one.
    match (known.next(), known.next()) {
        (Some(rule), None) => rule,
        _ => &rules::REFUSED_BY_META,
    }
}

/// The subjects of codes and of blamed parameters (templates/template-management, and observed).
fn subject(error: &ApiError) -> Cause {
    match (error.code, error.subcode) {
        (_, Some(2_388_046 | 2_388_155 | 2_388_024 | 2_388_023)) => Cause::Name,
        (_, Some(2_388_185)) => Cause::Category,
        (_, Some(2_388_047)) => Cause::Header,
        (_, Some(2_388_084 | 2_388_273 | 2_494_102)) => Cause::Media,
        (_, Some(2_388_072 | 2_388_293 | 2_388_299 | 2_388_043)) => Cause::Body,
        (_, Some(2_388_073)) => Cause::Footer,
        (_, Some(2_388_060)) => Cause::Buttons,
        (_, Some(2_388_040)) => Cause::LongestText,
        (192, _) => Cause::PhoneNumber,
        _ => error.blamed.iter().find_map(|word| component_named(word)).unwrap_or(Cause::Version),
    }
}

fn component_named(word: &str) -> Option<Cause> {
    let word = word.to_ascii_lowercase();
    let words = [
        ("message_send_ttl", Cause::Ttl),
        ("phone_number", Cause::PhoneNumber),
        ("header_handle", Cause::Media),
        ("button", Cause::Buttons),
        ("header", Cause::Header),
        ("footer", Cause::Footer),
        ("body", Cause::Body),
        ("category", Cause::Category),
        ("language", Cause::Version),
        ("name", Cause::Name),
    ];
    words.into_iter().find(|(part, _)| word.contains(part)).map(|(_, subject)| subject)
}

/// The span of a subject; the version's span if it has none of the kind.
fn place(subject: Cause, template: &Template, version: &Version) -> Span {
    let buttons = || version.buttons.iter().chain(version.carousel.iter().flat_map(|card| &card.buttons));
    let found = match subject {
        Cause::Name => template.name.as_ref().map(|name| name.span),
        Cause::Category => template.category.map(|category| category.span),
        Cause::Ttl => template.ttl.map(|ttl| ttl.span),
        Cause::Header => version.headers().next().map(Header::span),
        Cause::Media => version.headers().find(|header| header.text().is_none()).map(Header::span),
        Cause::Body => {
            version.body.as_ref().map(|body| body.text.as_ref().map_or(body.span, |text| text.span))
        }
        Cause::Footer => {
            version.footer.as_ref().map(|footer| footer.text.as_ref().map_or(footer.span, |text| text.span))
        }
        Cause::Buttons => buttons().next().map(|button| button.span),
        Cause::PhoneNumber => buttons().find_map(|button| match &button.kind {
            ButtonKind::PhoneNumber { phone_number } => Some(phone_number.span),
            _ => None,
        }),
        Cause::LongestText => {
            let texts = version.texts().map(|(_, text)| text);
            texts.max_by_key(|text| text.as_str().chars().count()).map(|text| text.span)
        }
        Cause::Version => None,
    };
    found.unwrap_or(version.span)
}
