//! Scripts: of letters, and of languages.

use std::ops::RangeInclusive;

use super::pages::Pages;
use crate::model::{ByteSet, Text};

/// A script, as far as languages of templates are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Bengali,
    Cyrillic,
    Devanagari,
    Georgian,
    Greek,
    Gujarati,
    Gurmukhi,
    Han,
    Hangul,
    Hebrew,
    Kana,
    Kannada,
    Khmer,
    Lao,
    Latin,
    Malayalam,
    Myanmar,
    Sinhala,
    Tamil,
    Telugu,
    Thai,
}

use Script::*;

/// The blocks that letters are found in (Unicode, `Blocks.txt`), sorted.
#[rustfmt::skip]
const BLOCKS: [(u32, u32, Script); 32] = [
    (0x41, 0x5a, Latin), (0x61, 0x7a, Latin), (0xc0, 0x24f, Latin), (0x370, 0x3ff, Greek), (0x400, 0x52f, Cyrillic),
    (0x590, 0x5ff, Hebrew), (0x600, 0x6ff, Arabic), (0x750, 0x77f, Arabic), (0x8a0, 0x8ff, Arabic),
    (0x900, 0x97f, Devanagari), (0x980, 0x9ff, Bengali), (0xa00, 0xa7f, Gurmukhi), (0xa80, 0xaff, Gujarati),
    (0xb80, 0xbff, Tamil), (0xc00, 0xc7f, Telugu), (0xc80, 0xcff, Kannada), (0xd00, 0xd7f, Malayalam),
    (0xd80, 0xdff, Sinhala), (0xe00, 0xe7f, Thai), (0xe80, 0xeff, Lao), (0x1000, 0x109f, Myanmar), (0x10a0, 0x10ff, Georgian),
    (0x1100, 0x11ff, Hangul), (0x1780, 0x17ff, Khmer), (0x1e00, 0x1eff, Latin), (0x3040, 0x30ff, Kana), (0x3130, 0x318f, Hangul),
    (0x3400, 0x4dbf, Han), (0x4e00, 0x9fff, Han), (0xac00, 0xd7af, Hangul), (0xfb50, 0xfdff, Arabic),
    (0xfe70, 0xfeff, Arabic),
];

/// From this byte on, one may begin a letter of another script than Latin (U+0340 and above in UTF-8).
pub(super) const BEYOND_LATIN: u8 = 0xcd;

static SCRIPTS: Pages<Option<Script>> = Pages::new(looked_up);

/// The script of a letter; nothing for digits, signs and letters of other scripts.
pub(super) fn of_letter(letter: char) -> Option<Script> {
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic().then_some(Latin);
    }
    SCRIPTS.of(letter)
}

/// Whether a character is a letter or a number of any script, sooner told of those known here than by Unicode's tables.
pub(super) fn is_alphanumeric(character: char) -> bool {
    of_letter(character).is_some() || character.is_alphanumeric()
}

fn looked_up(letter: char) -> Option<Script> {
    let code = u32::from(letter);
    let (from, _, script) = BLOCKS.get(BLOCKS.partition_point(|(_, to, _)| *to < code))?;
    (*from <= code && letter.is_alphabetic()).then_some(*script)
}

/// Letters of a script that stand in a row, most of those that texts have: told without looking anything up.
pub(super) fn usual_letters(script: Script) -> RangeInclusive<char> {
    match script {
        Arabic => 'ء'..='ي',
        Cyrillic => 'А'..='я',
        Devanagari => 'ऄ'..='ह',
        Greek => 'α'..='ω',
        Han => '一'..='\u{9fff}',
        Hangul => '가'..='힣',
        Hebrew => 'א'..='ת',
        Kana => 'ぁ'..='ゖ',
        Latin => 'a'..='z',
        Thai => 'ก'..='ะ',
        // Nothing: no character comes before the first.
        _ => '\u{1}'..='\0',
    }
}

/// The scripts that a language (a code without its region) is written in.
pub(super) fn of_language(base: &str) -> &'static [Script] {
    match base {
        "ar" | "fa" | "ur" | "ps" | "prs" => &[Arabic],
        "he" => &[Hebrew],
        "ru" | "uk" | "bg" | "mk" | "be" | "ky" => &[Cyrillic],
        "sr" | "uz" | "kk" => &[Cyrillic, Latin],
        "hi" | "mr" => &[Devanagari],
        "bn" => &[Bengali],
        "pa" => &[Gurmukhi],
        "gu" => &[Gujarati],
        "ta" => &[Tamil],
        "te" => &[Telugu],
        "kn" => &[Kannada],
        "ml" => &[Malayalam],
        "si" => &[Sinhala],
        "th" => &[Thai],
        "lo" => &[Lao],
        "el" => &[Greek],
        "ka" => &[Georgian],
        "ko" => &[Hangul, Han],
        "zh" => &[Han],
        "ja" => &[Han, Kana],
        _ => &[Latin],
    }
}

/// Whether people also type a language in this script although it is not its own, as Hindi with Latin letters.
pub(super) fn is_also_typed(base: &str, script: Script) -> bool {
    let typed = ["hi", "ur", "pa", "bn", "mr", "gu", "ta", "te", "kn", "ml", "si"];
    match script {
        Latin => typed.contains(&base),
        // Punjabi of Pakistan, and Hausa in Ajami.
        Arabic => matches!(base, "pa" | "ha"),
        _ => false,
    }
}

/// Whether a text has letters of a script that writes no blanks between words, so that its words cannot be counted.
pub(super) fn is_unspaced(text: &Text) -> bool {
    let unspaced = |script| matches!(script, Han | Kana | Khmer | Lao | Myanmar | Thai);
    may_be_unspaced(text.bytes(), text.as_str()) && text.as_str().chars().filter_map(of_letter).any(unspaced)
}

/// Whether a text has bytes that letters of such a script begin with: U+0E00 to U+0EFF, U+1000 to U+1FFF, and U+3000
/// to U+9FFF.
fn may_be_unspaced(bytes: ByteSet, text: &str) -> bool {
    let begins = |pair: &[u8; 2]| matches!(pair, [0xe0, 0xb8..=0xbb]);
    bytes.has_any(&[0xe1, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9])
        || bytes.has(0xe0) && text.as_bytes().array_windows().any(begins)
}

impl Script {
    /// What it is called in English.
    pub(super) fn name(self) -> &'static str {
        match self {
            Arabic => "Arabic letters",
            Bengali => "Bengali letters",
            Cyrillic => "Cyrillic letters",
            Devanagari => "Devanagari letters",
            Georgian => "Georgian letters",
            Greek => "Greek letters",
            Gujarati => "Gujarati letters",
            Gurmukhi => "Gurmukhi letters",
            Han => "Chinese characters",
            Hangul => "Korean letters",
            Hebrew => "Hebrew letters",
            Kana => "Japanese syllables",
            Kannada => "Kannada letters",
            Khmer => "Khmer letters",
            Lao => "Lao letters",
            Latin => "Latin letters",
            Malayalam => "Malayalam letters",
            Myanmar => "Burmese letters",
            Sinhala => "Sinhala letters",
            Tamil => "Tamil letters",
            Telugu => "Telugu letters",
            Thai => "Thai letters",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::languages::LANGUAGES;

    #[test]
    fn no_letter_of_a_script_without_blanks_is_passed_over() {
        let unspaced = |script| matches!(script, Han | Kana | Khmer | Lao | Myanmar | Thai);
        let letters = ('\0'..=char::MAX).filter(|letter| of_letter(*letter).is_some_and(unspaced));
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

    #[test]
    fn usual_letters_are_letters_of_their_script() {
        for (_, _, script) in BLOCKS {
            let strangers: Vec<char> =
                usual_letters(script).filter(|letter| of_letter(*letter) != Some(script)).collect();
            assert!(strangers.is_empty(), "{script:?}: {strangers:?}");
        }
    }

    #[test]
    fn letters_have_the_script_of_their_language() {
        for (text, base) in [
            ("Größe", "de"),
            ("İstanbul", "tr"),
            ("việt", "vi"),
            ("سفارش", "fa"),
            ("заказ", "ru"),
            ("नमस्ते", "hi"),
            ("注文です", "ja"),
            ("订单", "zh"),
            ("주문", "ko"),
            ("שלום", "he"),
            ("παραγγελία", "el"),
            ("ordre", "nb"),
        ] {
            let mut letters = text.chars().filter_map(of_letter);
            assert!(letters.all(|script| of_language(base).contains(&script)), "{text}");
        }
        assert_eq!("12 ۱۲ ٪ € 🎉".chars().find_map(of_letter), None);
    }

    #[test]
    fn every_language_of_another_script_than_latin_is_listed() {
        let mut bases: Vec<&str> = LANGUAGES.iter().filter_map(|code| code.split('_').next()).collect();
        bases.dedup();
        bases.retain(|base| !of_language(base).contains(&Latin));
        let listed =
            "ar be bg bn el fa gu he hi ja ka kn ko ky lo mk ml mr pa prs ps ru si ta te th uk ur zh";
        assert_eq!(bases.join(" "), listed);
    }
}
