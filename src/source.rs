//! Source files, and places in them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

/// Identifies one [`Source`] of a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

impl SourceId {
    /// The id so many places further on.
    pub fn after(self, places: usize) -> Self {
        Self(offset(self.0 as usize + places))
    }

    /// The distance from an earlier position; `None` if it is before it.
    pub fn since(self, first: Self) -> Option<usize> {
        self.0.checked_sub(first.0).map(|places| places as usize)
    }
}

/// A range of bytes in one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The source that the bytes are in.
    pub source: SourceId,
    /// First byte, counted from the start of the file.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `source`; offsets beyond 4 GiB saturate.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, start: offset(range.start), end: offset(range.end.max(range.start)) }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both; `other` must be in the same source.
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the start of this one.
    pub fn at_start(self) -> Self {
        Self { end: self.start, ..self }
    }
}

/// A length or place in bytes as it is kept: sources over 4 GiB are never read.
pub fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// A value and where it was written. Equality, order and hash see the value alone.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its span.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// One file's text, with the name it is shown by.
#[derive(Debug)]
pub struct Source {
    id: SourceId,
    name: String,
    text: String,
    truncated: bool,
    lines: OnceLock<Vec<u32>>,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters (code points), from 1.
    pub column: usize,
}

impl Source {
    /// A file, under an id that [`Sources::reserve`] gave. `truncated`: only its readable start is here.
    pub fn new(id: SourceId, name: String, text: String, truncated: bool) -> Self {
        Self { id, name, text, truncated, lines: OnceLock::new() }
    }

    /// The id that spans of this source carry.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// The path as shown, with `/` between its parts.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the file continues unreadably, so that an absent part proves nothing.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The text of `span`, cut to what exists.
    pub fn slice(&self, span: Span) -> &str {
        let end = floor_boundary(&self.text, span.end as usize);
        let start = floor_boundary(&self.text, (span.start as usize).min(end));
        self.text.get(start..end).unwrap_or_default()
    }

    /// Line and column of a byte. A byte-order mark at the start of the file takes no column; the same character
    /// anywhere else is text.
    pub fn position(&self, byte: u32) -> Position {
        let byte = floor_boundary(&self.text, byte as usize);
        let line = self.line(offset(byte));
        let start = self.line_start(line);
        let before = self.text.get(start..byte).unwrap_or_default();
        let before = if start == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        Position { line, column: before.chars().count() + 1 }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: u32) -> usize {
        self.lines().partition_point(|&start| start <= byte)
    }

    /// The byte that line `line` (from 1) starts at.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.lines().get(index).map_or(self.text.len(), |&start| start as usize)
    }

    /// The number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }
}

/// Every source of a run.
#[derive(Debug, Default)]
pub struct Sources(Vec<Option<Source>>);

impl Sources {
    /// Adds a file and gives it an id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(name.into(), text.into(), false)
    }

    /// Adds the readable start of a file.
    pub fn add_truncated(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(name.into(), text.into(), true)
    }

    fn push(&mut self, name: String, text: String, truncated: bool) -> SourceId {
        let id = SourceId(offset(self.0.len()));
        self.0.push(Some(Source::new(id, name, text, truncated)));
        id
    }

    /// Reserves ids for so many files; they may stay unused. Returns the first.
    pub fn reserve(&mut self, files: usize) -> SourceId {
        let first = SourceId(offset(self.0.len()));
        self.0.resize_with(self.0.len() + files, || None);
        first
    }

    /// Adds a file under its reserved id.
    pub fn put(&mut self, source: Source) {
        if let Some(slot) = self.0.get_mut(source.id.0 as usize) {
            *slot = Some(source);
        }
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)?.as_ref()
    }

    /// All of them, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().flatten()
    }
}

/// A line ends with a line feed, a carriage return, or both, as in YAML and in editors.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = |at: usize, byte: u8| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    let breaks = bytes.iter().enumerate().filter(|&(at, &byte)| ends(at, byte));
    std::iter::once(0).chain(breaks.map(|(at, _)| offset(at + 1))).collect()
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_mark() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "\u{feff}سلام {{1}}\r\nb: 😀x");
        let source = sources.get(id).expect("just added");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        assert_eq!(source.position(12), Position { line: 1, column: 6 });
        let x = source.text().find('x').expect("in the text");
        assert_eq!(source.position(offset(x)), Position { line: 2, column: 5 });
        assert_eq!(source.position(u32::MAX).line, 2);
    }

    #[test]
    fn only_the_mark_at_the_start_of_the_file_takes_no_column() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "\u{feff}\u{feff}x\n\u{feff}\u{feff}y\r\u{feff}z");
        let source = sources.get(id).expect("just added");
        let column = |character| {
            let at = source.text().find(character).expect("in the text");
            let Position { line, column } = source.position(offset(at));
            (line, column)
        };
        assert_eq!(column('x'), (1, 2));
        assert_eq!(column('y'), (2, 3));
        assert_eq!(column('z'), (3, 2));
    }

    #[test]
    fn every_line_end_counts_once() {
        assert_eq!(line_starts("a\nb\r\nc\rd\r"), [0, 2, 5, 7, 9]);
        assert_eq!(line_starts("\r\r\n\n"), [0, 1, 3, 4]);
    }

    #[test]
    fn slices_are_cut_to_what_exists() {
        let mut sources = Sources::default();
        let id = sources.add("a", "né");
        let source = sources.get(id).expect("just added");
        assert_eq!(source.slice(Span::new(id, 1..99)), "é");
        assert_eq!(source.slice(Span::new(id, 2..3)), "é");
        assert_eq!(source.slice(Span::new(id, 9..12)), "");
    }
}
