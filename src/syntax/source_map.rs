//! From bytes of a decoded scalar to bytes of the source.
//!
//! The YAML library gives a scalar's decoded text and where the scalar stands, and nothing in between. Both texts are walked
//! side by side here: they agree but for quotes, escapes and folded line breaks. Block scalars come with their maps.

use std::ops::Range;

use super::scalar_style::ScalarStyle;
use crate::source::{SourceId, Span, offset};

/// A map from byte ranges of a decoded text to spans of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    source: SourceId,
    segments: MapForm,
    whole: Span,
    has_escapes: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum MapForm {
    /// The decoded text stands in the source as it is, from this byte on.
    Verbatim(u32),
    /// Pieces, sorted by `decoded`, without gaps in between.
    Pieces(Vec<Mapping>),
    /// The two texts could not be brought together: everything maps to the whole.
    Opaque,
}

/// `decoded_len` bytes from `decoded` on come from `source_len` bytes from `source` on: one to one where the
/// lengths agree, as one thing where they do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    pub(super) decoded: u32,
    pub(super) decoded_len: u32,
    pub(super) source: u32,
    pub(super) source_len: u32,
}

impl SourceMap {
    /// The map of a text that stands in the source as it is, from byte `start` on.
    pub fn verbatim(whole: Span, start: u32) -> Self {
        Self { source: whole.source, segments: MapForm::Verbatim(start), whole, has_escapes: false }
    }

    pub(super) fn pieces(whole: Span, segments: Vec<Mapping>, has_escapes: bool) -> Self {
        Self { source: whole.source, segments: MapForm::Pieces(segments), whole, has_escapes }
    }

    /// The map of a plain or quoted YAML scalar; `raw` is the source's text, `span` the scalar's as the library gives it.
    pub(super) fn from_yaml(raw: &str, span: Span, decoded: &str, style: ScalarStyle) -> Self {
        let inner = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                span.start as usize + 1..span.end as usize - 1
            }
            _ => span.range(),
        };
        if raw.get(inner.clone()).is_some_and(|text| text == decoded) {
            return Self::verbatim(span, offset(inner.start));
        }
        let mut walk = Walk::new(raw, inner, decoded);
        let complete = walk.flow(style);
        let has_escapes = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        match complete {
            Some(()) => Self::pieces(span, walk.segments, has_escapes),
            None => Self { source: span.source, segments: MapForm::Opaque, whole: span, has_escapes: true },
        }
    }

    /// Where the decoded bytes `range` stand in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.segments {
            MapForm::Verbatim(start) => {
                let start = *start as usize;
                Span::new(self.source, start + range.start..start + range.end)
            }
            MapForm::Pieces(pieces) => {
                let start = self.byte(pieces, range.start, Side::Start);
                let end = if range.is_empty() { start } else { self.byte(pieces, range.end, Side::End) };
                Span { source: self.source, start, end: end.max(start) }
            }
            MapForm::Opaque => self.whole,
        }
    }

    /// Whether places inside can be told apart.
    pub fn is_exact(&self) -> bool {
        self.segments != MapForm::Opaque
    }

    /// Whether escapes of the notation may stand in the source, so that more differs than blanks.
    pub fn has_escapes(&self) -> bool {
        self.has_escapes
    }

    fn byte(&self, pieces: &[Mapping], decoded: usize, side: Side) -> u32 {
        let decoded = offset(decoded);
        let after = match side {
            Side::Start => pieces.partition_point(|piece| piece.decoded <= decoded),
            Side::End => pieces.partition_point(|piece| piece.decoded < decoded),
        };
        let Some(piece) = after.checked_sub(1).and_then(|index| pieces.get(index)) else {
            return pieces.first().map_or(self.whole.start, |piece| piece.source);
        };
        let inside = decoded - piece.decoded;
        if piece.decoded_len == piece.source_len || inside == 0 {
            return (piece.source + inside).min(piece.source + piece.source_len);
        }
        match side {
            Side::Start if inside < piece.decoded_len => piece.source,
            _ => piece.source + piece.source_len,
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// The two texts and how far each has been read.
struct Walk<'a> {
    raw: &'a str,
    end: usize,
    at: usize,
    decoded: &'a str,
    done: usize,
    segments: Vec<Mapping>,
}

impl<'a> Walk<'a> {
    fn new(raw: &'a str, inner: Range<usize>, decoded: &'a str) -> Self {
        Self { raw, end: inner.end, at: inner.start, decoded, done: 0, segments: Vec::new() }
    }

    /// Plain and quoted scalars: line breaks fold with the blanks around them.
    fn flow(&mut self, style: ScalarStyle) -> Option<()> {
        while let Some(next) = self.source_char() {
            let fold = self.fold_len();
            if fold > 0 {
                self.take_break(fold);
            } else if style == ScalarStyle::DoubleQuoted && next == '\\' {
                self.take_escape()?;
            } else if style == ScalarStyle::SingleQuoted && next == '\'' {
                self.take(2, 1);
            } else if self.decoded_char() == Some(next) {
                self.take(next.len_utf8(), next.len_utf8());
            } else {
                return None;
            }
        }
        (self.done == self.decoded.len()).then_some(())
    }

    fn source_char(&self) -> Option<char> {
        self.raw.get(self.at..self.end)?.chars().next()
    }

    fn decoded_char(&self) -> Option<char> {
        self.decoded.get(self.done..)?.chars().next()
    }

    /// The blanks and line breaks that start here, if there is a line break among them.
    fn fold_len(&self) -> usize {
        let rest = self.raw.get(self.at..self.end).unwrap_or_default();
        let white = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let has_break = rest.get(..white).is_some_and(|blanks| blanks.contains(['\n', '\r']));
        if has_break { white } else { 0 }
    }

    /// A line break becomes nothing, one space, or line feeds.
    fn take_break(&mut self, len: usize) {
        let rest = self.decoded.get(self.done..).unwrap_or_default();
        let feeds = rest.len() - rest.trim_start_matches('\n').len();
        let decoded = if feeds > 0 { feeds } else { usize::from(rest.starts_with(' ')) };
        self.take(len, decoded);
    }

    fn take_escape(&mut self) -> Option<()> {
        let rest = self.raw.get(self.at..self.end)?;
        let kind = rest.chars().nth(1)?;
        if matches!(kind, '\n' | '\r') {
            let blanks =
                rest.get(1..)?.len() - rest.get(1..)?.trim_start_matches([' ', '\t', '\n', '\r']).len();
            self.take(1 + blanks, 0);
            return Some(());
        }
        let mut len = match kind {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            other => 1 + other.len_utf8(),
        };
        let decoded = self.decoded_char()?;
        if kind == 'u' && u32::from(decoded) > 0xFFFF {
            len = 12;
        }
        self.take(len, decoded.len_utf8());
        Some(())
    }

    fn take(&mut self, source_len: usize, decoded_len: usize) {
        let piece = Mapping {
            decoded: offset(self.done),
            decoded_len: offset(decoded_len),
            source: offset(self.at),
            source_len: offset(source_len),
        };
        self.at = (self.at + source_len).min(self.end);
        self.done += decoded_len;
        push(&mut self.segments, piece);
    }
}

/// Appends a piece, melting runs that are one to one into one.
pub(super) fn push(segments: &mut Vec<Mapping>, piece: Mapping) {
    if piece.decoded_len == 0 {
        return;
    }
    if let Some(last) = segments.last_mut() {
        let straight = last.decoded_len == last.source_len && piece.decoded_len == piece.source_len;
        if straight && last.source + last.source_len == piece.source {
            last.decoded_len += piece.decoded_len;
            last.source_len += piece.source_len;
            return;
        }
    }
    segments.push(piece);
}
