//! `unbalanced-direction`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Part, Text};
use crate::rule;

rule! {
    /// A change of the writing direction is never ended, or ended without having begun.
    ///
    /// U+2066 to U+2068 begin a stretch with a direction of its own, and U+2069 ends it. One without the other turns
    /// what follows around, for some readers up to the end of the message. In a label or an address it can hide where
    /// a link leads, so it is an error there.
    ///
    /// ```yaml fails
    /// body: "Your order \u2066A-1041 is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order \u2066A-1041\u2069 is on its way to the address that you gave us."
    /// ```
    pub(super) static RULE = {
        id: "unbalanced-direction",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
    }
}

/// The first byte of all isolates.
const FIRST: u8 = 0xe2;

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.bytes().has(FIRST) {
        return Vec::new();
    }
    let texts = template.texts_and_urls();
    let texts = texts.filter(|(_, _, text)| text.bytes().has(FIRST) && may_hold(text.as_str().as_bytes()));
    let found = texts.flat_map(|(_, part, text)| {
        unbalanced(text.as_str())
            .into_iter()
            .map(move |(at, character)| diagnostic(text, part, at, character))
    });
    found.collect()
}

/// Whether any bytes may be those of an isolate. Going on to the end costs less than asking each byte whether to stop.
fn may_hold(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, two)| found | ((*one == FIRST) & (*two == 0x81)))
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
        "ends a direction that never began"
    } else {
        "begins a direction that never ends"
    };
    let message = format!("the mark {} {what}", quote::code_point(character));
    let severity = if part.is_action() { Severity::Error } else { Severity::Warning };
    Diagnostic::new(&RULE, text.span_of(at..at + character.len_utf8()), message)
        .severity(severity)
        .help("put the stretch between U+2066 and U+2069, or delete the mark")
}
