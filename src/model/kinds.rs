//! The kinds of pieces in a text.

use std::ops::BitOrAssign;

use super::{Segment, SegmentKind};

/// The kinds of pieces in a text: gathered once, so that a rule can skip texts without the kind it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentKinds(u8);

impl SegmentKinds {
    const ESCAPE: u8 = 1;
    const MARK: u8 = 1 << 1;
    const CONSTANT: u8 = 1 << 2;
    const PLACEHOLDER: u8 = 1 << 3;
    const MISTAKE: u8 = 1 << 4;

    /// The kinds of pieces.
    pub fn from_segments(pieces: &[Segment]) -> Self {
        let bit = |piece: &Segment| match piece.kind {
            SegmentKind::Run => 0,
            SegmentKind::Escape => Self::ESCAPE,
            SegmentKind::FormatMarker => Self::MARK,
            SegmentKind::Constant(_) => Self::CONSTANT,
            SegmentKind::Placeholder(_) => Self::PLACEHOLDER,
            SegmentKind::Malformed(_) => Self::MISTAKE,
        };
        Self(pieces.iter().fold(0, |kinds, piece| kinds | bit(piece)))
    }

    /// Returns whether there are escapes.
    pub fn has_escapes(self) -> bool {
        self.0 & Self::ESCAPE != 0
    }

    /// Returns whether there are formatting markers.
    pub fn has_marks(self) -> bool {
        self.0 & Self::MARK != 0
    }

    /// Returns whether there are constants.
    pub fn has_constants(self) -> bool {
        self.0 & Self::CONSTANT != 0
    }

    /// Returns whether there are placeholders.
    pub fn has_placeholders(self) -> bool {
        self.0 & Self::PLACEHOLDER != 0
    }

    /// Returns whether there are malformed placeholders.
    pub fn has_mistakes(self) -> bool {
        self.0 & Self::MISTAKE != 0
    }
}

impl BitOrAssign for SegmentKinds {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::SegmentKinds;
    use crate::syntax::text::parse;

    #[test]
    fn every_kind_is_known_by_itself() {
        let kinds = |text: &str| {
            let kinds = SegmentKinds::from_segments(&parse(text));
            [
                kinds.has_escapes(),
                kinds.has_marks(),
                kinds.has_constants(),
                kinds.has_placeholders(),
                kinds.has_mistakes(),
            ]
        };
        let texts = ["\\{{1", "*a*", "${a}", "{{1}}", "{1}"];
        for (index, text) in texts.iter().enumerate() {
            let expected: Vec<bool> = (0..5).map(|kind| kind == index).collect();
            assert_eq!(kinds(text).to_vec(), expected, "{text}");
        }
        assert_eq!(kinds("a"), [false; 5]);
        assert_eq!(kinds(&texts.concat()), [true; 5]);
    }
}
