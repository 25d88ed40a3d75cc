//! Prefilters of rules: what a template must contain for a rule to find anything.

/// Conditions that a template has to meet before a rule is run on it. All of them must hold; a rule without
/// conditions always runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Any of these bytes in a text or URL, as a bit set.
    pub text_bytes: Option<[u64; 4]>,
    /// Any of these bytes in a sample, as a bit set.
    pub sample_bytes: Option<[u64; 4]>,
    /// A kind of segment in a text or URL.
    pub segment: Option<NeededSegment>,
}

/// A kind of segment that a rule looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeededSegment {
    /// A backslash that protects characters.
    Escape,
    /// A formatting marker.
    FormatMarker,
    /// A placeholder.
    Placeholder,
    /// A malformed placeholder.
    PlaceholderError,
}

impl Needs {
    /// No conditions.
    pub const NOTHING: Self = Self { text_bytes: None, sample_bytes: None, segment: None };

    /// Requires one of these bytes in a text or URL.
    pub const fn bytes(bytes: &[u8]) -> Self {
        Self { text_bytes: Some(bit_set(bytes)), ..Self::NOTHING }
    }

    /// Requires one of these bytes in a sample.
    pub const fn sample_bytes(bytes: &[u8]) -> Self {
        Self { sample_bytes: Some(bit_set(bytes)), ..Self::NOTHING }
    }

    /// Requires a segment of this kind in a text or URL.
    pub const fn segment(segment: NeededSegment) -> Self {
        Self { segment: Some(segment), ..Self::NOTHING }
    }

    /// Requires a segment of this kind as well.
    #[must_use]
    pub const fn and_segment(mut self, segment: NeededSegment) -> Self {
        self.segment = Some(segment);
        self
    }
}

const fn bit_set(mut bytes: &[u8]) -> [u64; 4] {
    let [mut first, mut second, mut third, mut fourth] = [0_u64; 4];
    while let Some((byte, rest)) = bytes.split_first() {
        let bit = 1 << (*byte & 63);
        match *byte >> 6 {
            0 => first |= bit,
            1 => second |= bit,
            2 => third |= bit,
            _ => fourth |= bit,
        }
        bytes = rest;
    }
    [first, second, third, fourth]
}
