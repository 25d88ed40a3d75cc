//! Texts as word lists are compared with them: one form of every letter, and one blank around every token.
//!
//! `Take *20%* off your CÓDIGO!` becomes ` take # % off your codigo . `. A token is a word, `#` for a number
//! or a placeholder, `%`, `$` for a constant, or `,` and `.` for signs that no phrase reaches across.

use std::ops::Range;

use super::class::{self, CharClass};
use crate::model::{SegmentKind, Text};

/// A text in its folded form.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) tokens: Tokens,
    /// How many of them are words.
    pub(super) words: usize,
    /// Its lines, in order.
    pub(super) lines: Vec<FoldedLine>,
}

/// The tokens of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// A blank before the first, and one after each. Bytes of UTF-8, because they are written and compared as
    /// such.
    pub(super) text: Vec<u8>,
    /// Where those blanks are that a phrase may begin with: those before anything else than `,` and `.`.
    pub(super) starts: Vec<usize>,
}

/// A line of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FoldedLine {
    /// Where its tokens end in the folded text.
    pub(crate) end: usize,
    /// Number of letters.
    pub(crate) letters: usize,
    /// Number of stop words.
    pub(crate) stop_words: usize,
}

impl FoldedLine {
    /// Returns whether a line is long enough to contain a stop word of its language, but has none.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.stop_words == 0 && self.letters >= MIN_LETTERS
    }
}

/// Fewest letters that a line needs before its language is judged.
pub(crate) const MIN_LETTERS: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Gap,
    Word,
    Number,
    /// A sign that stands there already.
    Comma,
    Stop,
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

    /// Characters that are their own folded form.
    fn many(&mut self, folded: usize, text: &str, start: usize);
}

/// UnusableHost asks.
impl Note for () {
    fn one(&mut self, _: usize, _: Range<usize>) {}

    fn many(&mut self, _: usize, _: &str, _: usize) {}
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

    fn many(&mut self, at: usize, text: &str, start: usize) {
        for (place, character) in text.char_indices() {
            self.one(at + place, start + place..start + place + character.len_utf8());
        }
    }
}

impl Tokens {
    fn push(&mut self, letter: char) {
        let mut bytes = [0; 4];
        // Faster than `extend_from_slice` for 1 to 4 bytes (measured).
        letter.encode_utf8(&mut bytes).bytes().for_each(|byte| self.text.push(byte));
    }

    fn blank(&mut self) {
        self.starts.push(self.text.len());
        self.text.push(b' ');
    }
}

/// Room for nearly all texts: one is folded after the other in the same memory, and most often a short one
/// comes first.
const USUAL_BYTES: usize = 512;

impl Folded {
    /// Begins anew with a text of so many bytes, and keeps the memory.
    fn begin(&mut self, length: usize) {
        self.tokens.text.clear();
        self.tokens.starts.clear();
        // Room for nearly all texts at once: most are folded to hardly more bytes, and words have five and
        // more.
        let length = length.max(USUAL_BYTES);
        self.tokens.text.reserve(length + length / 4);
        self.tokens.starts.reserve(length / 4);
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

/// Returns whether a sentence ends between two places of a folded text.
pub(super) fn is_broken(folded: &[u8], between: Range<usize>) -> bool {
    folded.get(between).is_some_and(|between| between.windows(3).any(|token| token == b" . "))
}

/// Returns where ranges of the folded text stand in the text itself.
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
    let mut folder = Folder::new(folded, text.len() as usize, note);
    for piece in &text.pieces {
        let range = piece.range.clone();
        match piece.kind {
            SegmentKind::Run => folder.run(text.slice(piece), range.start),
            SegmentKind::FormatMarker | SegmentKind::Escape => folder.close(),
            SegmentKind::Constant(_) => {
                folder.token('$', range);
                folder.folded.words += 1;
            }
            SegmentKind::Placeholder(_) | SegmentKind::Malformed(_) => folder.token('#', range),
        }
    }
    folder.finish();
}

fn read_str(folded: &mut Folded, text: &str, note: impl Note) {
    let mut folder = Folder::new(folded, text.len(), note);
    folder.run(text, 0);
    folder.finish();
}

impl<'f, N: Note> Folder<'f, N> {
    fn new(folded: &'f mut Folded, length: usize, note: N) -> Self {
        folded.begin(length);
        folded.tokens.blank();
        Self { folded, last: Last::Gap, letters: 0, note }
    }

    fn run(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'a'..=b'z' => at += self.unchanged(text, at, start, plain),
                b' ' => {
                    self.gap();
                    at += 1;
                }
                0..0x80 => {
                    self.character(class::of_ascii(*byte), char::from(*byte), start + at, || {
                        text.get(at + 1..)
                    });
                    at += 1;
                }
                _ if begins_unchanged(bytes, at) => at += self.unchanged(text, at, start, wide),
                _ => {
                    let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                    let end = at + character.len_utf8();
                    self.character(class::of(character), character, start + at, || text.get(end..));
                    at = end;
                }
            }
        }
        self.close();
    }

    /// Takes letters in a row that are their own folded form, and tells how many bytes they have.
    fn unchanged(
        &mut self,
        text: &str,
        at: usize,
        start: usize,
        take: impl Fn(&[u8], &mut Vec<u8>) -> usize,
    ) -> usize {
        self.word();
        let folded = &mut self.folded.tokens.text;
        let before = folded.len();
        self.letters += take(text.as_bytes().get(at..).unwrap_or_default(), folded);
        let length = folded.len() - before;
        self.note.many(before, text.get(at..at + length).unwrap_or_default(), start + at);
        length
    }

    #[inline]
    fn character<'t>(
        &mut self,
        class: CharClass,
        character: char,
        start: usize,
        behind: impl Fn() -> Option<&'t str>,
    ) {
        let range = start..start + character.len_utf8();
        match class {
            CharClass::Letter(letter) => self.letter(letter, range),
            CharClass::Letters => self.several(character, range),
            CharClass::Digit => self.digit(character, range),
            CharClass::Gap if character == '\u{200c}' && !self.is_after_arabic() => {}
            CharClass::Gap => {
                self.gap();
                if character == '\n' {
                    self.line();
                }
            }
            // A point or comma inside a number.
            CharClass::Comma | CharClass::Stop
                if self.last == Last::Number
                    && behind().is_some_and(|behind| behind.starts_with(char::is_numeric)) => {}
            CharClass::Comma => self.stop(Last::Comma, ',', range),
            CharClass::Stop => self.stop(Last::Stop, '.', range),
            CharClass::Percent => self.token('%', range),
            CharClass::Nothing => self.nothing(range),
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
        self.push(letter, range);
    }

    fn push(&mut self, letter: char, range: Range<usize>) {
        self.note.one(self.folded.tokens.text.len(), range);
        self.folded.tokens.push(letter);
    }

    /// Lower case, and the letter without its marks.
    fn several(&mut self, character: char, range: Range<usize>) {
        let letters = class::simple_letters(character);
        letters.into_iter().flatten().for_each(|letter| self.letter(letter, range.clone()));
    }

    fn digit(&mut self, digit: char, range: Range<usize>) {
        match self.last {
            // Mixed letters and digits never match a phrase.
            Last::Word => self.letter(digit, range),
            Last::Number => self.nothing(range),
            Last::Gap | Last::Comma | Last::Stop => {
                self.push('#', range);
                self.last = Last::Number;
            }
        }
    }

    /// Something without a form of its own, which belongs to the letter before it.
    fn nothing(&mut self, range: Range<usize>) {
        if matches!(self.last, Last::Word | Last::Number) {
            let before = self.folded.tokens.text.iter().rposition(|byte| byte & 0xc0 != 0x80);
            self.note.one(before.unwrap_or_default(), range);
        }
    }

    /// One sign for many of a kind in a row.
    fn stop(&mut self, last: Last, sign: char, range: Range<usize>) {
        if self.last != last {
            self.close();
            self.folded.tokens.starts.pop();
            self.token(sign, range);
            self.last = last;
        }
    }

    fn token(&mut self, sign: char, range: Range<usize>) {
        self.close();
        self.push(sign, range);
        self.folded.tokens.blank();
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
            self.folded.tokens.blank();
        }
        self.last = Last::Gap;
    }

    fn line(&mut self) {
        if self.letters > 0 {
            let line =
                FoldedLine { end: self.folded.tokens.text.len(), letters: self.letters, stop_words: 0 };
            self.folded.lines.push(line);
            self.letters = 0;
        }
    }

    fn finish(&mut self) {
        self.close();
        self.folded.tokens.starts.pop();
        self.line();
    }

    /// In Arabic script a zero-width non-joiner stands between parts of words, elsewhere inside of them.
    fn is_after_arabic(&self) -> bool {
        // U+0600 to U+06FF.
        self.last == Last::Word && matches!(self.folded.tokens.text.as_slice(), [.., 0xd8..=0xdb, _])
    }
}

/// Copies plain letters up to the first other byte, and tells how many there are.
fn plain(text: &[u8], folded: &mut Vec<u8>) -> usize {
    let (mut rest, mut letters) = (text, 0);
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        let count = plain_letters(u64::from_le_bytes(*eight));
        // All of them, because a copy of so many bytes is one instruction, and few words are longer.
        folded.extend_from_slice(eight);
        folded.truncate(folded.len() - (8 - count));
        letters += count;
        if count < 8 {
            return letters;
        }
        rest = behind;
    }
    let last = rest.iter().take_while(|byte| byte.is_ascii_lowercase());
    letters + last.map(|byte| folded.push(*byte)).count()
}

/// Returns how many of eight bytes are plain letters, before the first that is none.
fn plain_letters(bytes: u64) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let low = bytes & !HIGH;
    // Adding sets the upper bit of each byte that is large enough (Hacker's Delight, 6-1).
    let from_a = low + ONES * u64::from(0x80 - b'a');
    let beyond_z = low + ONES * u64::from(0x7f - b'z');
    let others = !(from_a & !beyond_z & !bytes) & HIGH;
    (others.trailing_zeros() / u8::BITS) as usize
}

/// The same as for plain letters, of all others that are their own folded form.
fn wide(text: &[u8], folded: &mut Vec<u8>) -> usize {
    let (mut at, mut letters) = (0, 0);
    while let Some((_, length)) = code(text, at).filter(|(code, _)| class::is_unchanged(*code)) {
        // Two or three, one by one: a call for so few costs more.
        text.iter().skip(at).take(length).for_each(|byte| folded.push(*byte));
        at += length;
        letters += 1;
    }
    letters
}

fn begins_unchanged(text: &[u8], at: usize) -> bool {
    code(text, at).is_some_and(|(code, _)| class::is_unchanged(code))
}

/// The character at a place by its number and its bytes, if it is none of ASCII's and of 16 bits.
fn code(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let byte = |behind: usize| bytes.get(at + behind).copied().map(u16::from);
    match byte(0)? {
        first @ 0xc2..=0xdf => Some(((first & 0x1f) << 6 | byte(1)? & 0x3f, 2)),
        first @ 0xe0..=0xef => Some(((first & 0x0f) << 12 | (byte(1)? & 0x3f) << 6 | byte(2)? & 0x3f, 3)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Character by character, without a shortcut for letters in a row.
    fn slowly(text: &str) -> (Folded, Vec<(usize, Range<usize>)>) {
        let (mut folded, mut noted) = (Folded::default(), Vec::new());
        let mut folder = Folder::new(&mut folded, text.len(), &mut noted);
        for (at, character) in text.char_indices() {
            let behind = || text.get(at + character.len_utf8()..);
            folder.character(class::of(character), character, at, behind);
        }
        folder.finish();
        (folded, noted)
    }

    proptest! {
        #[test]
        fn letters_in_a_row_are_folded_as_one_by_one(
            text in "([a-zA-Z0-9 .,%\n\u{e9}\u{df}\u{430}-\u{451}\u{627}-\u{64a}\u{905}-\u{93c}\u{4e00}\u{ac00}\u{200c}]|\\PC){0,40}",
        ) {
            let (mut folded, mut noted) = (Folded::default(), Vec::new());
            read_str(&mut folded, &text, &mut noted);
            let (expected, places) = slowly(&text);
            prop_assert_eq!(folded.tokens.text, expected.tokens.text);
            prop_assert_eq!(folded.tokens.starts, expected.tokens.starts);
            prop_assert_eq!((folded.words, folded.lines), (expected.words, expected.lines));
            prop_assert_eq!(noted, places);
        }
    }

    fn folded(text: &str) -> String {
        let mut folded = Folded::default();
        folded.read_str(text);
        String::from_utf8(folded.tokens.text).expect("a text")
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
    fn plain_letters_end_at_any_other_byte() {
        for byte in 0..=u8::MAX {
            for at in 0..12 {
                let mut text = *b"thequickbrown";
                text[at] = byte;
                let mut folded = Vec::new();
                let letters = text.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
                assert_eq!(plain(&text, &mut folded), letters, "{text:?}");
                assert_eq!(folded, text[..letters]);
            }
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
