//! Which bytes a text holds.

use std::ops::{BitOr, BitOrAssign};

/// Which bytes a text holds: gathered once, so that a rule which looks for few characters knows where it need not look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

/// From so many bytes on it pays to bring together what was seen at the end.
const LONG: usize = 64;

impl ByteSet {
    /// The bytes of a text.
    pub fn new(text: &str) -> Self {
        if text.len() >= LONG { Self::from_long(text.as_bytes()) } else { Self::from_short(text) }
    }

    /// Writes down each byte in a place of its own, which waits for nothing, and brings them together at the end.
    fn from_long(text: &[u8]) -> Self {
        let mut seen = [0_u8; 256];
        for byte in text {
            seen.get_mut(usize::from(*byte)).into_iter().for_each(|seen| *seen = 1);
        }
        let mut quarters = [0; 4];
        let (eights, _) = seen.as_chunks::<8>();
        for (quarter, eights) in quarters.iter_mut().zip(eights.chunks(8)) {
            // The lowest bits of eight bytes, side by side: each product that counts lands in a bit of its own.
            let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            *quarter = eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight));
        }
        Self(quarters)
    }

    fn from_short(text: &str) -> Self {
        // Four sets take turns: one alone would wait for each of its changes before the next.
        let mut sets = [Self::default(); 4];
        let (fours, rest) = text.as_bytes().as_chunks::<4>();
        for four in fours {
            four.iter().zip(&mut sets).for_each(|(byte, set)| set.add(*byte));
        }
        rest.iter().zip(&mut sets).for_each(|(byte, set)| set.add(*byte));
        sets.into_iter().fold(Self::default(), Self::bitor)
    }

    fn add(&mut self, byte: u8) {
        if let Some(quarter) = self.0.get_mut(usize::from(byte >> 6)) {
            *quarter |= 1_u64 << (byte & 63);
        }
    }

    /// Whether a byte is among them.
    pub fn has(self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|quarter| quarter >> (byte & 63) & 1 == 1)
    }

    /// Whether any below the blank is among them, beside line breaks and tabs.
    pub fn has_control(self) -> bool {
        let [first, ..] = self.0;
        first & 0xffff_ffff & !(1 << b'\n' | 1 << b'\t') != 0
    }

    /// Whether this byte or any above it is among them.
    pub fn has_from(self, byte: u8) -> bool {
        let quarters = self.0.iter().zip(0_u8..).skip(usize::from(byte >> 6));
        let first = u64::MAX << (byte & 63);
        quarters.fold(0, |found, (held, at)| found | held & if at == byte >> 6 { first } else { u64::MAX })
            != 0
    }

    /// Whether any of a bit set of bytes is among them.
    pub fn intersects(self, set: [u64; 4]) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, set);
        a & e | b & f | c & g | d & h != 0
    }

    /// Whether any of these is among them.
    pub fn has_any(self, bytes: &[u8]) -> bool {
        bytes.iter().any(|&byte| self.has(byte))
    }
}

impl BitOr for ByteSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a | e, b | f, c | g, d | h])
    }
}

impl BitOrAssign for ByteSet {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// Returns whether two adjacent bytes match. The scan has no early exit, so that it vectorises.
pub fn has_pair(text: &[u8], is_match: impl Fn(u8, u8) -> bool) -> bool {
    let next = text.get(1..).unwrap_or_default();
    text.iter().zip(next).fold(false, |found, (one, two)| found | is_match(*one, *two))
}

/// Returns whether three adjacent bytes match. The scan has no early exit, so that it vectorises.
pub fn has_triple(text: &[u8], is_match: impl Fn(u8, u8, u8) -> bool) -> bool {
    let (second, third) = (text.get(1..).unwrap_or_default(), text.get(2..).unwrap_or_default());
    let triples = text.iter().zip(second).zip(third);
    triples.fold(false, |found, ((one, two), three)| found | is_match(*one, *two, *three))
}

#[cfg(test)]
mod tests {
    use super::{ByteSet, LONG, has_pair, has_triple};

    #[test]
    fn adjacent_bytes_are_found_everywhere() {
        for (text, pair, triple) in [
            ("", false, false),
            (" ", false, false),
            (" a b ", false, false),
            ("  a", true, false),
            ("a   ", true, true),
            ("a \n b", false, false),
        ] {
            let is_space = |byte: u8| byte == b' ';
            assert_eq!(has_pair(text.as_bytes(), |a, b| is_space(a) & is_space(b)), pair, "{text:?}");
            let found = has_triple(text.as_bytes(), |a, b, c| is_space(a) & is_space(b) & is_space(c));
            assert_eq!(found, triple, "{text:?}");
        }
    }

    #[test]
    fn every_byte_that_is_there_is_found_and_no_other() {
        for text in ["", "\0 ?@\u{7f}", "Grüße, ሀ 🎉\t{{1}}", "سفارش"] {
            let has =
                |bytes: ByteSet| (0..=u8::MAX).all(|byte| bytes.has(byte) == text.as_bytes().contains(&byte));
            assert!(has(ByteSet::new(text)) && has(ByteSet::new(&text.repeat(LONG))), "{text}");
        }
        for text in ["", "\0", "Az~", "é", "سفارش", "🎉"] {
            let bytes = ByteSet::new(text);
            let has_from = |byte| text.bytes().any(|held| held >= byte);
            assert!((0..=u8::MAX).all(|byte| bytes.has_from(byte) == has_from(byte)), "{text}");
        }
        for (text, expected) in
            [("a\n\t é~", false), ("\0", true), ("a\u{1f}", true), ("\r", true), ("\u{7f}", false)]
        {
            assert_eq!(ByteSet::new(text).has_control(), expected, "{text:?}");
        }
        assert!(ByteSet::new("a\t").has_any(b"x\t") && !ByteSet::new("a").has_any(b"x\t"));
        let needs = |bytes| {
            crate::diagnostic::Needs::bytes(bytes)
                .text_bytes
                .is_some_and(|set| ByteSet::new("aé").intersects(set))
        };
        assert!(needs(b"xa") && needs("é".as_bytes()) && !needs(b"x~\0"));
    }
}
