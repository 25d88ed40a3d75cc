//! The words of texts, and phrases among them in any case, across formatting marks and line breaks.

use std::ops::Range;

use super::emoji;
use crate::model::{PieceKind, Text};

/// A word, folded for comparison, or a sign that keeps words apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    /// A per-cent sign, or whatever ends a phrase.
    Sign,
}

/// Phrases by language: the key is Meta's code without its region.
///
/// A phrase is words with spaces between them; `rabatt*` is every word that begins so, and `#` any number or
/// placeholder.
#[derive(Debug)]
pub(super) struct Lexicon(Vec<(&'static str, Vec<Phrase>)>);

type Phrase = Vec<String>;

impl Lexicon {
    /// Folds the phrases as texts are folded.
    pub(super) fn new(phrases: &[(&'static str, &'static [&'static str])]) -> Self {
        let words = |phrase: &&str| phrase.split(' ').map(folded).collect();
        Self(
            phrases
                .iter()
                .map(|(language, phrases)| (*language, phrases.iter().map(words).collect()))
                .collect(),
        )
    }

    /// Whether there are phrases of this language.
    pub(super) fn knows(&self, language: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == language)
    }

    /// The places of a language's phrases, in order.
    pub(super) fn find(&self, words: &[Word], language: &str) -> Vec<Range<usize>> {
        let phrases = self.0.iter().filter(|(known, _)| *known == language);
        let phrases: Vec<&Phrase> = phrases.flat_map(|(_, phrases)| phrases).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in 0..words.len() {
            let rest = words.get(at..).unwrap_or_default();
            let longest =
                phrases.iter().filter_map(|phrase| range(rest, phrase)).max_by_key(|range| range.end);
            found.extend(longest.filter(|range| found.last().is_none_or(|last| last.end < range.end)));
        }
        found
    }

    /// Whether a phrase of any language stands among the words.
    pub(super) fn has_any(&self, words: &[Word]) -> bool {
        self.0.iter().any(|(language, _)| !self.find(words, language).is_empty())
    }

    /// Whether the words are nothing but the language's phrases of one word.
    pub(super) fn covers(&self, words: &[Word], language: &str) -> bool {
        let mut real = words.iter().filter(|word| word.kind == Kind::Word);
        real.all(|word| !self.find(std::slice::from_ref(word), language).is_empty())
    }
}

/// The words of a text. Placeholders are signs, constants are words that nobody knows.
pub(super) fn of(text: &Text) -> Vec<Word> {
    let mut words = Vec::new();
    for piece in &text.pieces {
        let start = piece.range.start;
        match piece.kind {
            PieceKind::Run => split(text.slice(piece), start, &mut words),
            PieceKind::Mark => {}
            PieceKind::Constant(_) => {
                words.push(Word { folded: String::from("$"), range: piece.range.clone(), kind: Kind::Word })
            }
            _ => words.push(Word { folded: String::from("#"), range: piece.range.clone(), kind: Kind::Sign }),
        }
    }
    words
}

/// How many words people would count.
pub(super) fn count(text: &Text) -> usize {
    // Runs between blanks, so that `don't` is one word and a date is one word.
    let in_run =
        |run: &str| run.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let counts = text.pieces.iter().map(|piece| match piece.kind {
        PieceKind::Run => in_run(text.slice(piece)),
        PieceKind::Constant(_) => 1,
        _ => 0,
    });
    counts.sum()
}

/// The bytes of `phrase` where it stands at the start of `words`.
fn range(words: &[Word], phrase: &[String]) -> Option<Range<usize>> {
    let matches = words.iter().zip(phrase).all(|(word, pattern)| matches(word, pattern));
    let last = words.get(phrase.len().checked_sub(1)?)?;
    matches.then(|| words.first().map(|first| first.range.start..last.range.end)).flatten()
}

fn matches(word: &Word, pattern: &str) -> bool {
    if pattern == "#" {
        return word.folded == "#"
            || word.folded.chars().all(|character| character.is_numeric() || character == '.');
    }
    match pattern.strip_suffix('*') {
        Some(stem) => word.folded.starts_with(stem),
        None => word.folded == pattern,
    }
}

fn split(text: &str, start: usize, words: &mut Vec<Word>) {
    let mut open: Option<Word> = None;
    for (at, character) in text.char_indices() {
        let range = start + at..start + at + character.len_utf8();
        if is_inside_word(character) {
            let word = open.get_or_insert_with(|| Word {
                folded: String::new(),
                range: range.clone(),
                kind: Kind::Word,
            });
            word.range.end = range.end;
            fold(character, &mut word.folded);
            continue;
        }
        words.extend(open.take());
        if let Some(sign) = sign(character) {
            words.push(Word { folded: sign.to_owned(), range, kind: Kind::Sign });
        }
    }
    words.extend(open.take());
}

/// What a character between words stands for: nothing, where the words on both sides may be one phrase.
fn sign(character: char) -> Option<&'static str> {
    match character {
        '%' | '٪' | '％' | '﹪' => Some("%"),
        '-' | '‐' | '‑' | '\'' | '’' | '"' | '“' | '”' | '«' | '»' | '\u{ad}' => None,
        '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{fe0f}' => None,
        _ if character.is_whitespace() || emoji::is_part(character) => None,
        _ => Some("."),
    }
}

fn is_inside_word(character: char) -> bool {
    // Signs of Indic scripts that join consonants, and vowel marks, are parts of words and not letters.
    character.is_alphanumeric()
        || matches!(character, '\u{94d}' | '\u{93c}' | '\u{9cd}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

/// Lower case, without marks over letters of Arabic and the dot that Turkish capitals leave behind; Arabic and
/// Persian forms of one letter are one.
fn fold(character: char, folded: &mut String) {
    match character {
        '\u{307}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
        'ي' | 'ى' => folded.push('ی'),
        'ك' => folded.push('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        _ => folded.extend(character.to_lowercase().filter(|&lower| lower != '\u{307}')),
    }
}

fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|character| fold(character, &mut folded));
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lexicon: &Lexicon, text: &str, language: &str) -> Vec<String> {
        let mut words = Vec::new();
        split(text, 0, &mut words);
        lexicon.find(&words, language).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn phrases_are_found_in_any_case_and_only_whole() {
        let lexicon = Lexicon::new(&[
            ("en", &["% off", "opt out", "free shipping", "save #"]),
            ("tr", &["indirim*"]),
            ("fa", &["تخفیف", "کد تأیید"]),
        ]);
        assert_eq!(found(&lexicon, "Take 20% OFF today", "en"), ["% OFF"]);
        assert_eq!(found(&lexicon, "Free\nshipping, and opt-out", "en"), ["Free\nshipping", "opt-out"]);
        assert_eq!(found(&lexicon, "Save 20 now", "en"), ["Save 20"]);
        assert_eq!(found(&lexicon, "Toll free. Shipping tomorrow, 5% offline", "en"), Vec::<String>::new());
        assert_eq!(found(&lexicon, "İNDİRİMLİ ürünler", "tr"), ["İNDİRİMLİ"]);
        assert_eq!(found(&lexicon, "تخفيف ویژه، كد تایید", "fa"), ["تخفيف", "كد تایید"]);
        assert_eq!(found(&lexicon, "تخفیف‌ها", "fa"), ["تخفیف"]);
        assert_eq!(found(&lexicon, "% off", "de"), Vec::<String>::new());
    }
}
