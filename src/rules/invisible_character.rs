//! `invisible-character`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Part, SegmentKind, Text};
use crate::rule;

rule! {
    /// A text holds a character that nobody sees.
    ///
    /// Zero-width spaces, soft hyphens, line separators and overrides of the writing direction come along when text
    /// is copied from elsewhere. They count as characters, break words and searches, and can hide what a link says.
    /// Joiners and direction marks that scripts need are left alone. Overrides of the direction are errors in labels and
    /// addresses, where they hide what people tap on.
    ///
    /// ```yaml fails
    /// body: "Your order\u200B is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way to the address that you gave us.
    /// ```
    pub(super) static RULE = {
        id: "invisible-character",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
    }
}

/// The first bytes of all of them: most texts of most scripts have none.
const FIRST: [u8; 6] = [0xc2, 0xe1, 0xe2, 0xe3, 0xef, 0xf3];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.bytes().has_any(&FIRST) {
        return Vec::new();
    }
    template.texts_and_urls().flat_map(|(_, part, text)| of_text(part, text)).collect()
}

/// Inside of what was meant as a placeholder they are part of that mistake.
fn of_text(part: Part, text: &Text) -> Vec<Diagnostic> {
    if !(text.bytes().has_any(&FIRST) && may_hold(text.as_str().as_bytes())) {
        return Vec::new();
    }
    let runs = text.pieces.iter().filter(|piece| piece.kind == SegmentKind::Run);
    let found =
        runs.flat_map(|piece| unwanted(text.slice(piece)).map(|(at, found)| (piece.range.start + at, found)));
    let diagnostics = found.map(|(at, character)| {
        let span = text.span_of(at..at + character.len_utf8());
        let message = format!("the text holds {}, which nobody sees", quote::code_point(character));
        let hides = is_tag(character) || (part.is_action() && turns(character));
        let severity = if hides { Severity::Error } else { RULE.severity };
        Diagnostic::new(&RULE, span, message).severity(severity).help("delete it")
    });
    diagnostics.collect()
}

/// Whether any bytes may be those of one of them. Going on to the end costs less than asking each byte whether to stop.
fn may_hold(text: &[u8]) -> bool {
    let begins = |one: u8, two: u8| {
        ((one == 0xc2) & ((two == 0x85) | (two == 0xad)))
            | (((one == 0xe1) | (one == 0xe3)) & (two == 0x85))
            | ((one == 0xe2) & ((two == 0x81) | (two == 0xa0)))
            | ((one == 0xef) & ((two == 0xbb) | (two == 0xbe) | (two == 0xbf)))
            | (one == 0xf3)
    };
    // Dashes and quotes begin with the same two bytes as separators.
    let is_among_signs =
        |one: u8, two: u8, three: u8| (one == 0xe2) & (two == 0x80) & ((three == 0x8b) | (three >= 0xa8));
    let (second, third) = (text.get(1..).unwrap_or_default(), text.get(2..).unwrap_or_default());
    let pairs = text.iter().zip(second);
    let threes = pairs.clone().zip(third);
    pairs.fold(false, |found, (one, two)| found | begins(*one, *two))
        || threes.fold(false, |found, ((one, two), three)| found | is_among_signs(*one, *two, *three))
}

/// The characters that nobody sees and nobody needs, with their places.
fn unwanted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut flag = false;
    text.char_indices().filter(move |(_, character)| {
        // The flags of England, Scotland and Wales are a black flag and letters as tags.
        let tag = is_tag(*character);
        flag = *character == '\u{1f3f4}' || (flag && tag);
        is_unwanted(*character) && !(flag && tag)
    })
}

/// Letters that are written for programs alone: a way to smuggle text past a reader.
fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0020}'..='\u{e007f}')
}

/// Overrides of the writing direction, which can hide where a link leads.
fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}')
}

/// Zero-width spaces and joiners of words, soft hyphens, fillers, separators, overrides (Unicode, categories Cf, Zl and
/// Zp); not U+200C to U+200F and the isolates, which scripts and mixed directions need.
fn is_unwanted(character: char) -> bool {
    matches!(
        character,
        '\u{85}' | '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::{is_unwanted, may_hold};

    #[test]
    fn each_is_known_by_its_bytes() {
        for character in ('\0'..=char::MAX).filter(|character| is_unwanted(*character)) {
            for text in [format!("{character}"), format!("é{character}ſ")] {
                assert!(may_hold(text.as_bytes()), "{}", character.escape_unicode());
            }
        }
        for common in ["", "l’été – «\u{a0}non\u{a0}» … €", "Đơn hàng của bạn", "नमस्ते", "注文", "طلبك"]
        {
            assert!(!may_hold(common.as_bytes()), "{common}");
        }
    }
}
