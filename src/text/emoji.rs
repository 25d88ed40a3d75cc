//! Emoji in texts: where they are, and how many.

use std::ops::Range;

use unicode_properties::UnicodeEmoji;
use unicode_properties::emoji::{
    EmojiStatus, is_emoji_presentation_selector, is_regional_indicator, is_tag_character, is_zwj,
};

/// Characters that Unicode lists as emoji and that people write as plain text.
const PLAIN: [char; 6] = ['©', '®', '™', '‼', '⁉', 'ℹ'];
const KEYCAP: char = '\u{20e3}';
/// The first bytes of the characters that one of every emoji is among: U+2000 to U+3FFF, selectors, and what
/// has four.
pub(crate) const STARTS: [u8; 4] = [0xe2, 0xe3, 0xef, 0xf0];

/// The least byte that one of the characters of every emoji begins with.
pub(crate) const LEAST: u8 = 0xe2;

/// Returns how many characters there are that one of every emoji is among. What Japanese is written with is
/// told apart from them.
pub(crate) fn starts(text: &[u8]) -> usize {
    // None of them ends a text. Each is compared in full, which compilers turn into instructions for many
    // bytes at once.
    let next = text.get(1..).unwrap_or_default();
    let is_start = |one: u8, next: u8| {
        (one == 0xe2)
            | (one == 0xf0)
            | ((one == 0xe3) & ((next == 0x80) | (next == 0x8a)))
            | ((one == 0xef) & (next == 0xb8))
    };
    text.iter().zip(next).map(|(one, next)| usize::from(is_start(*one, *next))).sum()
}

/// Returns whether a character is, by itself, part of an emoji and never of a word.
pub(crate) fn is_part(character: char) -> bool {
    stands_alone(character)
        || is_regional_indicator(character)
        || is_emoji_presentation_selector(character)
        || is_zwj(character)
        || character == KEYCAP
        || is_tag_character(character)
}

/// Returns the emoji of a string; an emoji with modifiers or a sequence counts as one.
pub(crate) fn in_str(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.bytes().any(|byte| byte >= LEAST) {
        return found;
    }
    let mut characters = text.char_indices().peekable();
    let mut joined = false;
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let end = at + character.len_utf8();
        let continues = found.last().is_some_and(|last| last.end == at);
        let extends = continues && (joined || extends(character));
        let second_flag = continues
            && is_regional_indicator(character)
            && found
                .last()
                .and_then(|last| text.get(last.clone()))
                .is_some_and(|last| last.chars().count() == 1);
        joined = continues && is_zwj(character);
        match found.last_mut() {
            Some(last) if extends || second_flag => last.end = end,
            _ if begins(character, next) => found.push(at..end),
            _ => {}
        }
    }
    found
}

fn begins(character: char, next: Option<char>) -> bool {
    let selected = next.is_some_and(|next| is_emoji_presentation_selector(next) || next == KEYCAP);
    stands_alone(character) || is_regional_indicator(character) || (selected && character.is_emoji_char())
}

/// Skin tones, selectors, joiners, keycaps and tags belong to the emoji before them.
fn extends(character: char) -> bool {
    matches!(character.emoji_status(), EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent)
        || is_emoji_presentation_selector(character)
        || is_zwj(character)
        || character == KEYCAP
        || is_tag_character(character)
}

fn stands_alone(character: char) -> bool {
    character.is_emoji_char() && !character.is_ascii() && !PLAIN.contains(&character)
}

#[cfg(test)]
mod tests {
    use super::{STARTS, in_str, starts};

    #[test]
    fn sequences_are_one_emoji() {
        for one in ["🎉", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "❤️", "❤", "™️", "🏴\u{e0067}\u{e0062}\u{e007f}"]
        {
            assert_eq!(in_str(one), vec![0..one.len()], "{one}");
        }
        assert_eq!(in_str("🎉🎉").len(), 2);
        assert_eq!(in_str("🇩🇪🇫🇷").len(), 2);
        assert_eq!(in_str("a 🎉 b ❄️").len(), 2);
    }

    #[test]
    fn every_emoji_has_a_byte_that_is_looked_for() {
        // Above are rare Chinese characters, tags and unassigned characters.
        for character in char::MIN..='\u{1ffff}' {
            for text in
                [character.to_string(), format!("{character}\u{fe0f}"), format!("{character}\u{20e3}")]
            {
                let found = in_str(&text).len();
                assert!(found <= starts(text.as_bytes()), "{text}");
                assert!(found == 0 || text.bytes().any(|byte| STARTS.contains(&byte)), "{text}");
            }
        }
    }

    #[test]
    fn digits_signs_and_joiners_of_scripts_are_none() {
        for none in ["#1", "*", "© 2026 ™ ®", "می‌خواهم", "क्‍ष", "→ € £", "ℹ"] {
            assert!(in_str(none).is_empty(), "{none}");
        }
    }
}
