//! Which phrases begin at a word, by the bytes it begins with: nearly all words begin none, so one look has to be cheap.
//!
//! A phrase whose first word ends within its first eight bytes is filed under that word, and any other that is so long
//! under those eight bytes: either way the bytes of a text say which key to look for. Only the beginnings of words that
//! are shorter need a look for each length.

/// Bytes that say whether a shorter beginning may be there, and the number of places that they fall into.
const START: usize = 4;
const STARTS: usize = 1 << 10;

/// Phrases by what they begin with. All of it is small, because texts of a dozen languages take turns, and what lies far
/// off has to be fetched again.
#[derive(Debug)]
pub(super) struct Index {
    /// An open table: a power of two, three quarters of it free or more, so that few words that begin nothing meet a key. A
    /// place holds a byte of a key's hash, and zero where it is free: sixty-four of them come with one look.
    tags: Box<[u8]>,
    /// Which key it is, place by place.
    numbers: Box<[u16]>,
    shift: u32,
    keys: Box<[Key]>,
    /// Those of a key side by side.
    phrases: Box<[Phrase]>,
    /// How long the shorter beginnings are that start so, a bit for each length; and those that fill no start.
    lengths: Box<[u8; STARTS]>,
    short: u8,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    bytes: u64,
    /// Where its phrases begin; the number of the only one where it ends with the key, as nearly all that are met do.
    first: u32,
    /// How many phrases there are; none where the only one is known.
    count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    /// What stands behind the key, eight bytes or all that is left: many phrases begin with the same word.
    next: u64,
    /// How many bytes those are.
    length: u32,
    number: u32,
}

impl Index {
    /// Bytes of a key.
    const WIDTH: usize = size_of::<u64>();
    /// Bytes that are compared here of a phrase whose first word is no shorter.
    pub(super) const SURE: usize = 2 * Self::WIDTH;

    /// The index of phrases, each with its number; no more than 65,534 of them, and none with a zero byte.
    pub(super) fn new<'a>(phrases: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut keyed = Vec::new();
        let (mut lengths, mut short) = (Box::new([0; STARTS]), 0);
        for (number, phrase) in phrases {
            let bytes = bytes(phrase.as_bytes());
            let (word, length) = (first_word(bytes), phrase.len());
            keyed.push((bytes & mask(word.min(length)), Phrase::new(number, phrase.as_bytes(), word)));
            if length < word {
                let filled = lengths.get_mut(start(bytes)).filter(|_| length >= START);
                *filled.unwrap_or(&mut short) |= 1 << length;
            }
        }
        keyed.sort_unstable();
        let (mut keys, mut phrases) = (Vec::new(), Vec::new());
        for alike in keyed.chunk_by(|one, other| one.0 == other.0) {
            match *alike {
                [] => {}
                [(bytes, only)] if only.length == 0 => keys.push(Key { bytes, first: only.number, count: 0 }),
                [(bytes, _), ..] => {
                    keys.push(Key { bytes, first: phrases.len() as u32, count: alike.len() as u32 });
                    phrases.extend(alike.iter().map(|(_, phrase)| *phrase));
                }
            }
        }
        let (tags, numbers, shift) = table(&keys);
        Self { tags, numbers, shift, keys: keys.into(), phrases: phrases.into(), lengths, short }
    }

    /// Tells the numbers of the phrases that may begin with a text, and how many bytes of it are sure to agree.
    #[inline]
    pub(super) fn candidates(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let bytes = bytes(text);
        let word = first_word(bytes).min(text.len());
        let shorter = self.short | self.lengths.get(start(bytes)).copied().unwrap_or_default();
        // The word, and of the beginnings of words those that end before it does.
        let mut lengths = 1_u32 << word | u32::from(shorter) & ((1 << word) - 1);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let Some(key) = self.get(bytes & mask(length)) else { continue };
            if key.count == 0 {
                found(key.first, length);
                continue;
            }
            let next = self::bytes(text.get(length..).unwrap_or_default());
            let fits = |phrase: &&Phrase| next & mask(phrase.length as usize) == phrase.next;
            let phrases = self.phrases.get(key.first as usize..(key.first + key.count) as usize);
            let fitting = phrases.unwrap_or_default().iter().filter(fits);
            fitting.for_each(|phrase| found(phrase.number, length + phrase.length as usize));
        }
    }

    #[inline]
    fn get(&self, bytes: u64) -> Option<&Key> {
        let (mut place, tag) = place(bytes, self.shift);
        while let Some(taken) = self.tags.get(place).filter(|taken| **taken != 0) {
            if *taken == tag {
                let key = self.numbers.get(place).and_then(|number| self.keys.get(usize::from(*number)));
                if let Some(key) = key.filter(|key| key.bytes == bytes) {
                    return Some(key);
                }
            }
            place = (place + 1) & (self.tags.len() - 1);
        }
        None
    }
}

impl Phrase {
    /// A phrase whose key ends at a byte, or with the phrase.
    fn new(number: u32, phrase: &[u8], key: usize) -> Self {
        let behind = phrase.get(key..).unwrap_or_default();
        let length = behind.len().min(Index::WIDTH);
        Self { next: bytes(behind) & mask(length), length: length as u32, number }
    }
}

/// The table of keys, and how far a hash is shifted for a place in it.
fn table(keys: &[Key]) -> (Box<[u8]>, Box<[u16]>, u32) {
    let size = (keys.len() * 4).next_power_of_two().max(2);
    let shift = u64::BITS - size.trailing_zeros();
    let (mut tags, mut numbers) = (vec![0_u8; size], vec![0_u16; size]);
    for (number, key) in (0..).zip(keys) {
        let (mut at, tag) = place(key.bytes, shift);
        while tags.get(at).is_some_and(|taken| *taken != 0) {
            at = (at + 1) & (size - 1);
        }
        if let (Some(free), Some(place)) = (tags.get_mut(at), numbers.get_mut(at)) {
            (*free, *place) = (tag, number);
        }
    }
    (tags.into(), numbers.into(), shift)
}

/// Where the search for a key begins, and the byte that its place holds.
fn place(bytes: u64, shift: u32) -> (usize, u8) {
    let hash = hash(bytes);
    ((hash >> shift) as usize, (hash >> 32) as u8 | 1)
}

/// How many bytes the first word has with the blanks around it, or as many as a key has.
fn first_word(bytes: u64) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // The first blank begins the word. A byte is zero where the blank stands (Hacker's Delight, 6-1); behind it nothing is
    // asked.
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

/// The place of what a text begins with.
fn start(bytes: u64) -> usize {
    (hash(bytes & mask(START)) >> (u64::BITS - STARTS.trailing_zeros())) as usize
}

/// Fibonacci hashing (Knuth 6.4): the upper bits are as good as random.
fn hash(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15)
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

    fn candidates(index: &Index, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        index.candidates(text.as_bytes(), |number, _| found.push(number));
        found
    }

    proptest! {
        #[test]
        fn every_phrase_is_found_where_it_begins(
            phrases in prop::collection::vec("[a-cé ]{1,12}", 0..40),
            text in "[a-cé ]{0,20}",
        ) {
            let index = Index::new(phrases.iter().enumerate().map(|(at, phrase)| (at as u32, phrase.as_str())));
            let begins = |number: &u32| text.starts_with(&phrases[*number as usize]);
            index.candidates(text.as_bytes(), |number, sure| {
                let agree = phrases[number as usize].as_bytes().get(..sure);
                assert!(agree.is_some_and(|agree| text.as_bytes().starts_with(agree)), "{number} {sure}");
            });
            let mut found = candidates(&index, &text);
            found.retain(begins);
            found.sort_unstable();
            let all: Vec<u32> = (0..phrases.len() as u32).filter(begins).collect();
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn what_begins_otherwise_is_not_looked_at() {
        let index = Index::new([(7, " off "), (9, " offer"), (3, " off ")].into_iter());
        assert_eq!(candidates(&index, " off the wall"), [3, 7]);
        assert_eq!(candidates(&index, " offers "), [9]);
        assert_eq!(candidates(&index, " of"), [0_u32; 0]);
        let short = Index::new([(0, " "), (1, "é")].into_iter());
        assert_eq!(candidates(&short, " "), [0]);
        assert_eq!(candidates(&Index::new(std::iter::empty()), " off "), [0_u32; 0]);
    }
}
