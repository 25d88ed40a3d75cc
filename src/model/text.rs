//! A text with its pieces and its place.

use std::ops::Range;

use super::{ByteSet, SegmentKinds};
use crate::source::{Span, offset};
use crate::syntax::text::{self, Placeholder, PlaceholderError, Segment, SegmentKind};
use crate::syntax::tree::Scalar;
use crate::text::invisible;
use crate::work;

/// The text of a header, body, footer, label or URL.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its span.
    pub span: Span,
    /// Its pieces, end to end.
    pub pieces: Vec<Segment>,
    decoded: String,
    bytes: ByteSet,
    kinds: SegmentKinds,
    offsets: crate::syntax::SourceMap,
}

impl Text {
    /// The text of a scalar. Line breaks at its end are the notation's, not the author's.
    pub fn new(scalar: &Scalar<'_>, span: Span) -> Self {
        let decoded = scalar.text.trim_end_matches(['\n', '\r']).to_owned();
        let bytes = ByteSet::new(&decoded);
        let pieces = text::parse_with(&decoded, bytes);
        let kinds = SegmentKinds::from_segments(&pieces);
        Self { span, pieces, decoded, bytes, kinds, offsets: scalar.offsets.clone() }
    }

    /// The text as written, escapes and placeholders included.
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// The set of its bytes, as written.
    pub fn bytes(&self) -> ByteSet {
        self.bytes
    }

    /// The kinds of its pieces.
    pub fn kinds(&self) -> SegmentKinds {
        self.kinds
    }

    /// The source of a range of it.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.offsets.span(range)
    }

    /// Returns whether offsets inside it map to the source, so that it can be edited.
    pub fn is_exact(&self) -> bool {
        self.offsets.is_exact()
    }

    /// Returns whether its source may differ from it in more than whitespace and quotes.
    pub fn has_escapes(&self) -> bool {
        self.offsets.has_escapes() || self.kinds.has_escapes()
    }

    /// The source of its first byte on, without length.
    pub fn start(&self) -> Span {
        self.span_of(0..0)
    }

    /// The bytes of a piece.
    pub fn slice(&self, piece: &Segment) -> &str {
        self.decoded.get(piece.range.clone()).unwrap_or_default()
    }

    /// The pieces, each counted as a step.
    fn walk(&self) -> impl Iterator<Item = &Segment> {
        self.pieces.iter().inspect(|_| work::steps(1))
    }

    /// The placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = (&Segment, &Placeholder)> {
        self.walk().filter_map(|piece| match &piece.kind {
            SegmentKind::Placeholder(placeholder) => Some((piece, placeholder)),
            _ => None,
        })
    }

    /// A malformed placeholder.
    pub fn mistakes(&self) -> impl Iterator<Item = (&Segment, &PlaceholderError)> {
        self.walk().filter_map(|piece| match &piece.kind {
            SegmentKind::Malformed(mistake) => Some((piece, mistake)),
            _ => None,
        })
    }

    /// The constants, in order.
    pub fn constants(&self) -> impl Iterator<Item = (&Segment, &str)> {
        self.walk().filter_map(|piece| match &piece.kind {
            SegmentKind::Constant(name) => Some((piece, name.as_str())),
            _ => None,
        })
    }

    /// Returns whether nothing of it is visible.
    pub fn is_blank(&self) -> bool {
        shows_nothing(&self.decoded)
    }

    /// The source of what lies beyond `limit` characters as written, if anything does.
    pub fn beyond(&self, limit: usize) -> Option<Span> {
        let (start, _) = self.decoded.char_indices().nth(limit)?;
        Some(self.span_of(start..self.decoded.len()))
    }

    /// The number of characters (code points) as written.
    pub fn chars(&self) -> usize {
        self.decoded.chars().count()
    }

    /// The source of the first character that `unwanted` finds in the plain parts, with that character.
    pub fn find_plain(&self, unwanted: impl Fn(char) -> bool) -> Option<(char, Span)> {
        let runs = self
            .pieces
            .iter()
            .filter(|piece| matches!(piece.kind, SegmentKind::Run | SegmentKind::FormatMarker));
        runs.flat_map(|piece| {
            self.slice(piece).char_indices().map(|(at, character)| (piece.range.start + at, character))
        })
        .find(|&(_, character)| unwanted(character))
        .map(|(at, character)| (character, self.span_of(at..at + character.len_utf8())))
    }

    /// The source of a piece.
    pub fn span_of_piece(&self, piece: &Segment) -> Span {
        self.span_of(piece.range.clone())
    }

    /// The plain parts, joined by a space for each piece between them.
    pub fn plain(&self) -> String {
        let mut plain = String::with_capacity(self.decoded.len());
        for piece in &self.pieces {
            match piece.kind {
                SegmentKind::Run => plain.push_str(self.slice(piece)),
                SegmentKind::FormatMarker => {}
                _ => plain.push(' '),
            }
        }
        plain
    }

    /// Its length in bytes, in the type of offsets.
    pub fn len(&self) -> u32 {
        offset(self.decoded.len())
    }

    /// Returns whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.decoded.is_empty()
    }
}

/// Returns whether nothing of a text is visible.
pub fn shows_nothing(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || invisible::is_empty_looking(character))
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::source::Sources;

    #[test]
    fn what_is_written_otherwise_than_it_reads_is_known() {
        let has_escapes = |name: &str, template: &str| {
            let mut sources = Sources::default();
            sources.add(name, template);
            let parsed = check::parse(sources.iter());
            let text = parsed.templates.first().and_then(|template| template.versions.first()?.body_text());
            text.map(super::Text::has_escapes)
        };
        let yaml = |body: &str| has_escapes("a.yaml", &format!("name: a\nlanguage: en\nbody: {body}\n"));
        for body in
            ["Hello there", "\"Hello: there\"", "'Hello: there'", "|\n  Hello\n  there", "Hello\n  there"]
        {
            assert_eq!(yaml(body), Some(false), "{body}");
        }
        for body in ["\"Hello \\\"there\\\"\"", "'It''s here'", "Hello \\{{there"] {
            assert_eq!(yaml(body), Some(true), "{body}");
        }
        let dsl = |body: &str| has_escapes("a.watpl", &format!("template a en {{\n  body {body}\n}}\n"));
        assert_eq!(dsl("\"\"\"\n    Hello\n    there\n    \"\"\""), Some(false));
        assert_eq!(dsl("\"\"\"\n    Hello \\\"you\\\"\n    there\n    \"\"\""), Some(true));
        assert_eq!(dsl("\"Hello \\\"you\\\"\""), Some(true));
    }
}
