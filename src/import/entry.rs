//! The entries that a draft consists of.

use serde_json::{Value, json};

/// A key of a draft, its value, and the comments above it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DraftEntry {
    pub(super) key: &'static str,
    pub(super) value: Value,
    pub(super) notes: Vec<&'static str>,
}

impl DraftEntry {
    pub(super) fn new(key: &'static str, value: impl Into<Value>) -> Self {
        Self { key, value: value.into(), notes: Vec::new() }
    }
}

/// The key that marks a bare word; no template has this key.
pub(super) const WORD: &str = "\0";

/// Returns a value that is written without quotes, because it is a fixed word and not a text.
pub(super) fn bare_word(word: &str) -> Value {
    json!({ WORD: word })
}
