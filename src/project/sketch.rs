//! A few bytes of a text that stay the same when little of it changes, so that nearly equal texts meet.
//!
//! MinHash with one permutation (Broder 1997; Li, Owen, Zhang 2012): each run of eight bytes is hashed, falls into one of
//! the cells by its hash, and the least hash of each cell stays. Of two texts, about as many cells agree as their runs do.

/// How many cells there are.
const CELLS: usize = 24;
/// Cells that have to agree for two texts to meet in a band.
const ROWS: usize = 4;
/// How many bands there are.
const BANDS: usize = CELLS / ROWS;
/// Bytes of a run: a word and its edge in most scripts, two or three signs in Chinese.
const RUN: usize = 8;
/// Shorter texts say so little that many are nearly the same by right.
const SHORTEST: usize = 64;

/// What is kept of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([u8; CELLS]);

/// Takes in a text byte by byte.
#[derive(Debug)]
pub(super) struct Sketcher {
    least: [u64; CELLS],
    run: u64,
    bytes: usize,
}

impl Default for Sketcher {
    fn default() -> Self {
        Self { least: [u64::MAX; CELLS], run: 0, bytes: 0 }
    }
}

impl Sketcher {
    /// Whether nothing came yet.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Takes in a byte.
    pub(super) fn take(&mut self, byte: u8) {
        self.run = self.run << 8 | u64::from(byte);
        self.bytes += 1;
        if self.bytes < RUN {
            return;
        }
        let mixed = mixed(self.run);
        if let Some(cell) = self.least.get_mut((mixed % CELLS as u64) as usize) {
            *cell = (*cell).min(mixed / CELLS as u64);
        }
    }

    /// The sketch of all that came; nothing where it was short.
    pub(super) fn sketch(&self) -> Option<Sketch> {
        let least = &self.least;
        if self.bytes < SHORTEST {
            return None;
        }
        let mut sketch = [0; CELLS];
        for (index, byte) in sketch.iter_mut().enumerate() {
            // A cell that nothing fell into has what its neighbour has.
            let neighbours = least.iter().cycle().skip(index).take(CELLS).enumerate();
            let found = neighbours.map(|(away, least)| (away, *least)).find(|(_, least)| *least != u64::MAX);
            let (away, least) = found.unwrap_or_default();
            *byte = (least.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8 ^ away as u8;
        }
        Some(Sketch(sketch))
    }
}

impl Sketch {
    /// The sketch of a text; nothing where it is short.
    pub fn of(text: &str) -> Option<Self> {
        let mut sketcher = Sketcher::default();
        text.bytes().for_each(|byte| sketcher.take(byte));
        sketcher.sketch()
    }

    /// The keys under which nearly equal texts meet: one that they share is enough.
    pub fn bands(&self) -> impl Iterator<Item = (usize, [u8; ROWS])> {
        self.0.as_chunks::<ROWS>().0.iter().copied().enumerate().take(BANDS)
    }

    /// How many in a hundred of the cells agree.
    pub fn agreement(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() * 100 / CELLS
    }
}

/// A hash of eight bytes (the finaliser of SplitMix64, Steele et al. 2014).
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    const TEXT: &str = "Dear {}, your order {} left our warehouse today and will be with you before {}. You can \
                        follow it with the number {} on the page of the carrier, or answer this message.";

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text).expect("long enough")
    }

    #[test]
    fn little_changes_keep_most_cells_and_one_band() {
        let original = sketch(TEXT);
        for (word, other) in
            [("today", "just now"), ("follow", "track"), ("Dear", "Hello"), ("answer", "reply to")]
        {
            let changed = sketch(&TEXT.replace(word, other));
            assert!(original.agreement(&changed) >= 60, "{word}: {}", original.agreement(&changed));
            let shared = original.bands().zip(changed.bands()).filter(|(a, b)| a == b).count();
            assert!(shared > 0, "{word}");
        }
    }

    #[test]
    fn other_texts_agree_in_little() {
        let other = sketch(
            "We are sorry that the table you asked for is not in our shop any more. A colleague will call you \
             tomorrow in the morning and find another one with you, at the same price.",
        );
        assert!(sketch(TEXT).agreement(&other) <= 25);
        assert_eq!(Sketch::of("Thank you for your order."), None);
    }
}
