//! Prefix index over phrases, optimised for misses: almost no word starts a phrase.
//!
//! A phrase whose first word ends within its first eight bytes is filed under that word, and any other that
//! is so long under those eight bytes: either way the bytes of a text say which key to look for. Only the
//! beginnings of words that are shorter need a look for each length.
//!
//! Texts of a dozen languages take turns, and what lies far off has to be fetched again. So a word that
//! begins nothing is known by the four bytes of a [`Start`], and one that does by one [`Key`], which tells
//! what follows almost always.

use crate::hash;

/// Bytes that say what may begin so, and the number of places that they fall into.
const START: usize = 4;
const STARTS: usize = 1 << 10;

/// Phrases by what they begin with.
#[derive(Debug)]
pub(super) struct Index {
    /// What may begin so.
    starts: Box<[Start; STARTS]>,
    /// The lengths of the beginnings of words that fill no start, a bit for each.
    short: u8,
    /// Those of a start side by side, and the starts with common words first: those are met in every text.
    keys: Box<[Key]>,
    /// Those of a key side by side.
    phrases: Box<[Phrase]>,
}

/// What is known of all keys that begin with the same bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    /// Where they begin.
    first: u16,
    /// How long the beginnings of words among them are, a bit for each length from four on; and in the upper
    /// twelve bits one for the hash of each whole word.
    held: u16,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    bytes: u64,
    /// The phrase that ends with the key, and [`NONE`] where there is none.
    whole: u16,
    /// Where the longer ones begin, if there are any; the upper bit says whether the key is the last of its
    /// start.
    first: u16,
    /// What may follow in those, a bit for the hash of three bytes.
    next: u32,
}

/// The bits of a start that are lengths.
const LENGTHS: u16 = 0xf;

/// Whether a key is the last of its start.
const LAST: u16 = 1 << 15;

/// No phrase.
const NONE: u16 = u16::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    /// What stands behind the key, eight bytes or all that is left: many phrases begin with the same word.
    next: u64,
    /// How many bytes those are.
    length: u16,
    number: u16,
    /// Whether it is the last of its key.
    is_last: bool,
}

/// A phrase on its way into the index.
struct Filed {
    start: usize,
    key: u64,
    /// The length of one that is the beginning of a word.
    length: Option<usize>,
    phrase: Phrase,
}

/// The bit of a number that says that its phrase is met in every text.
const COMMON: u16 = 1;

impl Index {
    /// Bytes of a key.
    const WIDTH: usize = size_of::<u64>();
    /// Bytes that are compared here of a phrase whose first word is no shorter.
    pub(super) const SURE: usize = 2 * Self::WIDTH;

    /// How many phrases there may be: their numbers are doubled, one is kept for none, and a bit of their
    /// places is taken.
    pub(super) const MOST: u16 = NONE / 2;

    /// The index of phrases, each with its number, [`Index::MOST`] of them at most; none has a zero byte.
    pub(super) fn new<'a>(phrases: impl Iterator<Item = (u16, &'a [u8])>) -> Self {
        let mut filed: Vec<_> = phrases.map(|(number, phrase)| Filed::new(number, phrase)).collect();
        let mut is_common = vec![false; STARTS];
        for phrase in filed.iter().filter(|phrase| phrase.phrase.number & COMMON != 0) {
            is_common.get_mut(phrase.start).into_iter().for_each(|common| *common = true);
        }
        filed.sort_unstable_by_key(|phrase| {
            let is_rare = is_common.get(phrase.start) == Some(&false);
            (is_rare, phrase.start, phrase.key, phrase.phrase)
        });
        let mut index = Self {
            starts: Box::new([Start::default(); STARTS]),
            short: 0,
            keys: Box::default(),
            phrases: Box::default(),
        };
        let (mut keys, mut phrases) = (Vec::new(), Vec::new());
        for start in filed.chunk_by(|one, other| one.start == other.start) {
            index.file(start, keys.len() as u16);
            for alike in start.chunk_by(|one, other| one.key == other.key) {
                keys.extend(alike.first().map(|first| Key::new(first.key, alike, &mut phrases)));
            }
            keys.last_mut().into_iter().for_each(|last: &mut Key| last.first |= LAST);
        }
        Self { keys: keys.into(), phrases: phrases.into(), ..index }
    }

    /// Takes note of what begins with the same bytes.
    fn file(&mut self, alike: &[Filed], first: u16) {
        let place = alike.first().and_then(|phrase| self.starts.get_mut(phrase.start));
        let Some(start) = place else { return };
        start.first = first;
        for phrase in alike {
            match phrase.length {
                None => start.held |= word_bit(phrase.key),
                Some(length) if length >= START => start.held |= 1 << (length - START),
                Some(length) => self.short |= 1 << length,
            }
        }
    }

    /// Returns how long the keys are that a text may begin with, a bit for each length: nearly always none.
    #[inline]
    pub(super) fn lengths(&self, text: &[u8]) -> u32 {
        let bytes = bytes(text);
        let word = first_word(bytes).min(text.len());
        let key = bytes & mask(word);
        let begins = self.starts.get(start(key)).copied().unwrap_or_default();
        // Of the beginnings of words those that end before it does, or with the text; and the word.
        let ends = word + usize::from(word == text.len());
        let lengths = u32::from(begins.held & LENGTHS) << START;
        let shorter = (lengths | u32::from(self.short)) & ((1 << ends) - 1);
        shorter | u32::from(begins.held & word_bit(key) != 0) << word
    }

    /// Tells the numbers of the phrases that may begin a text and have keys of these lengths, and how many
    /// bytes of each are sure to agree.
    #[inline]
    pub(super) fn candidates(&self, text: &[u8], mut lengths: u32, mut found: impl FnMut(u16, usize)) {
        let bytes = bytes(text);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let Some(key) = self.get(bytes & mask(length)) else { continue };
            if key.whole != NONE {
                found(key.whole, length);
            }
            if key.next == 0 {
                continue;
            }
            let next = self::bytes(text.get(length..).unwrap_or_default());
            if key.next & follows(next) != 0 {
                self.behind(key, next, |phrase| found(phrase.number, length + usize::from(phrase.length)));
            }
        }
    }

    #[inline]
    fn get(&self, bytes: u64) -> Option<&Key> {
        let first = usize::from(self.starts.get(start(bytes))?.first);
        for key in self.keys.get(first..)? {
            if key.bytes == bytes {
                return Some(key);
            }
            if key.first & LAST != 0 {
                break;
            }
        }
        None
    }

    /// The phrases that are longer than their key, and fit what stands behind it.
    fn behind(&self, key: &Key, next: u64, mut fits: impl FnMut(&Phrase)) {
        for phrase in self.phrases.get(usize::from(key.first & !LAST)..).unwrap_or_default() {
            if next & mask(usize::from(phrase.length)) == phrase.next {
                fits(phrase);
            }
            if phrase.is_last {
                break;
            }
        }
    }
}

impl Key {
    /// The key of phrases that begin alike, of which those that are longer go to the others.
    fn new(bytes: u64, alike: &[Filed], phrases: &mut Vec<Phrase>) -> Self {
        let mut key = Self { bytes, whole: NONE, first: phrases.len() as u16, next: 0 };
        for Filed { phrase, .. } in alike {
            if phrase.length == 0 && key.whole == NONE {
                key.whole = phrase.number;
                continue;
            }
            key.next |= if phrase.length < 3 { u32::MAX } else { follows(phrase.next) };
            phrases.push(*phrase);
        }
        if let Some(last) = phrases.last_mut().filter(|_| key.next != 0) {
            last.is_last = true;
        }
        key
    }
}

impl Filed {
    fn new(number: u16, phrase: &[u8]) -> Self {
        let bytes = bytes(phrase);
        let (word, length) = (first_word(bytes), phrase.len());
        let key = bytes & mask(word.min(length));
        let length = (length < word).then_some(length);
        Self { start: start(key), key, length, phrase: Phrase::new(number, phrase, word) }
    }
}

impl Phrase {
    /// A phrase whose key ends at a byte, or with the phrase.
    fn new(number: u16, phrase: &[u8], key: usize) -> Self {
        let behind = phrase.get(key..).unwrap_or_default();
        let length = behind.len().min(Index::WIDTH);
        Self { next: bytes(behind) & mask(length), length: length as u16, number, is_last: false }
    }
}

/// Returns how many bytes the first word has with the blanks around it, or as many as a key has.
fn first_word(bytes: u64) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // The first blank begins the word. A byte is zero where the blank stands (Hacker's Delight, 6-1); behind
    // it nothing is asked.
    let apart = bytes ^ (ONES * b' ' as u64) | 0xff;
    let blanks = apart.wrapping_sub(ONES) & !apart & (ONES << 7);
    (blanks.trailing_zeros() / u8::BITS + 1).min(Index::WIDTH as u32) as usize
}

/// The bits of so many first bytes.
fn mask(length: usize) -> u64 {
    const MASKS: [u64; 9] = [
        0,
        0xff,
        0xffff,
        0xff_ffff,
        u32::MAX as u64,
        u64::MAX >> 24,
        u64::MAX >> 16,
        u64::MAX >> 8,
        u64::MAX,
    ];
    MASKS.get(length).copied().unwrap_or(u64::MAX)
}

/// The place of what a key begins with.
fn start(key: u64) -> usize {
    (hash(key & mask(START)) >> (u64::BITS - STARTS.trailing_zeros())) as usize
}

/// The bit of a word in its start, above those of lengths.
fn word_bit(key: u64) -> u16 {
    // The upper byte of a hash, because no other depends on all of the key.
    let upper = hash(key) >> (u64::BITS - u8::BITS);
    1 << (4 + ((upper * 12) >> u8::BITS))
}

/// The bit of what stands behind a key.
fn follows(next: u64) -> u32 {
    1 << (hash(next & mask(3)) >> (u64::BITS - u32::BITS.trailing_zeros()))
}

/// Fibonacci hashing (Knuth 6.4): the upper bits are as good as random.
fn hash(bytes: u64) -> u64 {
    hash::fibonacci(bytes)
}

/// The first eight bytes of a text; zeros behind a shorter one.
fn bytes(text: &[u8]) -> u64 {
    match text.first_chunk::<{ Index::WIDTH }>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text.iter().rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidates(index: &Index, text: &str) -> Vec<u16> {
        let mut found = Vec::new();
        index.candidates(text.as_bytes(), index.lengths(text.as_bytes()), |number, _| found.push(number));
        found
    }

    fn index(phrases: &[(u16, &str)]) -> Index {
        Index::new(phrases.iter().map(|(number, phrase)| (*number, phrase.as_bytes())))
    }

    proptest! {
        #[test]
        fn every_phrase_is_found_where_it_begins(
            phrases in prop::collection::vec("[a-cé ]{1,12}", 0..40),
            text in "[a-cé ]{0,20}",
        ) {
            let index = Index::new((0..).zip(phrases.iter().map(String::as_bytes)));
            let begins = |number: &u16| text.starts_with(&phrases[*number as usize]);
            index.candidates(text.as_bytes(), index.lengths(text.as_bytes()), |number, sure| {
                let agree = phrases[number as usize].as_bytes().get(..sure);
                assert!(agree.is_some_and(|agree| text.as_bytes().starts_with(agree)), "{number} {sure}");
            });
            let mut found = candidates(&index, &text);
            found.retain(begins);
            found.sort_unstable();
            let all: Vec<u16> = (0..phrases.len() as u16).filter(begins).collect();
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn what_begins_otherwise_is_not_looked_at() {
        let index = index(&[(7, " off "), (9, " offer"), (3, " off ")]);
        assert_eq!(candidates(&index, " off the wall"), [3, 7]);
        assert_eq!(candidates(&index, " offers "), [9]);
        assert_eq!(candidates(&index, " of"), [0_u16; 0]);
        let short = self::index(&[(0, " "), (1, "é")]);
        assert_eq!(candidates(&short, " "), [0]);
        assert_eq!(candidates(&self::index(&[]), " off "), [0_u16; 0]);
    }
}
