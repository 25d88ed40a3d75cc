//! The user's text as messages quote it: bounded, on one line, with what cannot be seen named.

use crate::model::{Segment, Text};

/// A text in backticks: a line, and not too long.
pub(crate) fn quoted(text: &str) -> String {
    const LIMIT: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(LIMIT).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// A piece in backticks.
pub(crate) fn piece(text: &Text, piece: &Segment) -> String {
    quoted(text.slice(piece))
}

/// A character's code point.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
