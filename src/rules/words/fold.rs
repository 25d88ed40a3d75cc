//! Texts as word lists are compared with them: one form of every letter, and one blank around every token.
//!
//! `Take *20%* off your CÓDIGO!` becomes ` take # % off your codigo . `. A token is a word, `#` for a number or a
//! placeholder, `%`, `$` for a constant, or `,` and `.` for signs that no phrase reaches across.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::model::{PieceKind, Text};
use crate::rules::emoji;
use crate::rules::pages::Pages;

/// A text in its folded form.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The tokens, with a blank before the first and after each.
    pub(super) text: String,
    /// How many of them are words.
    pub(super) words: usize,
    /// Its lines, in order.
    pub(super) lines: Vec<Line>,
}

/// A line of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where its tokens end in the folded text.
    pub(crate) end: usize,
    /// How many letters it has.
    pub(crate) letters: usize,
    /// How many of its words are such that nearly every sentence of the language has some.
    pub(crate) common: usize,
}

/// What a character is to a word list.
#[derive(Clone, Copy, Debug)]
enum Class {
    /// A letter that is its own folded form.
    Letter(char),
    /// A letter to be folded by Unicode's tables.
    Other(char),
    Digit,
    /// Keeps words apart, and not phrases.
    Gap,
    /// Ends a phrase, as a comma does or as a full stop does.
    Stop(u8),
    Percent,
    /// Not there.
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Gap,
    Word,
    Number,
    /// The sign that stands there already.
    Stop(u8),
}

struct Folder<'f, N> {
    folded: &'f mut Folded,
    last: Last,
    letters: usize,
    note: N,
}

/// Told where a token's characters stand in both texts.
trait Note {
    /// One character, folded to what begins at a byte.
    fn one(&mut self, folded: usize, range: Range<usize>);
}

/// Nobody asks.
impl Note for () {
    fn one(&mut self, _: usize, _: Range<usize>) {}
}

/// The places of both, in order.
impl Note for &mut Vec<(usize, Range<usize>)> {
    fn one(&mut self, at: usize, range: Range<usize>) {
        match self.last_mut() {
            // What was left out belongs to the letter before it.
            Some((last, known)) if *last == at => known.end = range.end,
            _ => self.push((at, range)),
        }
    }
}

impl Folded {
    /// Begins anew, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.words = 0;
        self.lines.clear();
    }

    /// Folds a text of a template.
    pub(super) fn read(&mut self, text: &Text) {
        read(self, text, ());
    }

    /// Folds plain characters.
    pub(super) fn read_str(&mut self, text: &str) {
        read_str(self, text, ());
    }
}

/// Whether a sentence ends between two places of a folded text.
pub(super) fn is_broken(folded: &str, between: Range<usize>) -> bool {
    folded.get(between).is_some_and(|between| between.contains(" . "))
}

/// Where ranges of the folded text stand in the text itself.
pub(super) fn places(text: &Text, wanted: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut noted: Vec<(usize, Range<usize>)> = Vec::new();
    read(&mut Folded::default(), text, &mut noted);
    let place = |wanted: &Range<usize>| {
        let first = noted.partition_point(|(at, _)| *at < wanted.start);
        let after = noted.partition_point(|(at, _)| *at < wanted.end);
        let start = noted.get(first)?.1.start;
        let end = noted.get(after.checked_sub(1)?)?.1.end;
        Some(start..end.max(start))
    };
    wanted.iter().filter_map(place).collect()
}

fn read(folded: &mut Folded, text: &Text, note: impl Note) {
    let mut folder = Folder::new(folded, note);
    for piece in &text.pieces {
        let range = piece.range.clone();
        match piece.kind {
            PieceKind::Run => folder.run(text.slice(piece), range.start),
            PieceKind::Mark | PieceKind::Escape => folder.close(),
            PieceKind::Constant(_) => {
                folder.token('$', range);
                folder.folded.words += 1;
            }
            PieceKind::Placeholder(_) | PieceKind::Malformed(_) => folder.token('#', range),
        }
    }
    folder.finish();
}

fn read_str(folded: &mut Folded, text: &str, note: impl Note) {
    let mut folder = Folder::new(folded, note);
    folder.run(text, 0);
    folder.finish();
}

impl<'f, N: Note> Folder<'f, N> {
    fn new(folded: &'f mut Folded, note: N) -> Self {
        folded.clear();
        folded.text.push(' ');
        Self { folded, last: Last::Gap, letters: 0, note }
    }

    fn run(&mut self, text: &str, start: usize) {
        for (at, character) in text.char_indices() {
            let range = start + at..start + at + character.len_utf8();
            match character {
                'a'..='z' => self.letter(character, range),
                ' ' => self.gap(),
                _ => self.character(character, range, || text.get(at + character.len_utf8()..)),
            }
        }
        self.close();
    }

    fn character<'t>(
        &mut self,
        character: char,
        range: Range<usize>,
        behind: impl FnOnce() -> Option<&'t str>,
    ) {
        match class(character) {
            Class::Letter(letter) => self.letter(letter, range),
            Class::Other(letter) => self.other(letter, range),
            Class::Digit => self.digit(character, range),
            Class::Gap if character == '\u{200c}' && !self.is_after_arabic() => {}
            Class::Gap => {
                self.gap();
                if character == '\n' {
                    self.line();
                }
            }
            // A point or comma inside a number.
            Class::Stop(_)
                if self.last == Last::Number
                    && behind().is_some_and(|behind| behind.starts_with(char::is_numeric)) => {}
            Class::Stop(sign) if self.last == Last::Stop(sign) => {}
            Class::Stop(sign) => {
                self.token(char::from(sign), range);
                self.last = Last::Stop(sign);
            }
            Class::Percent => self.token('%', range),
            Class::Nothing => self.nothing(range),
        }
    }

    /// Begins a word, unless it has begun.
    fn word(&mut self) {
        if self.last != Last::Word {
            self.close();
            self.folded.words += 1;
            self.last = Last::Word;
        }
    }

    #[inline]
    fn letter(&mut self, letter: char, range: Range<usize>) {
        self.word();
        self.letters += 1;
        self.note.one(self.folded.text.len(), range);
        self.folded.text.push(letter);
    }

    /// Lower case, and the letter without its marks.
    fn other(&mut self, character: char, range: Range<usize>) {
        let letters = simple_letters(character);
        letters.into_iter().flatten().for_each(|letter| self.letter(letter, range.clone()));
    }

    fn digit(&mut self, digit: char, range: Range<usize>) {
        match self.last {
            // `winter20` is one word, and nobody's.
            Last::Word => self.letter(digit, range),
            Last::Number => self.nothing(range),
            Last::Gap | Last::Stop(_) => {
                self.note.one(self.folded.text.len(), range);
                self.folded.text.push('#');
                self.last = Last::Number;
            }
        }
    }

    /// Something without a form of its own, which belongs to the letter before it.
    fn nothing(&mut self, range: Range<usize>) {
        if matches!(self.last, Last::Word | Last::Number) {
            let before = self.folded.text.chars().next_back().map_or(0, char::len_utf8);
            self.note.one(self.folded.text.len() - before, range);
        }
    }

    fn token(&mut self, sign: char, range: Range<usize>) {
        self.close();
        self.note.one(self.folded.text.len(), range);
        self.folded.text.push(sign);
        self.folded.text.push(' ');
        self.last = Last::Gap;
    }

    fn gap(&mut self) {
        if matches!(self.last, Last::Word | Last::Number) {
            self.close();
        }
    }

    /// Ends a word or number.
    fn close(&mut self) {
        if matches!(self.last, Last::Word | Last::Number) {
            self.folded.text.push(' ');
        }
        self.last = Last::Gap;
    }

    fn line(&mut self) {
        if self.letters > 0 {
            let line = Line { end: self.folded.text.len(), letters: self.letters, common: 0 };
            self.folded.lines.push(line);
            self.letters = 0;
        }
    }

    fn finish(&mut self) {
        self.close();
        self.line();
    }

    /// In Arabic script a zero-width non-joiner stands between parts of words, elsewhere inside of them.
    fn is_after_arabic(&self) -> bool {
        self.last == Last::Word
            && self
                .folded
                .text
                .chars()
                .next_back()
                .is_some_and(|last| ('\u{600}'..='\u{6ff}').contains(&last))
    }
}

static CLASSES: Pages<Class> = Pages::new(looked_up);

fn class(character: char) -> Class {
    match character {
        'a'..='z' => Class::Letter(character),
        ' ' => Class::Gap,
        _ => CLASSES.of(character),
    }
}

/// What most letters are folded to is one letter, known at once.
fn looked_up(character: char) -> Class {
    match sorted(character) {
        Class::Other(letter) => match simple_letters(letter) {
            [Some(letter), None, ..] => Class::Letter(letter),
            _ => Class::Other(letter),
        },
        class => class,
    }
}

/// The letters of a character in lower case and without their marks; no character has more than six.
fn simple_letters(character: char) -> [Option<char>; 6] {
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

fn sorted(character: char) -> Class {
    match character {
        'a'..='z' => Class::Letter(character),
        'A'..='Z' => Class::Letter(character.to_ascii_lowercase()),
        '0'..='9' => Class::Digit,
        '%' => Class::Percent,
        ' ' | '\t' | '\n' | '\r' | '-' | '\'' | '"' | '$' | '#' | '_' => Class::Gap,
        ',' | ':' => Class::Stop(b','),
        '\0'..='\u{7f}' => Class::Stop(b'.'),
        '\u{400}'..='\u{45f}' => cyrillic(character),
        '\u{600}'..='\u{6ff}' => arabic(character),
        '\u{900}'..='\u{97f}' => devanagari(character),
        _ => other(character),
    }
}

fn cyrillic(character: char) -> Class {
    match character {
        'а'..='и' | 'к'..='я' => Class::Letter(character),
        'й' | 'Й' => Class::Letter('и'),
        'ё' | 'Ё' => Class::Letter('е'),
        _ => Class::Other(character),
    }
}

/// Arabic and Persian forms of one letter are one; marks over letters are not written by everybody.
fn arabic(character: char) -> Class {
    match character {
        'ي' | 'ى' | 'ئ' => Class::Letter('ی'),
        'ك' => Class::Letter('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Class::Letter('ا'),
        'ؤ' => Class::Letter('و'),
        'ة' | 'ۀ' | 'ە' | 'ہ' => Class::Letter('ه'),
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Class::Nothing,
        '٪' => Class::Percent,
        _ if character.is_alphabetic() => Class::Letter(character),
        _ if character.is_numeric() => Class::Digit,
        '،' => Class::Stop(b','),
        _ => Class::Stop(b'.'),
    }
}

/// The dot below letters and the half moon above them are left out by many; what joins consonants is a part of words.
fn devanagari(character: char) -> Class {
    match character {
        '\u{93c}' => Class::Nothing,
        'ँ' => Class::Letter('ं'),
        '\u{958}'..='\u{95f}' => Class::Other(character),
        '।' | '॥' => Class::Stop(b'.'),
        '०'..='९' => Class::Digit,
        _ => Class::Letter(character),
    }
}

fn other(character: char) -> Class {
    match character {
        // Turkish capitals and small letters are each other's without a look at the language.
        'ı' | 'İ' => Class::Letter('i'),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}' => Class::Nothing,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            Class::Nothing
        }
        '\u{200c}' | '‐' | '‑' | '\u{2018}'..='\u{201f}' | '«' | '»' | '£' | '\u{20a0}'..='\u{20cf}' => {
            Class::Gap
        }
        '％' | '﹪' => Class::Percent,
        _ if character.is_alphabetic() => Class::Other(character),
        _ if character.is_numeric() => Class::Digit,
        _ if is_combining_mark(character) => Class::Letter(character),
        _ if character.is_whitespace() || emoji::is_part(character) => Class::Gap,
        _ => Class::Stop(b'.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut folded = Folded::default();
        folded.read_str(text);
        folded.text
    }

    #[test]
    fn every_writing_of_a_word_is_one() {
        for (text, expected) in [
            ("Take 20%-OFF, now!", " take # % off , now . "),
            ("3.460,00 € and $5", " # and # "),
            ("CÓDIGO co\u{301}digo", " codigo codigo "),
            ("İNDİRİM indırım", " indirim indirim "),
            ("كود خصم: أهلاً", " کود خصم , اهلا "),
            ("كد تخفيف‌های ٪۲۰", " کد تخفیف های % # "),
            ("ऑफ़र ऑफर पहुँच।", " ऑफर ऑफर पहुंच . "),
            ("क्\u{200d}ष", " क्ष "),
            ("Ёлка ЙОД", " елка иод "),
            ("don’t opt-out", " don t opt out "),
            ("winter20 A-1041", " winter20 a # "),
            ("🎉 sale 🎉🎉", " sale "),
            ("...!?", " . "),
            ("", " "),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_with_their_letters() {
        let mut folded = Folded::default();
        folded.read_str("Hi you,\n\nnow 20\n7");
        let letters: Vec<_> = folded.lines.iter().map(|line| line.letters).collect();
        assert_eq!((letters, folded.words), (vec![5, 3], 3));
    }
}
