//! `shortened-url`.

use std::ops::Range;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Part, Template};
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
        class: Class::Rejected,
        confidence: Confidence::Reported,
        entries: ["url-shortener"],
        subcode: None,
        reference: "templates/template-review",
    }
}

const SHORTENERS: [&str; 14] = [
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
];

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    let texts = template.texts_and_urls().filter(|(_, part, _)| !matches!(part, Part::Label(_)));
    let shortened = texts.filter_map(|(_, _, text)| Some((text, find(text.as_str())?)));
    shortened
        .map(|(text, (host, range))| {
            Diagnostic::new(&RULE, text.span_of(range), format!("`{host}` is a link shortener"))
                .label("people and reviewers cannot see where it leads")
                .help("give the address that it leads to")
        })
        .collect()
}

fn find(text: &str) -> Option<(&'static str, Range<usize>)> {
    if !text.contains('/') {
        return None;
    }
    // ASCII case alone, so that places stay the same.
    let lower = text.to_ascii_lowercase();
    let found = SHORTENERS.into_iter().flat_map(|host| {
        let places = lower.match_indices(host).map(|(at, _)| at..at + host.len()).collect::<Vec<_>>();
        places.into_iter().map(move |range| (host, range))
    });
    found.filter(|(_, range)| is_whole_host(&lower, range)).min_by_key(|(_, range)| range.start)
}

/// A host with a path: `t.co` alone may as well be a slip of the pen.
fn is_whole_host(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let bare =
        !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '.' | '-' | '_' | '@'));
    let www = text.get(..range.start).is_some_and(|before| before.ends_with("www."));
    (bare || www) && text.get(range.end..).is_some_and(|after| after.starts_with('/'))
}
