//! `shortened-url`.

use super::{View, address};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A text or a button leads through a link shortener.
    ///
    /// A shortened link hides where it leads, which is what fraudulent messages do. Resellers report rejections.
    ///
    /// ```yaml fails
    /// buttons: [{ type: url, text: Track, url: "https://bit.ly/3xYz" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: url, text: Track, url: "https://shop.example/track" }]
    /// ```
    pub(super) static RULE = {
        id: "shortened-url",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["url-shortener"],
        subcode: None,
        reference: "templates/template-review",
    }
}

/// Services that anybody may shorten an address with.
const SHORTENERS: [&str; 28] = [
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "is.gd",
    "cutt.ly",
    "rebrand.ly",
    "ow.ly",
    "buff.ly",
    "rb.gy",
    "shorturl.at",
    "t.ly",
    "tiny.cc",
    "s.id",
    "bit.do",
    "bl.ink",
    "clck.ru",
    "cutt.us",
    "dub.sh",
    "lnkd.in",
    "qr.ae",
    "short.gy",
    "snip.ly",
    "tinu.be",
    "trib.al",
    "u.to",
    "v.gd",
    "x.gd",
];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let texts =
        template.texts_and_urls().filter(|(_, part, text)| text.bytes().has(b'/') && !part.is_label());
    let shortened =
        texts.filter_map(|(_, _, text)| Some((text, address::find_host(text.as_str(), &SHORTENERS)?)));
    shortened
        .map(|(text, (host, range))| {
            Diagnostic::new(&RULE, text.span_of(range), format!("`{host}` is a link shortener"))
                .label("people and reviewers cannot see where it leads")
                .help("give the address that it leads to")
        })
        .collect()
}
