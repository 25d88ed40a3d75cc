//! Printing of lines: indentation, blank lines and comments, the same in both formats.

use super::comments::CommentLine;
use super::doc::DocItem;
use super::key_context::KeyContext;

/// Columns of one level.
pub(super) const STEP: usize = 2;

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct LinePrinter {
    pub(super) out: String,
}

impl LinePrinter {
    /// Appends to the line.
    pub(super) fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Begins a line.
    pub(super) fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    /// Prints a blank line, except at the top.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Ends a line, with the comment behind it.
    pub(super) fn end_line(&mut self, trailing: Option<&str>) {
        if let Some(trailing) = trailing {
            self.put("  ");
            self.put(trailing);
        }
        self.out.push('\n');
    }

    /// A comment on a line of its own.
    pub(super) fn note(&mut self, text: &str, indent: usize) {
        self.indent(indent);
        self.put(text);
        self.end_line(None);
    }

    /// Comments with the blank lines between them.
    pub(super) fn notes(&mut self, notes: &[CommentLine], indent: usize) {
        for note in notes {
            if note.blank {
                self.blank();
            }
            self.note(&note.text, indent);
        }
    }

    /// The comments above everything, a blank line apart.
    pub(super) fn head(&mut self, notes: &[CommentLine]) {
        self.notes(notes, 0);
        self.blank();
    }

    /// Comments above an entry, and the blank lines around them. `parted` is nothing for the first entry, and else
    /// whether a blank line belongs before it in any case.
    pub(super) fn lead(&mut self, notes: &[CommentLine], blank: bool, parted: Option<bool>, indent: usize) {
        let own = blank || notes.iter().any(|note| note.blank);
        let mut force = parted == Some(true) && !own;
        for (index, note) in notes.iter().enumerate() {
            if (note.blank && (parted.is_some() || index > 0)) || std::mem::take(&mut force) {
                self.blank();
            }
            self.note(&note.text, indent);
        }
        let begins = parted.is_none() && notes.is_empty();
        if (blank && !begins) || force {
            self.blank();
        }
    }
}

/// Whether a blank line belongs between two entries: between groups and between languages.
pub(super) fn is_parted(before: &DocItem, item: &DocItem, place: KeyContext) -> bool {
    match place {
        KeyContext::Template => KeyContext::group(before.name()) != KeyContext::group(item.name()),
        KeyContext::Languages => true,
        _ => false,
    }
}
