//! Character classes for tokenisation.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::char_table::CharTable;
use crate::text::emoji;

/// Class of a character.
#[derive(Clone, Copy, Debug)]
pub(super) enum Consequence {
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
pub(super) fn of(character: char) -> Consequence {
    CLASSES.of(character)
}

/// What a byte of ASCII is.
pub(super) fn of_ascii(byte: u8) -> Consequence {
    ASCII.get(usize::from(byte)).copied().unwrap_or(Consequence::Nothing)
}

/// Returns whether a character, by its number, is a letter that is its own folded form.
pub(super) fn is_unchanged(code: u16) -> bool {
    UNCHANGED.of_code(code)
}

/// Apart from classes, because one byte a character is all that most of them need.
static UNCHANGED: CharTable<bool> = CharTable::new(
    |character| matches!(looked_up(character), Consequence::Letter(letter) if letter == character),
);
static CLASSES: CharTable<Consequence> = CharTable::new(looked_up);

/// Those of ASCII, which every text has some of.
static ASCII: [Consequence; 128] = {
    let mut classes = [Consequence::Stop; 128];
    let (mut left, mut byte) = (classes.as_mut_slice(), 0);
    while let Some((class, rest)) = left.split_first_mut() {
        *class = ascii(byte);
        (left, byte) = (rest, byte + 1);
    }
    classes
};

/// What most letters are folded to is one letter, known at once.
fn looked_up(character: char) -> Consequence {
    match sorted(character) {
        Consequence::Letters => match simple_letters(character) {
            [Some(letter), None, ..] => Consequence::Letter(letter),
            _ => Consequence::Letters,
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

fn sorted(character: char) -> Consequence {
    match character {
        '\0'..='\u{7f}' => ascii(character as u8),
        '\u{400}'..='\u{45f}' => cyrillic(character),
        '\u{600}'..='\u{6ff}' => arabic(character),
        '\u{900}'..='\u{97f}' => devanagari(character),
        _ => other(character),
    }
}

const fn ascii(byte: u8) -> Consequence {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Consequence::Letter(byte.to_ascii_lowercase() as char),
        b'0'..=b'9' => Consequence::Digit,
        b'%' => Consequence::Percent,
        b' ' | b'\t' | b'\n' | b'\r' | b'-' | b'\'' | b'"' | b'$' | b'#' | b'_' => Consequence::Gap,
        b',' | b':' => Consequence::Comma,
        _ => Consequence::Stop,
    }
}

fn cyrillic(character: char) -> Consequence {
    match character {
        'а'..='и' | 'к'..='я' => Consequence::Letter(character),
        'й' | 'Й' => Consequence::Letter('и'),
        'ё' | 'Ё' => Consequence::Letter('е'),
        _ => Consequence::Letters,
    }
}

/// Arabic and Persian forms of one letter are one; marks over letters are not written by everybody.
fn arabic(character: char) -> Consequence {
    match character {
        'ي' | 'ى' | 'ئ' => Consequence::Letter('ی'),
        'ك' => Consequence::Letter('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Consequence::Letter('ا'),
        'ؤ' => Consequence::Letter('و'),
        'ة' | 'ۀ' | 'ە' | 'ہ' => Consequence::Letter('ه'),
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Consequence::Nothing,
        '٪' => Consequence::Percent,
        _ if character.is_alphabetic() => Consequence::Letter(character),
        _ if character.is_numeric() => Consequence::Digit,
        '،' => Consequence::Comma,
        _ => Consequence::Stop,
    }
}

/// The dot below letters and the half moon above them are left out by many; what joins consonants is a part
/// of words.
fn devanagari(character: char) -> Consequence {
    match character {
        '\u{93c}' => Consequence::Nothing,
        'ँ' => Consequence::Letter('ं'),
        '\u{958}'..='\u{95f}' => Consequence::Letters,
        '।' | '॥' => Consequence::Stop,
        '०'..='९' => Consequence::Digit,
        _ => Consequence::Letter(character),
    }
}

fn other(character: char) -> Consequence {
    match character {
        // Turkish capitals and small letters are each other's without a look at the language.
        'ı' | 'İ' => Consequence::Letter('i'),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}' => Consequence::Nothing,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            Consequence::Nothing
        }
        '\u{200c}' | '‐' | '‑' | '\u{2018}'..='\u{201f}' | '«' | '»' | '£' | '\u{20a0}'..='\u{20cf}' => {
            Consequence::Gap
        }
        '％' | '﹪' => Consequence::Percent,
        _ if character.is_alphabetic() => Consequence::Letters,
        _ if character.is_numeric() => Consequence::Digit,
        _ if is_combining_mark(character) => Consequence::Letter(character),
        _ if character.is_whitespace() || emoji::is_part(character) => Consequence::Gap,
        _ => Consequence::Stop,
    }
}
