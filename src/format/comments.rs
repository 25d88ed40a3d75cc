//! Which entry a comment belongs to.

use std::collections::BTreeMap;

use super::surface;
use crate::source::{Source, Span, offset};
use crate::syntax::SourceFormat;
use crate::syntax::tree::{Comment, Node, Tree, Value};

/// A comment on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommentLine {
    /// The comment with its `#`.
    pub(super) text: String,
    /// Whether a blank line precedes it.
    pub(super) blank: bool,
}

/// The comments of a file, by the number of the entry or item that they belong to, counted from the top.
#[derive(Debug, Default)]
pub(super) struct AttachedComments {
    /// Above everything, a blank line apart.
    pub(super) head: Vec<CommentLine>,
    /// Above an entry.
    pub(super) above: BTreeMap<usize, Vec<CommentLine>>,
    /// Behind an entry, on its line.
    pub(super) trailing: BTreeMap<usize, String>,
    /// Behind the last entry of a list or map.
    pub(super) end: BTreeMap<usize, Vec<CommentLine>>,
    /// Behind the last entry of the template.
    pub(super) root_end: Vec<CommentLine>,
    /// Behind the template.
    pub(super) tail: Vec<CommentLine>,
}

/// The comments, in source order.
pub(super) fn texts<'s>(source: &'s Source, tree: &Tree<'_>) -> Vec<&'s str> {
    let mut texts: Vec<&str> = tree.comments.iter().map(|comment| text(source, comment)).collect();
    texts.sort_unstable();
    texts
}

fn text<'s>(source: &'s Source, comment: &Comment<'_>) -> &'s str {
    source.slice(comment.span).trim()
}

/// Finds the place of every comment.
pub(super) fn attach(source: &Source, tree: &Tree<'_>) -> AttachedComments {
    let mut marks = Marks { source, list: Vec::new() };
    marks.node(&tree.root, None);
    let mut order: Vec<usize> = (0..marks.list.len()).filter(|&id| !marks.is_gathered(id)).collect();
    order.sort_by_key(|&id| (marks.start(id), id));
    let root = tree.root.span.end as usize;
    let mut attaching = Attaching { source, marks, order, root, notes: AttachedComments::default() };
    for comment in &tree.comments {
        attaching.comment(comment);
    }
    attaching.finish()
}

/// Returns whether the statements of a DSL entry may be anywhere in the file, such as `variable`.
pub(super) fn is_gathered(source: &Source, key: &str, key_span: Span) -> bool {
    surface(source) == SourceFormat::Dsl
        && matches!(key, "variables" | "samples" | "buttons" | "languages")
        && source.slice(key_span) != key
}

/// Whether what begins at a byte is the first thing on its line and has a blank line above.
pub(super) fn is_apart(source: &Source, at: usize) -> bool {
    let prefix = prefix(source, at);
    let first = prefix.trim_matches([' ', '\t', '-']);
    let word = matches!(first, "" | "variable" | "sample" | "language" | "template");
    let above = || {
        let before = source.text().get(..at.saturating_sub(prefix.len()))?;
        before.strip_suffix('\n')?.rsplit('\n').next()
    };
    word && above().is_some_and(|line| line.trim().is_empty())
}

/// Returns the text before a byte on its line.
fn prefix(source: &Source, at: usize) -> &str {
    // By the table of lines: a line may be a megabyte long, and be asked about by each of its values.
    let start = source.line_start(source.line(offset(at)));
    source.text().get(start..at).unwrap_or_default().trim_start_matches('\u{feff}')
}

/// Position of an entry or item.
struct Mark {
    start: usize,
    end: usize,
    column: usize,
    parent: Option<usize>,
    gathered: bool,
}

struct Marks<'s> {
    source: &'s Source,
    list: Vec<Mark>,
}

impl Marks<'_> {
    fn node(&mut self, node: &Node<'_>, parent: Option<usize>) {
        match &node.value {
            Value::List(nodes) => {
                for node in nodes {
                    let id = self.mark(node.span, parent, false);
                    self.node(node, Some(id));
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    let whole = match entry.value.value {
                        Value::Null => entry.key_span,
                        _ => entry.key_span.to(entry.value.span),
                    };
                    let gathered = is_gathered(self.source, &entry.key, entry.key_span);
                    let id = self.mark(whole, parent, gathered);
                    self.node(&entry.value, Some(id));
                }
            }
            _ => {}
        }
    }

    fn mark(&mut self, span: Span, parent: Option<usize>, gathered: bool) -> usize {
        let start = span.range().start;
        let end = start + self.source.slice(span).trim_end().len();
        let before = prefix(self.source, start);
        // The position of a list item is that of its dash.
        let column = match before.trim_end().strip_suffix('-') {
            Some(dash) => dash.len(),
            None => before.len(),
        };
        self.list.push(Mark { start, end, column, parent, gathered });
        self.list.len() - 1
    }

    fn start(&self, id: usize) -> usize {
        self.list.get(id).map_or(0, |mark| mark.start)
    }

    fn end(&self, id: usize) -> usize {
        self.list.get(id).map_or(0, |mark| mark.end)
    }

    fn column(&self, id: usize) -> usize {
        self.list.get(id).map_or(0, |mark| mark.column)
    }

    fn parent(&self, id: usize) -> Option<usize> {
        self.list.get(id).and_then(|mark| mark.parent)
    }

    fn is_gathered(&self, id: usize) -> bool {
        self.list.get(id).is_some_and(|mark| mark.gathered)
    }

    /// Whether it is an item of a list that is a map without braces: its first entry begins where it does.
    fn is_dashed(&self, id: usize) -> bool {
        let first = self.list.get(id + 1);
        first.is_some_and(|first| first.parent == Some(id) && first.start == self.start(id))
    }

    /// An entry and those around it, from the inside.
    fn around(&self, id: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(id), |&id| self.parent(id))
    }
}

struct Attaching<'s> {
    source: &'s Source,
    marks: Marks<'s>,
    /// Marks by their start, the outer ones first.
    order: Vec<usize>,
    /// Where the root ends.
    root: usize,
    notes: AttachedComments,
}

/// Where a comment on a line of its own belongs.
enum Spot {
    Above(usize),
    End(usize),
    RootEnd,
    Tail,
}

impl Attaching<'_> {
    fn comment(&mut self, comment: &Comment<'_>) {
        let at = comment.span.start as usize;
        let text = text(self.source, comment).to_owned();
        let before = prefix(self.source, at);
        if !before.trim().is_empty()
            && let Some(id) = self.on_line(at - before.len(), at)
            && !self.notes.trailing.contains_key(&id)
        {
            self.notes.trailing.insert(id, text);
            return;
        }
        let note = CommentLine { text, blank: is_apart(self.source, at) };
        let spot = match surface(self.source) {
            SourceFormat::Yaml => self.by_column(at, before.len()),
            SourceFormat::Dsl => self.by_braces(at),
        };
        match spot {
            Spot::Above(id) => self.notes.above.entry(id).or_default().push(note),
            Spot::End(id) => self.notes.end.entry(id).or_default().push(note),
            Spot::RootEnd => self.notes.root_end.push(note),
            Spot::Tail => self.notes.tail.push(note),
        }
    }

    /// The entry that a comment behind something speaks of: the outermost that is whole on the line, or the last
    /// that begins there, or the innermost that ends there.
    fn on_line(&self, line: usize, at: usize) -> Option<usize> {
        let begun = self.between(line, at);
        let whole = begun.iter().find(|&&id| self.marks.end(id) <= at && !self.marks.is_dashed(id));
        whole.or(begun.last()).copied().or_else(|| {
            let ended = |id: usize| (line..=at).contains(&self.marks.end(id)) && !self.marks.is_gathered(id);
            self.before(line).and_then(|last| self.marks.around(last).find(|&id| ended(id)))
        })
    }

    fn between(&self, from: usize, to: usize) -> &[usize] {
        let first = self.order.partition_point(|&id| self.marks.start(id) < from);
        let last = self.order.partition_point(|&id| self.marks.start(id) < to);
        self.order.get(first..last).unwrap_or_default()
    }

    /// The last entry that begins before a byte.
    fn before(&self, at: usize) -> Option<usize> {
        self.between(0, at).last().copied()
    }

    /// The first entry that begins behind a byte.
    fn next(&self, at: usize) -> Option<usize> {
        self.between(at, usize::MAX).first().copied()
    }

    fn by_column(&self, at: usize, column: usize) -> Spot {
        let next = self.next(at);
        let beside = self
            .before(at)
            .and_then(|last| self.marks.around(last).find(|&id| self.marks.column(id) <= column));
        let inside = beside.and_then(|id| self.marks.parent(id));
        match (next, inside) {
            (Some(next), Some(inside))
                if self.marks.column(next) < column
                    && !self.marks.around(next).any(|around| around == inside) =>
            {
                Spot::End(inside)
            }
            (Some(next), _) => Spot::Above(next),
            (None, Some(inside)) => Spot::End(inside),
            (None, None) => Spot::RootEnd,
        }
    }

    fn by_braces(&self, at: usize) -> Spot {
        let last = self.before(at);
        let inside = last.and_then(|last| {
            self.marks.around(last).find(|&id| !self.marks.is_gathered(id) && self.marks.end(id) > at)
        });
        let end = inside.map_or(usize::MAX, |id| self.marks.end(id));
        match (self.next(at).filter(|&next| self.marks.start(next) < end), inside) {
            (Some(next), _) => Spot::Above(next),
            (None, Some(inside)) => Spot::End(inside),
            (None, None) if at < self.root => Spot::RootEnd,
            (None, None) => Spot::Tail,
        }
    }

    /// A comment that a blank line separates from the first entry is about the file.
    fn finish(mut self) -> AttachedComments {
        let Some(&first) = self.order.first() else { return self.notes };
        let Some(above) = self.notes.above.get_mut(&first) else { return self.notes };
        let apart = if is_apart(self.source, self.marks.start(first)) {
            above.len()
        } else {
            above.iter().rposition(|note| note.blank).unwrap_or(0)
        };
        self.notes.head = above.drain(..apart).collect();
        self.notes
    }
}
