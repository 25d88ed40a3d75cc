//! Scripts: of letters, and of languages.

use std::ops::RangeInclusive;

use unicode_script::UnicodeScript;

use super::char_table::CharTable;

/// A script, as far as languages of templates are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
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

/// The scripts of Unicode that stand for each script here.
const UNICODE: [(unicode_script::Script, Script); 23] = {
    use unicode_script::Script as Unicode;
    [
        (Unicode::Latin, Latin),
        (Unicode::Arabic, Arabic),
        (Unicode::Bengali, Bengali),
        (Unicode::Cyrillic, Cyrillic),
        (Unicode::Devanagari, Devanagari),
        (Unicode::Georgian, Georgian),
        (Unicode::Greek, Greek),
        (Unicode::Gujarati, Gujarati),
        (Unicode::Gurmukhi, Gurmukhi),
        (Unicode::Han, Han),
        (Unicode::Hangul, Hangul),
        (Unicode::Hebrew, Hebrew),
        (Unicode::Hiragana, Kana),
        (Unicode::Katakana, Kana),
        (Unicode::Kannada, Kannada),
        (Unicode::Khmer, Khmer),
        (Unicode::Lao, Lao),
        (Unicode::Malayalam, Malayalam),
        (Unicode::Myanmar, Myanmar),
        (Unicode::Sinhala, Sinhala),
        (Unicode::Tamil, Tamil),
        (Unicode::Telugu, Telugu),
        (Unicode::Thai, Thai),
    ]
};

/// From this byte on, one may begin a letter of another script than Latin (U+0340 and above in UTF-8).
pub(crate) const BEYOND_LATIN: u8 = 0xcd;

static SCRIPTS: CharTable<Option<Script>> = CharTable::new(looked_up);

/// The script of a letter; nothing for digits, signs and letters of other scripts.
pub(crate) fn of_letter(letter: char) -> Option<Script> {
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic().then_some(Latin);
    }
    SCRIPTS.of(letter)
}

/// Returns whether a character is a letter or a number of any script. The scripts known here are faster to look up than
/// Unicode's tables.
pub(crate) fn is_alphanumeric(character: char) -> bool {
    of_letter(character).is_some() || character.is_alphanumeric()
}

fn looked_up(letter: char) -> Option<Script> {
    if !letter.is_alphabetic() {
        return None;
    }
    let script = letter.script();
    let own = UNICODE.iter().find(|(known, _)| *known == script);
    // Letters that several scripts share, such as vowel marks, count for the first one here that uses them.
    let shared = || {
        let extension = letter.script_extension();
        let is_shared = !extension.is_common() && !extension.is_inherited();
        UNICODE.iter().find(|(known, _)| is_shared && extension.contains_script(*known))
    };
    own.or_else(shared).map(|(_, script)| *script)
}

/// The contiguous range that holds most letters of a script, for tests without a table lookup.
pub(crate) fn usual_letters(script: Script) -> RangeInclusive<char> {
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
pub(crate) fn of_language(base: &str) -> &'static [Script] {
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

/// Returns whether people also type a language in this script although it is not its own, as Hindi with Latin
/// letters.
pub(crate) fn is_also_typed(base: &str, script: Script) -> bool {
    let typed = ["hi", "ur", "pa", "bn", "mr", "gu", "ta", "te", "kn", "ml", "si"];
    match script {
        Latin => typed.contains(&base),
        // Punjabi of Pakistan, and Hausa in Ajami.
        Arabic => matches!(base, "pa" | "ha"),
        _ => false,
    }
}

impl Script {
    /// What it is called in English.
    pub(crate) fn name(self) -> &'static str {
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
    fn usual_letters_are_letters_of_their_script() {
        for (_, script) in UNICODE {
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
