//! `unbalanced-direction`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Part, Text, has_pair};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A direction isolate is not closed, or closed without being opened.
    ///
    /// U+2066 to U+2068 open an isolate, a stretch of text with its own direction, and U+2069 closes it.
    /// Without its counterpart, an isolate can reorder the following text up to the end of the message. In a
    /// label or URL it can disguise where a link leads, so there it is an error.
    ///
    /// ```yaml fails
    /// body: "Your order \u2066A-1041 is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order \u2066A-1041\u2069 is on its way to the address that you gave us."
    /// ```
    pub(crate) static RULE = {
        id: "unbalanced-direction",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(&[FIRST]),
    }
}

/// The first byte of all isolates.
const FIRST: u8 = 0xe2;

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts_and_urls();
    let texts = texts.filter(|(_, _, text)| text.bytes().has(FIRST) && may_hold(text.as_str().as_bytes()));
    let found = texts.flat_map(|(_, part, text)| {
        unbalanced(text.as_str())
            .into_iter()
            .map(move |(at, character)| diagnostic(text, part, at, character))
    });
    found.collect()
}

/// Returns whether a text may contain an isolate.
fn may_hold(text: &[u8]) -> bool {
    has_pair(text, |one, two| (one == FIRST) & (two == 0x81))
}

/// The isolates that have no other end.
fn unbalanced(text: &str) -> Vec<(usize, char)> {
    let mut open = Vec::new();
    let mut alone = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '\u{2066}'..='\u{2068}' => open.push((at, character)),
            '\u{2069}' if open.pop().is_none() => alone.push((at, character)),
            _ => {}
        }
    }
    alone.extend(open);
    alone
}

fn diagnostic(text: &Text, part: Part, at: usize, character: char) -> Diagnostic {
    let what = if character == '\u{2069}' {
        "closes an isolate that was not opened"
    } else {
        "opens an isolate that is not closed"
    };
    let message = format!("the character {} {what}", quote::code_point(character));
    let severity = if part.is_action() { Severity::Error } else { Severity::Warning };
    Diagnostic::new(&RULE, text.span_of(at..at + character.len_utf8()), message)
        .severity(severity)
        .help("put the text between U+2066 and U+2069, or delete the character")
}

cases! {
    fails: [
        r#"body: "Your order «\u2066»A-1041 is on its way.""#,
        "language: he\nbody: ההזמנה שלך «\u{2068}»A-1041 בדרך אליך.",
        "body: Your order A-1041«\u{2069}» is on its way.",
        "body: Your «\u{2066}»order \u{2067}A-1041\u{2069} is on its way.",
        "header: «\u{2067}»Order",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«\u{2066}»a\" }]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «\u{2069}»is on its way «\u{2066}»to you.\"\n}",
    ],
    passes: [
        r#"body: "Your order \u2066A-1041\u2069 is on its way.""#,
        "language: fa\nvariables: { a: A-1 }\nbody: سفارش شما \u{2066}{{a}}\u{2069} ارسال شد و در راه است.",
        "language: he\nbody: ההזמנה\u{200f} שלך\u{200e} בדרך אליך.",
        "body: Your \u{2067}order \u{2066}A-1\u{2069} is\u{2069} on its way – “to you”…",
    ],
}
