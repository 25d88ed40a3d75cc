//! A cheap upper bound on how much two texts can agree, by their trigrams.

use crate::hash;

/// Letters of a run.
const RUN: usize = 3;
/// TrigramCounts or letters that fall into one place are taken for one: that makes the bounds weaker, never
/// wrong.
const PLACES: usize = 1024;

/// Counts of the trigrams of a text.
#[derive(Debug)]
pub(crate) struct TrigramCounts {
    runs: Box<[u32; PLACES]>,
    count: usize,
}

impl TrigramCounts {
    /// The runs of a text.
    pub(crate) fn new(text: &str) -> Self {
        let mut runs = Self { runs: Box::new([0; PLACES]), count: 0 };
        let mut run: u64 = 0;
        for letter in text.chars() {
            // A letter takes 21 bits, so three fill a number.
            run = run << 21 | u64::from(u32::from(letter));
            runs.count += 1;
            if runs.count >= RUN {
                add(&mut runs.runs, (hash::fibonacci(run << 1) >> 54) as usize);
            }
        }
        runs
    }

    /// Returns `false` only if two texts can't agree in this share of their letters.
    ///
    /// If `d` letters in both texts together are left over, each of them breaks at most three trigrams
    /// (Ukkonen 1992). So all but `3 d` trigrams of the longer text also occur in the other one.
    pub(crate) fn may_agree(&self, other: &Self, share: f64) -> bool {
        let both = (self.count + other.count) as f64;
        let needed = self.count.max(other.count) as f64 - (RUN as f64) * ((1.0 - share) * both + 1.0);
        shared(&self.runs, &other.runs) >= needed
    }
}

fn add(counts: &mut [u32; PLACES], place: usize) {
    counts.get_mut(place).into_iter().for_each(|count| *count = count.saturating_add(1));
}

/// Returns the number of trigrams that two texts share.
fn shared(one: &[u32; PLACES], other: &[u32; PLACES]) -> f64 {
    let shared: u32 = one.iter().zip(other).map(|(a, b)| *a.min(b)).sum();
    f64::from(shared)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str =
        "Your order is packed and has left our warehouse; it will be with you in two or three days.";

    #[test]
    fn texts_that_differ_much_cannot_agree() {
        let other = "We are sorry that the table you asked for is sold out; a colleague will call you tomorrow about it.";
        assert!(!TrigramCounts::new(TEXT).may_agree(&TrigramCounts::new(other), 0.95));
        assert!(TrigramCounts::new(TEXT).may_agree(&TrigramCounts::new(&TEXT.replace("; it", ". It")), 0.95));
        assert!(TrigramCounts::new("").may_agree(&TrigramCounts::new(""), 0.95));
    }

    proptest! {
        #[test]
        fn what_agrees_is_never_ruled_out(text in "[a-cé ]{0,80}", cuts in prop::collection::vec((0..80usize, "[a-c]?"), 0..6)) {
            let mut letters: Vec<char> = text.chars().collect();
            for (place, put) in &cuts {
                let place = place % letters.len().max(1);
                match put.chars().next() {
                    Some(letter) => letters.insert(place, letter),
                    None if place < letters.len() => drop(letters.remove(place)),
                    None => {}
                }
            }
            let changed: String = letters.iter().collect();
            let ratio = similar::TextDiff::from_chars(text.as_str(), changed.as_str()).ratio();
            prop_assert!(TrigramCounts::new(&text).may_agree(&TrigramCounts::new(&changed), f64::from(ratio)));
        }
    }
}
