//! Edits inside texts.

use std::ops::Range;

use crate::diagnostic::{Edit, Fix, Safety};
use crate::model::{Segment, Text};

/// A fix that replaces one piece, if the source can be edited there.
pub(super) fn piece(title: &str, safety: Safety, text: &Text, piece: &Segment, by: &str) -> Option<Fix> {
    let edit = replace(text, piece.range.clone(), by)?;
    Some(Fix { title: title.to_owned(), safety, edits: vec![edit] })
}

/// An edit of a range, if the source can be edited there: places must be known, and a brace must not become the
/// first character of an unquoted value, where YAML reads it as a map.
pub(super) fn replace(text: &Text, range: Range<usize>, by: &str) -> Option<Edit> {
    let unquoted = text.start().start == text.span.start;
    let breaks = range.start == 0 && unquoted && by.starts_with('{');
    (text.is_exact() && !breaks).then(|| Edit { span: text.span_of(range), text: by.to_owned() })
}
