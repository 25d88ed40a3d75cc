//! The user's text as messages quote it: bounded, on one line, with what cannot be seen named.

use crate::model::{Segment, Text};

/// A text in backticks: a line, and not too long.
pub(super) fn quoted(text: &str) -> String {
    const LIMIT: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(LIMIT).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// A piece in backticks.
pub(super) fn piece(text: &Text, piece: &Segment) -> String {
    quoted(text.slice(piece))
}

/// A character's code point.
pub(super) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
