//! Character classes for tokenisation.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::char_table::CharTable;
use crate::text::emoji;

/// Class of a character.
#[derive(Clone, Copy, Debug)]
pub(super) enum CharClass {
    /// What a letter is folded to.
    Letter(char),
    /// A letter that is folded to several.
    Letters,
    Digit,
    /// Keeps words apart, and not phrases.
    Gap,
    /// Ends a phrase, as a comma does.
    Comma,
    /// Ends a phrase, as a full stop does.
    Stop,
    Percent,
    /// Not there.
    Nothing,
}

/// What a character is.
pub(super) fn of(character: char) -> CharClass {
    CLASSES.of(character)
}

/// What a byte of ASCII is.
pub(super) fn of_ascii(byte: u8) -> CharClass {
    ASCII.get(usize::from(byte)).copied().unwrap_or(CharClass::Nothing)
}

/// Returns whether a character, by its number, is a letter that is its own folded form.
pub(super) fn is_unchanged(code: u16) -> bool {
    UNCHANGED.of_code(code)
}

/// Apart from classes, because one byte a character is all that most of them need.
static UNCHANGED: CharTable<bool> = CharTable::new(
    |character| matches!(looked_up(character), CharClass::Letter(letter) if letter == character),
);
static CLASSES: CharTable<CharClass> = CharTable::new(looked_up);

/// Those of ASCII, which every text has some of.
static ASCII: [CharClass; 128] = {
    let mut classes = [CharClass::Stop; 128];
    let (mut left, mut byte) = (classes.as_mut_slice(), 0);
    while let Some((class, rest)) = left.split_first_mut() {
        *class = ascii(byte);
        (left, byte) = (rest, byte + 1);
    }
    classes
};

/// What most letters are folded to is one letter, known at once.
fn looked_up(character: char) -> CharClass {
    match sorted(character) {
        CharClass::Letters => match simple_letters(character) {
            [Some(letter), None, ..] => CharClass::Letter(letter),
            _ => CharClass::Letters,
        },
        class => class,
    }
}

/// The letters of a character in lower case and without their marks; no character has more than six.
pub(super) fn simple_letters(character: char) -> [Option<char>; 6] {
    let mut letters = [None; 6];
    let mut free = letters.iter_mut();
    for lower in character.to_lowercase() {
        decompose_canonical(lower, |part| {
            if !is_combining_mark(part)
                && let Some(slot) = free.next()
            {
                *slot = Some(part);
            }
        });
    }
    letters
}

fn sorted(character: char) -> CharClass {
    match character {
        '\0'..='\u{7f}' => ascii(character as u8),
        '\u{400}'..='\u{45f}' => cyrillic(character),
        '\u{600}'..='\u{6ff}' => arabic(character),
        '\u{900}'..='\u{97f}' => devanagari(character),
        _ => other(character),
    }
}

const fn ascii(byte: u8) -> CharClass {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => CharClass::Letter(byte.to_ascii_lowercase() as char),
        b'0'..=b'9' => CharClass::Digit,
        b'%' => CharClass::Percent,
        b' ' | b'\t' | b'\n' | b'\r' | b'-' | b'\'' | b'"' | b'$' | b'#' | b'_' => CharClass::Gap,
        b',' | b':' => CharClass::Comma,
        _ => CharClass::Stop,
    }
}

fn cyrillic(character: char) -> CharClass {
    match character {
        'а'..='и' | 'к'..='я' => CharClass::Letter(character),
        'й' | 'Й' => CharClass::Letter('и'),
        'ё' | 'Ё' => CharClass::Letter('е'),
        _ => CharClass::Letters,
    }
}

/// Arabic and Persian forms of one letter are one; marks over letters are not written by everybody.
fn arabic(character: char) -> CharClass {
    match character {
        'ي' | 'ى' | 'ئ' => CharClass::Letter('ی'),
        'ك' => CharClass::Letter('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => CharClass::Letter('ا'),
        'ؤ' => CharClass::Letter('و'),
        'ة' | 'ۀ' | 'ە' | 'ہ' => CharClass::Letter('ه'),
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => CharClass::Nothing,
        '٪' => CharClass::Percent,
        _ if character.is_alphabetic() => CharClass::Letter(character),
        _ if character.is_numeric() => CharClass::Digit,
        '،' => CharClass::Comma,
        _ => CharClass::Stop,
    }
}

/// The dot below letters and the half moon above them are left out by many; what joins consonants is a part
/// of words.
fn devanagari(character: char) -> CharClass {
    match character {
        '\u{93c}' => CharClass::Nothing,
        'ँ' => CharClass::Letter('ं'),
        '\u{958}'..='\u{95f}' => CharClass::Letters,
        '।' | '॥' => CharClass::Stop,
        '०'..='९' => CharClass::Digit,
        _ => CharClass::Letter(character),
    }
}

fn other(character: char) -> CharClass {
    match character {
        // Turkish capitals and small letters are each other's without a look at the language.
        'ı' | 'İ' => CharClass::Letter('i'),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}' => CharClass::Nothing,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            CharClass::Nothing
        }
        '\u{200c}' | '‐' | '‑' | '\u{2018}'..='\u{201f}' | '«' | '»' | '£' | '\u{20a0}'..='\u{20cf}' => {
            CharClass::Gap
        }
        '％' | '﹪' => CharClass::Percent,
        _ if character.is_alphabetic() => CharClass::Letters,
        _ if character.is_numeric() => CharClass::Digit,
        _ if is_combining_mark(character) => CharClass::Letter(character),
        _ if character.is_whitespace() || emoji::is_part(character) => CharClass::Gap,
        _ => CharClass::Stop,
    }
}
