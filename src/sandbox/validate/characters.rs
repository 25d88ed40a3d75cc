//! Characters that some texts must not hold.

use unicode_properties::{EmojiStatus, UnicodeEmoji};

// Makes the character before it an emoji.
const EMOJI_SELECTOR: char = '\u{FE0F}';
// Makes a digit a key cap.
const KEY_CAP: char = '\u{20E3}';

/// How many emoji a text shows.
pub(super) fn emoji(text: &str) -> usize {
    text.chars().filter(|letter| [EMOJI_SELECTOR, KEY_CAP].contains(letter) || is_emoji(*letter)).count()
}

/// Whether a text has a line break.
pub(super) fn has_newline(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

/// The marks of bold, italic, struck and monospaced text.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['*', '_', '~', '`'])
}

fn is_emoji(letter: char) -> bool {
    use EmojiStatus as Status;
    matches!(
        letter.emoji_status(),
        Status::EmojiPresentation
            | Status::EmojiPresentationAndModifierBase
            | Status::EmojiPresentationAndEmojiComponent
            | Status::EmojiPresentationAndModifierAndEmojiComponent
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_emoji_from_letters_digits_and_symbols() {
        assert_eq!(emoji("Order #1 © ™ é سلام"), 0);
        assert!(["🎉", "❤️", "1️⃣", "🇩🇪"].iter().all(|text| emoji(text) > 0));
    }
}
