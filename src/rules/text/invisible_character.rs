//! `invisible-character`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Part, SegmentKind, Text, has_pair, has_triple};
use crate::rule;
use crate::rules::support::quote;
use crate::text::invisible;

rule! {
    /// A text contains an invisible character.
    ///
    /// Zero-width spaces, soft hyphens, line separators and direction overrides often come with copied text.
    /// They count as characters, break words and searches, and can hide where a link leads. Joiners and
    /// direction marks that scripts need are allowed. Direction overrides in labels and URLs are errors,
    /// because they can disguise what people tap on.
    ///
    /// ```yaml fails
    /// body: "Your order\u200B is on its way to the address that you gave us."
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way to the address that you gave us.
    /// ```
    pub(crate) static RULE = {
        id: "invisible-character",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(&FIRST),
    }
}

/// The first bytes of all of them: most texts of most scripts have none.
const FIRST: [u8; 6] = [0xc2, 0xe1, 0xe2, 0xe3, 0xef, 0xf3];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
        let message = format!("the text contains the invisible character {}", quote::code_point(character));
        let hides = is_tag(character) || (part.is_action() && turns(character));
        let severity = if hides { Severity::Error } else { RULE.severity };
        Diagnostic::new(&RULE, span, message).severity(severity).help("delete it")
    });
    diagnostics.collect()
}

/// Returns whether a text may contain an unwanted character.
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
    has_pair(text, begins) || has_triple(text, is_among_signs)
}

/// Returns the unwanted characters with their positions.
fn unwanted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut flag = false;
    text.char_indices().filter(move |(_, character)| {
        // The flags of England, Scotland and Wales are a black flag and letters as tags.
        let tag = is_tag(*character);
        flag = *character == '\u{1f3f4}' || (flag && tag);
        invisible::is_unwanted(*character) && !(flag && tag)
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

#[cfg(test)]
mod tests {
    use super::may_hold;
    use crate::text::invisible;

    #[test]
    fn each_is_known_by_its_bytes() {
        for character in ('\0'..=char::MAX).filter(|character| invisible::is_unwanted(*character)) {
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

cases! {
    fails: [
        r#"body: "Your order«\u200B» is on its way.""#,
        "body: Your order«\u{200b}» is on its way.",
        "body: Your or«\u{ad}»der is on its way«\u{2060}» to you.",
        "header: Your«\u{feff}» order",
        "footer: «\u{202e}»Thanks",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«\u{202e}»a\" }]",
        "buttons: [Track«\u{3164}» it]",
        "body: Your order is on its way«\u{e0041}» to you.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order«\u{200b}» is on its way to you.\"\n}",
    ],
    passes: [
        "language: fa\nbody: سفارش شما ارسال می\u{200c}شود.",
        "language: hi\nbody: क्\u{200d}ष आपका ऑर्डर रास्ते में है।",
        "language: he\nbody: ההזמנה\u{200f} שלך \u{2066}A-1041\u{2069} בדרך אליך.",
        "body: Your order is on its way 👩\u{200d}👩\u{200d}👧 ❤\u{fe0f} to you.",
        "body: Your order is on its way to England 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} today.",
        "language: fr\nbody: \"Votre commande\u{a0}: elle est en route\u{202f}!\"",
        "language: ar\nbody: طلبك \u{61c}123 في الطريق إليك.",
        "language: fa\nbody: سفارش شما\u{200f} ارسال شد\u{200e}.",
    ],
}
