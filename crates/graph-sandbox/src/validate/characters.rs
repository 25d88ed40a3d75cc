//! Characters that some texts must not hold.

use unicode_properties::UnicodeEmoji;

// Makes the character before it an emoji.
const EMOJI_SELECTOR: char = '\u{FE0F}';
// Makes a digit a key cap.
const KEY_CAP: char = '\u{20E3}';
// Makes the emoji after it part of the one before it.
const JOINER: char = '\u{200D}';
// Signs and letters that Unicode counts among the emoji and that are plain text unless the selector follows.
const SIGNS: [char; 6] = ['©', '®', '™', '‼', '⁉', 'ℹ'];

/// How many emoji a text shows; one that is made of several code points is one.
pub(super) fn emoji(text: &str) -> usize {
    let mut before = None;
    let mut half_a_flag = false;
    let mut count = 0;
    for letter in text.chars() {
        let flag = is_flag_letter(letter);
        let goes_on = before.is_some_and(|before| continues(before, letter)) || (flag && half_a_flag);
        count += usize::from(!goes_on && begins(before, letter));
        half_a_flag = flag && !half_a_flag;
        before = Some(letter);
    }
    count
}

/// Whether a text has a line break.
pub(super) fn has_newline(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

/// The marks of bold, italic, struck and monospaced text.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['*', '_', '~', '`'])
}

/// Whether a text has characters that only steer terminals and printers.
pub(super) fn has_control(text: &str) -> bool {
    text.chars().any(|letter| letter.is_control() && !['\n', '\r', '\t'].contains(&letter))
}

fn begins(before: Option<char>, letter: char) -> bool {
    match letter {
        EMOJI_SELECTOR | KEY_CAP => before.is_some_and(|before| before.is_emoji_char() && !stands(before)),
        _ => stands(letter) || is_flag_letter(letter),
    }
}

fn continues(before: char, letter: char) -> bool {
    let tone = ('\u{1F3FB}'..='\u{1F3FF}').contains(&letter);
    before == JOINER || (tone && (stands(before) || before == EMOJI_SELECTOR))
}

fn stands(letter: char) -> bool {
    letter.is_emoji_char() && !letter.is_ascii() && !SIGNS.contains(&letter) && !is_flag_letter(letter)
}

fn is_flag_letter(letter: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_emoji_from_letters_digits_and_symbols() {
        assert_eq!(emoji("Order #1 © ™ é سلام می\u{200c}خواهم"), 0);
        for one in ["🎉", "❤️", "❤", "1️⃣", "🇩🇪", "👍🏽", "👩‍👩‍👧‍👦", "™️"]
        {
            assert_eq!(emoji(one), 1, "{one}");
        }
        assert_eq!(emoji("🎉🎉 🇩🇪🇫🇷 ❤️❤️"), 6);
    }
}
