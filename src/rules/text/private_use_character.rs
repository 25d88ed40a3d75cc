//! `private-use-character`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{SegmentKind, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A text contains a private-use character.
    ///
    /// Private-use characters have a glyph in one font only, such as the icons of a web page, and some code
    /// points are not characters at all. Phones show an empty box.
    ///
    /// ```yaml fails
    /// body: "Your order \uE001 is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order 📦 is on its way to the address that you gave us.
    /// ```
    pub(crate) static RULE = {
        id: "private-use-character",
        severity: Severity::Error,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(&FIRST),
    }
}

/// The first bytes of everything from U+E000 on, without the planes that emoji are in.
const FIRST: [u8; 4] = [0xee, 0xef, 0xf3, 0xf4];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
        let message = format!("the text contains {}, {why}", quote::code_point(character));
        Some(
            Diagnostic::new(&RULE, span, message)
                .label("shown as an empty box on phones")
                .help("delete it, or use an emoji"),
        )
    });
    found.collect()
}

/// Returns why a character has no meaning: private use or a noncharacter (Unicode, sections 23.5 and 23.7).
fn meaningless(character: char) -> Option<&'static str> {
    match character {
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            Some("a private-use character")
        }
        '\u{fdd0}'..='\u{fdef}' => Some("which is not a character"),
        _ if u32::from(character) & 0xfffe == 0xfffe => Some("which is not a character"),
        _ => None,
    }
}

cases! {
    fails: [
        r#"body: "Your order «\uE001» is on its way.""#,
        "body: Your order «\u{f8ff}» is on its way.",
        r#"header: "Order «\uFDD0»""#,
        "buttons: [Track «\u{e000}»«\u{f0001}»]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «\u{e001}» is on its way to you.\"\n}",
    ],
    passes: [
        "body: Your order 📦 is on its way to you.",
        "language: ar\nbody: طلبك ﷽ ﻻ في الطريق إليك.",
        "body: Your order ￥100 is on its way to you.",
        "body: Your order 𝐱 is on its way to you.",
        "body: Your order \u{fffd} is on its way to you.",
    ],
}
