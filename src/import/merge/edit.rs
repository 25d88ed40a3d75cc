//! Edits of a file's text, and of the keys that a template has once.

use std::ops::Range;

use crate::source::Source;
use crate::syntax::SourceFormat;
use crate::syntax::tree::{Entry, Tree};

/// How much of a text is written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The characters that changed.
    Changed,
    /// The whole scalar.
    Whole,
}

/// Bytes of a file, and their replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// The text with its edits; nothing where two of them meet.
pub(super) fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut sorted: Vec<_> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        written += text.get(at..edit.range.start)?;
        written += &edit.text;
        at = edit.range.end;
    }
    written += text.get(at..)?;
    Some(written)
}

/// The keys at the top of a file.
pub(super) struct Keys<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: &'a Tree<'a>,
}

impl Keys<'_> {
    /// Sets a key to a plain word, or removes it. A new key follows the category.
    pub(super) fn set(&self, key: &str, value: Option<&str>) -> Option<Edit> {
        match (self.entry(key), value) {
            (Some(entry), Some(value)) => {
                Some(Edit { range: entry.value.span.range(), text: value.to_owned() })
            }
            (Some(entry), None) => Some(Edit { range: self.lines(entry)?, text: String::new() }),
            (None, Some(value)) => {
                let lines = self.lines(self.entry("category")?)?;
                let line = self.source.text().get(lines.clone())?;
                let indent: String = line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
                let colon = if SourceFormat::from_path(self.source.name()) == Some(SourceFormat::Dsl) {
                    ""
                } else {
                    ":"
                };
                let gap = if line.ends_with('\n') { "" } else { "\n" };
                Some(Edit {
                    range: lines.end..lines.end,
                    text: format!("{gap}{indent}{key}{colon} {value}\n"),
                })
            }
            (None, None) => None,
        }
    }

    fn entry(&self, key: &str) -> Option<&Entry<'_>> {
        self.tree.root.entries()?.iter().find(|entry| entry.key == key)
    }

    /// The lines of an entry that shares them with nothing.
    fn lines(&self, entry: &Entry<'_>) -> Option<Range<usize>> {
        let text = self.source.text();
        let start = text.get(..entry.key_span.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
        let behind = entry.value.span.end as usize;
        let end = text.get(behind..)?.find('\n').map_or(text.len(), |at| behind + at + 1);
        let before = text.get(start..entry.key_span.start as usize)?;
        before.trim().is_empty().then_some(start..end)
    }
}
