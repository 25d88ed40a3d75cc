//! Emoji in texts: where they are, and how many.

use std::ops::Range;

use crate::model::{SegmentKind, Text};
use crate::source::Span;
pub(crate) use crate::text::emoji::LEAST;
use crate::text::emoji::{STARTS, in_str, starts};

/// The source of the first emoji of a text, with what it looks like.
pub(crate) fn first(text: &Text) -> Option<(&str, Span)> {
    let range = all(text).next()?;
    Some((text.as_str().get(range.clone())?, text.span_of(range)))
}

/// Returns the number of emoji in a text, and the span of the first one beyond the limit.
pub(crate) fn beyond(text: &Text, limit: usize) -> Option<(usize, Span)> {
    // Most texts have none.
    if !text.bytes().has_any(&STARTS) || starts(text.as_str().as_bytes()) <= limit {
        return None;
    }
    let beyond = all(text).nth(limit)?;
    Some((all(text).count(), text.span_of(beyond)))
}

fn all(text: &Text) -> impl Iterator<Item = Range<usize>> {
    let runs =
        text.pieces.iter().filter(|piece| matches!(piece.kind, SegmentKind::Run | SegmentKind::FormatMarker));
    runs.flat_map(|piece| {
        let start = piece.range.start;
        in_str(text.slice(piece)).into_iter().map(move |range| range.start + start..range.end + start)
    })
}
