//! `invalid-url`.

use super::View;
use super::address::{self, Address};
use super::{length, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Text;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The address of a button is no complete web address.
    ///
    /// It begins with `https://` and a host, has no blanks, no user name and at most 2000 characters. `http://` is
    /// a warning: it may be refused, and browsers warn of it.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "shop.example/track" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(super) static RULE = {
        id: "invalid-url",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["url-valid", "url-length"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    urls.filter_map(|(_, part, text)| {
        let long = length::too_long(&RULE, template, (part, text), "address", limits::URL);
        long.or_else(|| characters(text)).or_else(|| structure(text))
    })
    .collect()
}

fn characters(text: &Text) -> Option<Diagnostic> {
    if let Some((_, span)) = text.find_plain(char::is_whitespace) {
        let diagnostic = Diagnostic::new(&RULE, span, "the address has a blank");
        return Some(diagnostic.help("write `%20` for a blank, or delete it"));
    }
    let range = address::mixed_scripts(text)?;
    let part = quote::quoted(text.as_str().get(range.clone())?);
    let message = format!("{part} mixes letters of several scripts");
    let diagnostic = Diagnostic::new(&RULE, text.span_of(range), message).severity(Severity::Warning);
    Some(diagnostic.help("write the host as it is registered"))
}

fn structure(text: &Text) -> Option<Diagnostic> {
    let shown = || quote::quoted(text.as_str());
    let (message, help) = match Address::of(text)? {
        Address::Web(url) if !url.username().is_empty() || url.password().is_some() => {
            (format!("{} has a user name before its host", shown()), "delete everything up to the `@`")
        }
        Address::Web(url) if url.scheme() == "http" => {
            let scheme = text.span_of(0.."http".len());
            let diagnostic = Diagnostic::new(&RULE, scheme, format!("{} is not encrypted", shown()));
            return Some(diagnostic.severity(Severity::Warning).help("write `https://`"));
        }
        Address::Web(_) => return None,
        Address::Other(scheme) => (
            format!("{} is an address of the kind `{scheme}`", shown()),
            "write an address that begins with `https://`",
        ),
        Address::Incomplete => {
            (format!("{} is no complete web address", shown()), "begin with `https://` and the host")
        }
    };
    Some(Diagnostic::new(&RULE, text.span, message).help(help))
}
