//! Counts words as people would.

use crate::model::{ByteSet, SegmentKind, Text};
use crate::text::script::{Script, is_alphanumeric, of_letter};

/// Returns whether a text has letters of a script without spaces between words, so that its words can't be
/// counted.
pub(crate) fn is_unspaced(text: &Text) -> bool {
    may_be_unspaced(text.bytes(), text.as_str())
        && text.as_str().chars().filter_map(of_letter).any(is_unspaced_script)
}

/// Returns whether a text has a byte that letters of such a script start with: all of U+1000 to U+1FFF and
/// from U+3000 on, and U+0E00 to U+0EFF.
fn may_be_unspaced(bytes: ByteSet, text: &str) -> bool {
    let begins = |pair: &[u8; 2]| matches!(pair, [0xe0, 0xb8..=0xbb]);
    bytes.has_any(&[0xe1, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xef, 0xf0])
        || bytes.has(0xe0) && text.as_bytes().array_windows().any(begins)
}

fn is_unspaced_script(script: Script) -> bool {
    use Script::{Han, Kana, Khmer, Lao, Myanmar, Thai};
    matches!(script, Han | Kana | Khmer | Lao | Myanmar | Thai)
}

/// Counts runs between whitespace that contain a letter or digit, up to `enough`.
fn runs_between_blanks(text: &str, enough: usize) -> usize {
    let (mut count, mut rest) = (0, text);
    while count < enough {
        let Some((at, _)) = rest.char_indices().find(|(_, character)| is_alphanumeric(*character)) else {
            break;
        };
        count += 1;
        rest = rest.get(at..).and_then(behind_run).unwrap_or_default();
    }
    count
}

/// Returns the text after the first whitespace character.
fn behind_run(text: &str) -> Option<&str> {
    let mut from = 0;
    loop {
        // Only ASCII whitespace is one byte; the others are lead bytes that other characters share.
        let may_be_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ' | 0xc2 | 0xe1..=0xe3);
        let at = from + text.as_bytes().get(from..)?.iter().position(may_be_blank)?;
        let mut characters = text.get(at..)?.chars();
        if characters.next()?.is_whitespace() {
            return Some(characters.as_str());
        }
        from = at + 1;
    }
}

/// Counts words as people would, up to `enough`.
pub(crate) fn count(text: &Text, enough: usize) -> usize {
    // Runs between spaces, so that `don't` and a date count as one word each.
    let mut left = enough;
    for piece in &text.pieces {
        left -= match piece.kind {
            SegmentKind::Run => runs_between_blanks(text.slice(piece), left),
            SegmentKind::Constant(_) => left.min(1),
            _ => 0,
        };
        if left == 0 {
            break;
        }
    }
    enough - left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_runs_between_blanks(text in "[aé1字ш.\u{301}\u{a0}\u{3000}\u{2009}\u{200d} \t\n]{0,24}") {
            let words = text.split(char::is_whitespace);
            let words = words.filter(|word| word.chars().any(char::is_alphanumeric)).count();
            for enough in 1..5 {
                prop_assert_eq!(runs_between_blanks(&text, enough), words.min(enough));
            }
        }
    }

    #[test]
    fn no_letter_of_a_script_without_blanks_is_passed_over() {
        let letters = ('\0'..=char::MAX).filter(|letter| of_letter(*letter).is_some_and(is_unspaced_script));
        let mut count = 0;
        for letter in letters {
            let text = format!("a{letter}");
            assert!(may_be_unspaced(ByteSet::new(&text), &text), "{letter:?}");
            count += 1;
        }
        assert!(count > 20_000, "{count}");
        for text in ["", "Größe", "заказ", "سفارش", "नमस्ते, आपका ऑर्डर"]
        {
            assert!(!may_be_unspaced(ByteSet::new(text), text), "{text}");
        }
    }
}
