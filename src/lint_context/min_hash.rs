//! MinHash sketch for near-duplicate detection.
//!
//! MinHash with one permutation (Broder 1997; Li, Owen, Zhang 2012): each run of eight bytes is hashed, falls into one of
//! the cells by its hash, and the least hash of each cell stays. Of two texts, about as many cells agree as their runs do.

use std::num::NonZeroU16;

use crate::hash::mix64;

/// The number of cells.
const CELLS: usize = 32;
/// Bytes of a run: a word and its edge in most scripts, two or three signs in Chinese.
const RUN: usize = 8;
/// Shorter texts have so little content that many are legitimately nearly the same.
const SHORTEST: usize = 64;

/// The number of letter kinds that are distinguished.
const KINDS: usize = 64;

/// The sketch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinHash {
    cells: [u8; CELLS],
    /// The number of letters of each kind: by the last byte of each, saturating at the limit of a byte.
    letters: [u8; KINDS],
}

impl MinHash {
    /// Cells that have to agree for two texts to meet in a band.
    pub const ROWS: usize = 4;
    /// The number of bands.
    pub const BANDS: usize = CELLS / Self::ROWS;

    /// The sketch of a text; nothing where it is short.
    pub fn new(text: &[u8]) -> Option<Self> {
        (text.len() >= SHORTEST).then(|| Self { cells: cells(text), letters: letters(text) })
    }

    /// The keys under which nearly equal texts meet, band by band: one that they share is enough.
    pub fn bands(&self) -> impl Iterator<Item = [u8; Self::ROWS]> {
        self.cells.as_chunks().0.iter().copied()
    }

    /// The percentage of cells that agree.
    pub fn similarity(&self, other: &Self) -> usize {
        self.cells.iter().zip(&other.cells).filter(|(a, b)| a == b).count() * 100 / CELLS
    }

    /// Returns whether the matching letters can reach `share`, but for `slack`. What agrees in order agrees
    /// in any order, so that this never rules out what does.
    pub fn can_reach(&self, other: &Self, share: f64, slack: f64) -> bool {
        let all = || self.letters.iter().chain(&other.letters);
        // A saturated count gives no information.
        let both: u32 = all().copied().map(u32::from).sum();
        let is_full = all().any(|count| *count == u8::MAX);
        is_full || f64::from(self.apart(other)) <= (1.0 - share) * f64::from(both) + slack
    }

    /// The number of letters; `None` if a count is saturated.
    pub fn count(&self) -> Option<NonZeroU16> {
        let is_full = self.letters.contains(&u8::MAX);
        let count = self.letters.iter().copied().map(u16::from).sum();
        NonZeroU16::new(count).filter(|_| !is_full)
    }

    /// Returns whether texts of these lengths may agree, as [`MinHash::may_agree`] does.
    pub fn counts_may_agree(
        one: Option<NonZeroU16>,
        other: Option<NonZeroU16>,
        share: f64,
        slack: f64,
    ) -> bool {
        let fits = |(one, other): (NonZeroU16, NonZeroU16)| {
            let (one, other) = (f64::from(one.get()), f64::from(other.get()));
            (one - other).abs() <= (1.0 - share) * (one + other) + slack
        };
        one.zip(other).is_none_or(fits)
    }

    /// The least number of letters that one of the texts has and the other has not.
    fn apart(&self, other: &Self) -> u32 {
        self.letters.iter().zip(&other.letters).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
    }
}

/// Sets of cells that take turns: one alone would wait for each of its changes before the next.
const TURNS: usize = 4;

/// The least hash of each cell. Runs are those that end at each byte but the first seven.
fn least(text: &[u8]) -> [u64; CELLS] {
    let mut turns = [[u64::MAX; CELLS]; TURNS];
    let (first, rest) = text.split_at_checked(RUN - 1).unwrap_or_default();
    let mut run = first.iter().fold(0, |run, byte| run >> 8 | u64::from(*byte) << 56);
    let (fours, rest) = rest.as_chunks::<TURNS>();
    for four in fours {
        for (byte, least) in four.iter().zip(&mut turns) {
            run = run >> 8 | u64::from(*byte) << 56;
            take(least, mix64(run));
        }
    }
    for (byte, least) in rest.iter().zip(&mut turns) {
        run = run >> 8 | u64::from(*byte) << 56;
        take(least, mix64(run));
    }
    let [mut least, others @ ..] = turns;
    for other in others {
        least.iter_mut().zip(other).for_each(|(least, other)| *least = other.min(*least));
    }
    least
}

/// Adds a hash: its upper bits select the cell, which keeps the least hash.
fn take(least: &mut [u64; CELLS], mixed: u64) {
    if let Some(cell) = least.get_mut((mixed >> (u64::BITS - CELLS.trailing_zeros())) as usize) {
        *cell = mixed.min(*cell);
    }
}

fn cells(text: &[u8]) -> [u8; CELLS] {
    let least = least(text);
    let filled = |cell: usize| least.get(cell % CELLS).copied().filter(|least| *least != u64::MAX);
    let mut cells = [0; CELLS];
    for (index, byte) in cells.iter_mut().enumerate() {
        // A cell that nothing fell into has what its neighbour has.
        let found = (0..CELLS).find_map(|away| Some((away, filled(index + away)?)));
        let (away, least) = found.unwrap_or_default();
        *byte = (crate::hash::fibonacci(least) >> 56) as u8 ^ away as u8;
    }
    cells
}

fn letters(text: &[u8]) -> [u8; KINDS] {
    // Two counts take turns: letters in a row are often the same, and one count would wait for itself.
    let mut counts = [[0_u32; KINDS]; 2];
    let [even, odd] = &mut counts;
    // What a continuation byte follows has no end there. Adding nothing costs less than a branch that no processor guesses.
    let ends = |next: u8| u32::from(next & 0xc0 != 0x80);
    let (pairs, _) = text.as_chunks::<2>();
    let (behind, _) = text.get(1..).unwrap_or_default().as_chunks::<2>();
    for ([one, other], [_, next]) in pairs.iter().zip(behind) {
        count(even, *one, ends(*other));
        count(odd, *other, ends(*next));
    }
    // What is left has no pair behind it: the last byte, and with an even number of them the one before.
    let rest = text.get(behind.len() * 2..).unwrap_or_default();
    rest.iter().zip(rest.iter().skip(1)).for_each(|(byte, next)| count(even, *byte, ends(*next)));
    rest.last().into_iter().for_each(|last| count(odd, *last, 1));
    let [even, odd] = counts;
    let mut letters = [0; KINDS];
    for (letters, (even, odd)) in letters.iter_mut().zip(even.into_iter().zip(odd)) {
        *letters = (even + odd).min(u32::from(u8::MAX)) as u8;
    }
    letters
}

fn count(counts: &mut [u32; KINDS], last: u8, letters: u32) {
    if let Some(count) = counts.get_mut(usize::from(last) % KINDS) {
        *count += letters;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MinHash, NonZeroU16};

    const TEXT: &str = "Dear {}, your order {} left our warehouse today and will be with you before {}. You can \
                        follow it with the number {} on the page of the carrier, or answer this message.";

    fn sketch(text: &str) -> MinHash {
        MinHash::new(text.as_bytes()).expect("long enough")
    }

    #[test]
    fn little_changes_keep_most_cells_and_one_band() {
        let original = sketch(TEXT);
        for (word, other) in
            [("today", "just now"), ("follow", "track"), ("Dear", "Hello"), ("answer", "reply to")]
        {
            let changed = sketch(&TEXT.replace(word, other));
            assert!(original.similarity(&changed) >= 65, "{word}: {}", original.similarity(&changed));
            let shared = original.bands().zip(changed.bands()).filter(|(a, b)| a == b).count();
            assert!(shared > 0, "{word}");
        }
    }

    #[test]
    fn letters_that_one_text_lacks_are_counted() {
        let apart = |other: &str| sketch(TEXT).apart(&sketch(other));
        assert_eq!(apart(TEXT), 0);
        assert_eq!(apart(&TEXT.replace("Dear", "Deer")), 2);
        assert_eq!(apart(&TEXT.replace("Dear", "Dearest")), 3);
        assert_eq!(apart(&TEXT.replace("Dear", "Déär")), 4);
        let (few, many) = (sketch(&"é".repeat(80)), sketch(&"e".repeat(100)));
        assert!(few.can_reach(&few, 1.0, 0.0) && !few.can_reach(&many, 0.95, 6.0));
        assert_eq!((few.count(), sketch(&"e".repeat(255)).count()), (NonZeroU16::new(80), None));
        assert!(!MinHash::counts_may_agree(few.count(), many.count(), 0.95, 6.0));
        assert!(sketch(&"e".repeat(800)).can_reach(&sketch(&"o".repeat(800)), 0.95, 6.0), "nothing is known");
    }

    proptest! {
        #[test]
        fn every_letter_is_counted_by_its_last_byte(text in "[a-z\u{e9}\u{905}]{64,90}") {
            let mut expected = [0; super::KINDS];
            for letter in text.chars() {
                let last = letter.to_string().bytes().last().map_or(0, usize::from);
                expected[last % super::KINDS] += 1;
            }
            prop_assert_eq!(sketch(&text).letters, expected);
        }

        #[test]
        fn runs_in_turns_leave_the_least_of_all(text in "[a-cé ]{0,80}") {
            let mut expected = [u64::MAX; super::CELLS];
            for run in text.as_bytes().array_windows::<{ super::RUN }>() {
                super::take(&mut expected, super::mix64(u64::from_le_bytes(*run)));
            }
            prop_assert_eq!(super::least(text.as_bytes()), expected);
        }

        #[test]
        fn what_agrees_is_never_ruled_out(
            text in "[a-zé {}]{64,400}",
            cuts in prop::collection::vec((0..400usize, "[a-zж]?"), 0..12),
        ) {
            let mut letters: Vec<char> = text.chars().collect();
            for (place, put) in &cuts {
                let place = place % letters.len();
                match put.chars().next() {
                    Some(letter) => letters.insert(place, letter),
                    None if letters.len() > 64 => drop(letters.remove(place)),
                    None => {}
                }
            }
            let changed: String = letters.iter().collect();
            let ratio = similar::TextDiff::from_chars(text.as_str(), changed.as_str()).ratio();
            let (one, other) = (sketch(&text), sketch(&changed));
            // The ratio has few digits.
            prop_assert!(one.can_reach(&other, f64::from(ratio), 0.01));
            prop_assert!(MinHash::counts_may_agree(one.count(), other.count(), f64::from(ratio), 0.01));
        }
    }

    #[test]
    fn other_texts_agree_in_little() {
        let other = sketch(
            "We are sorry that the table you asked for is not in our shop any more. A colleague will call you \
             tomorrow in the morning and find another one with you, at the same price.",
        );
        assert!(sketch(TEXT).similarity(&other) <= 25);
        assert_eq!(MinHash::new(b"Thank you for your order."), None);
    }
}
