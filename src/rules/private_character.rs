//! `private-character`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{SegmentKind, Text};
use crate::rule;

rule! {
    /// A text holds a character that means nothing elsewhere.
    ///
    /// Characters for private use have a picture in one font only, as the icons of a web page do, and some code
    /// points are no characters at all. On a phone they are an empty box.
    ///
    /// ```yaml fails
    /// body: "Your order \uE001 is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order 📦 is on its way to the address that you gave us.
    /// ```
    pub(super) static RULE = {
        id: "private-character",
        severity: Severity::Error,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
    }
}

/// The first bytes of everything from U+E000 on, without the planes that emoji are in.
const FIRST: [u8; 4] = [0xee, 0xef, 0xf3, 0xf4];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.bytes().has_any(&FIRST) {
        return Vec::new();
    }
    template.texts_and_urls().flat_map(|(_, _, text)| of_text(text)).collect()
}

fn of_text(text: &Text) -> Vec<Diagnostic> {
    if !text.bytes().has_any(&FIRST) {
        return Vec::new();
    }
    let runs = text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Run);
    let characters = runs.flat_map(|piece| {
        text.slice(piece).char_indices().map(|(at, character)| (piece.range.start + at, character))
    });
    let found = characters.filter_map(|(at, character)| {
        let why = meaningless(character)?;
        let span = text.span_of(at..at + character.len_utf8());
        let message = format!("the text holds {}, {why}", quote::code_point(character));
        Some(
            Diagnostic::new(&RULE, span, message)
                .label("an empty box on a phone")
                .help("delete it, or use an emoji"),
        )
    });
    found.collect()
}

/// Why a character means nothing: private use, or no character (Unicode, sections 23.5 and 23.7).
fn meaningless(character: char) -> Option<&'static str> {
    match character {
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            Some("which is for private use")
        }
        '\u{fdd0}'..='\u{fdef}' => Some("which is no character"),
        _ if u32::from(character) & 0xfffe == 0xfffe => Some("which is no character"),
        _ => None,
    }
}
