//! One text: its changed characters, and how to write them at their place.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::edit::{Edit, Extent};
use crate::compile::AccountContext;
use crate::format::quoted;
use crate::import::escape::source_text;
use crate::model::{SegmentKind, Text};
use crate::source::{Source, Span};
use crate::syntax::SourceFormat;
use crate::syntax::text::{Reference, is_reference};
use crate::syntax::tree::{Node, ScalarStyle, Tree, Value};

/// The longest text that is compared character by character; Meta's longest has 1,024.
const MAX_TEXT: usize = 16 * 1024;

/// A text in its file.
pub(super) struct Splice<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: &'a Tree<'a>,
    pub(super) text: &'a Text,
    /// The names that numbers stand for.
    pub(super) names: &'a [&'a str],
    pub(super) account: &'a AccountContext<'a>,
}

/// Something of a text that stays or goes as a whole, with its bytes in the text as written.
struct Atom {
    wire: String,
    range: Range<usize>,
    /// Whether it stands for something else than its own characters.
    stands: bool,
}

impl Splice<'_> {
    /// Returns the edits that make a text compile to `new` instead of `old`, if there are any that can be expressed.
    pub(super) fn edits(&self, old: &str, new: &str, extent: Extent) -> Option<Vec<Edit>> {
        let node = find(&self.tree.root, self.text.span)?;
        let style = node.scalar()?.style;
        if !self.text.is_exact() || old.len() > MAX_TEXT || new.len() > MAX_TEXT {
            return None;
        }
        if extent == Extent::Whole {
            return Some(vec![self.whole(node, style, new)?]);
        }
        let before = self.atoms();
        let after = cut(new, &before);
        let were: Vec<&str> = before.iter().map(|atom| atom.wire.as_str()).collect();
        let ops = capture_diff_slices(Algorithm::Myers, &were, &after);
        let mut edits = Vec::new();
        for op in ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
            let (gone, come) = (op.old_range(), op.new_range());
            let range = self.range(&before, gone)?;
            let text = self.written(&after.get(come)?.concat())?;
            edits.push(Edit { range: self.text.span_of(range).range(), text: self.encoded(style, &text)? });
        }
        Some(edits)
    }

    /// The whole scalar, in the safest way to write it.
    fn whole(&self, node: &Node<'_>, style: ScalarStyle, new: &str) -> Option<Edit> {
        let text = self.written(new)?;
        let inner = self.text.span_of(0..self.text.as_str().len()).range();
        match style {
            ScalarStyle::Literal => Some(Edit { range: inner, text: self.encoded(style, &text)? }),
            ScalarStyle::Folded => None,
            _ if self.is_dsl() => {
                let inner = self.encoded(ScalarStyle::DoubleQuoted, &text)?;
                Some(Edit { range: node.span.range(), text: format!("\"{inner}\"") })
            }
            _ => Some(Edit { range: node.span.range(), text: quoted(&text) }),
        }
    }

    /// The text as written, cut into what stays or goes as a whole: placeholders, constants and escapes, and each
    /// character of the rest.
    fn atoms(&self) -> Vec<Atom> {
        let mut atoms = Vec::new();
        for piece in &self.text.pieces {
            let slice = self.text.slice(piece);
            let whole = |wire: String| Atom { wire, range: piece.range.clone(), stands: true };
            match &piece.kind {
                SegmentKind::Placeholder(placeholder) => {
                    let number = match &placeholder.reference {
                        Reference::Name(name) => {
                            self.names.iter().position(|own| own == name).map(|at| at + 1)
                        }
                        Reference::Number(_) => None,
                    };
                    let inner =
                        number.map_or_else(|| placeholder.reference.to_string(), |number| number.to_string());
                    atoms.push(whole(format!("{{{{{inner}}}}}")));
                }
                SegmentKind::Constant(name) => {
                    let value = self.account.constants.get(name.as_str()).copied().unwrap_or(slice);
                    atoms.push(whole(value.to_owned()));
                }
                SegmentKind::Escape => atoms.push(whole(slice.get(1..).unwrap_or_default().to_owned())),
                SegmentKind::Run | SegmentKind::FormatMarker | SegmentKind::Malformed(_) => {
                    let mut start = piece.range.start;
                    for word in words(slice) {
                        let range = start..start + word.len();
                        start = range.end;
                        atoms.push(Atom { wire: word.to_owned(), range, stands: false });
                    }
                }
            }
        }
        atoms
    }

    /// The bytes of some atoms; of none, the place between their neighbours.
    fn range(&self, atoms: &[Atom], gone: Range<usize>) -> Option<Range<usize>> {
        let start = atoms.get(gone.start).map_or(self.text.as_str().len(), |atom| atom.range.start);
        match gone.end.checked_sub(1).filter(|_| !gone.is_empty()) {
            Some(last) => Some(start..atoms.get(last)?.range.end),
            None => Some(start..start),
        }
    }

    fn written(&self, wire: &str) -> Option<String> {
        let name = |number: u32| {
            let index = (number as usize).checked_sub(1)?;
            self.names.get(index).map(|name| (*name).to_owned())
        };
        source_text(wire, &name)
    }

    fn is_dsl(&self) -> bool {
        SourceFormat::from_path(self.source.name()) == Some(SourceFormat::Dsl)
    }

    /// Returns a text as written inside a scalar of this style.
    fn encoded(&self, style: ScalarStyle, text: &str) -> Option<String> {
        match style {
            ScalarStyle::Plain | ScalarStyle::Folded => (!text.contains('\n')).then(|| text.to_owned()),
            ScalarStyle::SingleQuoted => (!text.contains('\n')).then(|| text.replace('\'', "''")),
            ScalarStyle::DoubleQuoted if self.is_dsl() => {
                Some(text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
            }
            ScalarStyle::DoubleQuoted => {
                let quoted = quoted(text);
                Some(quoted.get(1..quoted.len().saturating_sub(1))?.to_owned())
            }
            ScalarStyle::Literal => {
                let text = if self.is_dsl() {
                    text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
                } else {
                    text.to_owned()
                };
                Some(self.indented(&text))
            }
        }
    }

    /// Indents the further lines of a text like the first one, except for blank lines.
    fn indented(&self, text: &str) -> String {
        let (line_break, indent) = (self.line_break(), self.indent());
        let mut lines = text.split('\n').peekable();
        let mut written = lines.next().unwrap_or_default().to_owned();
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none();
            written += line_break;
            written += if line.is_empty() && !is_last { "" } else { &indent };
            written += line;
        }
        written
    }

    /// The indentation of the lines of the scalar.
    fn indent(&self) -> String {
        let start = self.text.start().start as usize;
        let before = self.source.text().get(..start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
    }

    fn line_break(&self) -> &'static str {
        if self.source.text().contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// Splits a text into words and the text between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| c == first || (c.is_alphanumeric() && first.is_alphanumeric());
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        words.push(word);
        rest = behind;
    }
    words
}

/// A text of the account, cut where the atoms of the source would be.
fn cut<'t>(wire: &'t str, atoms: &[Atom]) -> Vec<&'t str> {
    let mut known: Vec<&str> =
        atoms.iter().filter(|atom| atom.stands).map(|atom| atom.wire.as_str()).collect();
    known.retain(|wire| wire.chars().count() > 1);
    known.sort_by_key(|wire| std::cmp::Reverse(wire.len()));
    let (mut cut, mut plain, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = wire.get(at..).filter(|rest| !rest.is_empty()) {
        let atom = known.iter().find(|wire| rest.starts_with(**wire)).map(|wire| wire.len());
        match atom.or_else(|| placeholder(rest)) {
            Some(length) => {
                cut.extend(wire.get(plain..at).map(words).unwrap_or_default());
                cut.extend(rest.get(..length));
                at += length;
                plain = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    cut.extend(wire.get(plain..).map(words).unwrap_or_default());
    cut
}

/// The length of the placeholder that a text begins with.
fn placeholder(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("{{")?;
    let inner = inner.get(..inner.find("}}")?)?;
    is_reference(inner).then_some(inner.len() + 4)
}

/// The scalar at a place.
fn find<'n, 's>(node: &'n Node<'s>, span: Span) -> Option<&'n Node<'s>> {
    match &node.value {
        Value::Scalar(_) => (node.span == span).then_some(node),
        Value::List(nodes) => nodes.iter().find_map(|node| find(node, span)),
        Value::Map(entries) => entries.iter().find_map(|entry| find(&entry.value, span)),
        Value::Null | Value::Broken => None,
    }
}
