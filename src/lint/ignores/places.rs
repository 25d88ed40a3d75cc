//! Which lines of a file hold keys and list items, and how far what begins on a line reaches.

use std::ops::Range;

use crate::source::{Source, Span, offset};
use crate::syntax::SourceFormat;
use crate::syntax::tree::{Node, Tree, Value};
use crate::work;

/// For each line on which keys or list items begin: from the first of them to the end of the longest.
pub(super) fn lines(source: &Source, tree: &Tree<'_>) -> Vec<Range<u32>> {
    let mut places = Vec::new();
    gather(source, &tree.root, &mut places);
    places.sort_by_key(|place| place.start);
    let mut lines: Vec<Range<u32>> = Vec::new();
    let mut last = 0;
    for place in places {
        let line = source.line(place.start);
        match lines.last_mut() {
            Some(range) if line == last => range.end = range.end.max(place.end),
            _ => lines.push(place),
        }
        last = line;
    }
    lines
}

/// Returns the lines that a comment covers: its own line if it follows a value, or else the next keys with everything
/// below them.
pub(super) fn covered<'l>(
    source: &Source,
    lines: &dyn Fn() -> &'l [Range<u32>],
    comment: Span,
) -> Range<u32> {
    let start = source.line_start(source.line(comment.start));
    let before = source.text().get(start..comment.start as usize).unwrap_or_default();
    if !before.trim().is_empty() {
        return offset(start)..comment.start;
    }
    let lines = lines();
    let next = lines.get(lines.partition_point(|line| line.start < comment.end));
    // One byte more, so that a place at the very end of a value counts as well.
    next.map_or(0..0, |line| line.start..line.end + 1)
}

/// The places of keys and list items, with what hangs below them.
fn gather(source: &Source, node: &Node<'_>, places: &mut Vec<Range<u32>>) {
    work::steps(1);
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                if !is_gathered(source, &entry.key, entry.key_span) {
                    places.push(entry.key_span.start..entry.value.span.end.max(entry.key_span.end));
                }
                gather(source, &entry.value, places);
            }
        }
        Value::List(items) => {
            for item in items {
                places.push(item.span.start..item.span.end);
                gather(source, item, places);
            }
        }
        _ => {}
    }
}

/// Returns whether the statements of a DSL key may be anywhere in the file, such as `variable`.
fn is_gathered(source: &Source, key: &str, span: Span) -> bool {
    SourceFormat::from_path(source.name()) == Some(SourceFormat::Dsl)
        && matches!(key, "variables" | "samples" | "buttons" | "languages")
        && source.slice(span) != key
}
