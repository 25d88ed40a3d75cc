//! Which phrases begin at a word, by the bytes it begins with: nearly all words begin none, so one look has to be cheap.

/// Bytes that are looked at first, and the number of places that they fall into.
const START: usize = 4;
const STARTS: usize = 1 << 12;

/// Phrases by their first bytes: eight, or all of a shorter one.
#[derive(Debug)]
pub(super) struct Index {
    /// How long the keys are that begin so, a bit for each length. Small enough to stay close, while the table is asked
    /// for few words.
    lengths: Box<[u8; STARTS]>,
    /// The same of keys so short that they do not fill a start, by their second byte: they begin with a blank.
    short: Box<[u8; 256]>,
    /// An open table: a power of two, half of it free. What a place holds is a few bits of the key's hash, and zero where
    /// it is free.
    tags: Box<[u16]>,
    slots: Box<[Slot]>,
    shift: u32,
    /// Numbers of phrases, those of a key side by side.
    phrases: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    start: u32,
    end: u32,
}

impl Index {
    /// Bytes of a key.
    pub(super) const WIDTH: usize = size_of::<u64>();

    /// The index of phrases, each with its number.
    pub(super) fn new<'a>(phrases: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut keyed: Vec<(u64, u32)> =
            phrases.map(|(number, phrase)| (key(phrase.as_bytes()), number)).collect();
        keyed.sort_unstable();
        let count = (keyed.len() * 2).next_power_of_two().max(2);
        let mut index = Self {
            lengths: Box::new([0; STARTS]),
            short: Box::new([0; 256]),
            tags: vec![0; count].into(),
            slots: vec![Slot::default(); count].into(),
            shift: u64::BITS - count.trailing_zeros(),
            phrases: keyed.iter().map(|(_, number)| *number).collect(),
        };
        let mut start = 0;
        for alike in keyed.chunk_by(|one, other| one.0 == other.0) {
            let end = start + alike.len() as u32;
            alike.first().into_iter().for_each(|(key, _)| index.put(Slot { key: *key, start, end }));
            start = end;
        }
        index
    }

    /// Tells the numbers of the phrases that may begin with a text, each with how many bytes of it are sure to agree:
    /// all of a phrase that is shorter than a key.
    pub(super) fn candidates(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let key = key(text);
        let short = self.short.get(second(key)).copied().unwrap_or_default();
        let mut lengths = short | self.lengths.get(start(key)).copied().unwrap_or_default();
        while lengths != 0 {
            let unused = lengths.leading_zeros();
            let first = key & u64::MAX >> (u8::BITS * unused);
            // A text that is shorter begins with no phrase of this length.
            if first.leading_zeros() / u8::BITS == unused {
                self.get(first).iter().for_each(|number| found(*number, Self::WIDTH - unused as usize));
            }
            lengths ^= 0x80 >> unused;
        }
    }

    fn put(&mut self, slot: Slot) {
        let unused = slot.key.leading_zeros() / u8::BITS;
        // A key of one byte may have any byte behind it.
        let lengths = match Self::WIDTH - unused as usize {
            ..2 => &mut self.short[..],
            ..START => one(&mut self.short[..], second(slot.key)),
            _ => one(&mut self.lengths[..], start(slot.key)),
        };
        lengths.iter_mut().for_each(|lengths| *lengths |= 0x80 >> unused);
        let (mut place, tag) = self.place(slot.key);
        while self.tags.get(place).is_some_and(|taken| *taken != 0) {
            place = (place + 1) % self.slots.len();
        }
        self.tags.get_mut(place).into_iter().for_each(|free| *free = tag);
        self.slots.get_mut(place).into_iter().for_each(|free| *free = slot);
    }

    fn get(&self, key: u64) -> &[u32] {
        let (mut place, tag) = self.place(key);
        while let Some(taken) = self.tags.get(place).filter(|taken| **taken != 0) {
            if *taken == tag
                && let Some(slot) = self.slots.get(place).filter(|slot| slot.key == key)
            {
                return self.phrases.get(slot.start as usize..slot.end as usize).unwrap_or_default();
            }
            place = (place + 1) % self.slots.len();
        }
        &[]
    }

    /// Where the search for a key begins, and what its place holds.
    fn place(&self, key: u64) -> (usize, u16) {
        let hash = hash(key);
        ((hash >> self.shift) as usize, (hash >> 24) as u16 | 1)
    }
}

fn one(lengths: &mut [u8], place: usize) -> &mut [u8] {
    lengths.get_mut(place..=place).unwrap_or_default()
}

/// The place of what a key begins with.
fn start(key: u64) -> usize {
    let start = key & u64::MAX >> (u64::BITS - u8::BITS * START as u32);
    (hash(start) >> (u64::BITS - STARTS.trailing_zeros())) as usize
}

/// The second byte of a key.
fn second(key: u64) -> usize {
    (key >> 8) as usize & 0xff
}

/// Fibonacci hashing (Knuth 6.4): the upper bits are as good as random.
fn hash(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The first eight bytes of a text; zeros behind a shorter one.
fn key(text: &[u8]) -> u64 {
    match text.first_chunk::<{ Index::WIDTH }>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)),
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
