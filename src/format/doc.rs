//! A tree on the way to paper: owned, in canonical order, every comment at its entry.

use std::collections::BTreeSet;

use super::Refusal;
use super::comments::{self, AttachedComments, CommentLine, is_apart, is_gathered};
use super::key_context::{KeyContext, Role};
use crate::source::Source;
use crate::syntax::tree::{Entry, Node, Scalar, ScalarStyle, Tree, Value};

/// A file.
#[derive(Debug)]
pub(super) struct Doc {
    /// Comments on the whole file.
    pub(super) head: Vec<CommentLine>,
    /// The entries at the top.
    pub(super) entries: Vec<DocItem>,
    /// Comments behind the last of them.
    pub(super) end: Vec<CommentLine>,
    /// Comments behind the template.
    pub(super) tail: Vec<CommentLine>,
}

/// An entry of a map, or an item of a list, which has no key.
#[derive(Debug)]
pub(super) struct DocItem {
    pub(super) key: Option<String>,
    pub(super) shape: DocValue,
    /// The place of the value.
    pub(super) place: KeyContext,
    /// How the value may be written, if it is a text.
    pub(super) role: Role,
    /// Comments above.
    pub(super) above: Vec<CommentLine>,
    /// The comment behind.
    pub(super) trailing: Option<String>,
    /// Comments behind the last entry inside.
    pub(super) end: Vec<CommentLine>,
    /// Whether a blank line precedes it.
    pub(super) blank: bool,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum DocValue {
    Null,
    Text { text: String, style: ScalarStyle },
    List(Vec<DocItem>),
    Map(Vec<DocItem>),
}

impl DocItem {
    /// An entry without comments.
    fn bare(key: &str, shape: DocValue) -> Self {
        let key = Some(key.to_owned());
        let (above, trailing, end) = (Vec::new(), None, Vec::new());
        Self { key, shape, place: KeyContext::Other, role: Role::Prose, above, trailing, end, blank: false }
    }

    /// The key; nothing for an item of a list.
    pub(super) fn name(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }

    /// Hands over the comments on it.
    fn give_notes(&mut self, notes: &mut Vec<CommentLine>) {
        notes.append(&mut self.above);
        notes.extend(self.trailing.take().map(|text| CommentLine { text, blank: false }));
    }

    /// The entries or items inside.
    pub(super) fn children(&self) -> &[Self] {
        match &self.shape {
            DocValue::List(items) | DocValue::Map(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.shape {
            DocValue::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether a blank line precedes its first line, which may be a comment.
    fn begins_apart(&self) -> bool {
        self.above.first().map_or(self.blank, |note| note.blank)
    }

    /// Whether a comment speaks of it or of something inside.
    pub(super) fn is_noted(&self) -> bool {
        !self.above.is_empty() || self.trailing.is_some() || self.holds_notes()
    }

    /// Returns whether it contains a comment.
    pub(super) fn holds_notes(&self) -> bool {
        !self.end.is_empty() || self.children().iter().any(Self::is_noted)
    }
}

/// Takes a tree over.
pub(super) fn read(source: &Source, tree: &Tree<'_>) -> Result<Doc, Refusal> {
    let mut reader = DocBuilder { source, notes: comments::attach(source, tree), next: 0 };
    let shape = reader.shape(&tree.root, KeyContext::Template, KeyContext::Template, None)?;
    let DocValue::Map(entries) = shape else { return Err(Refusal::Empty) };
    let AttachedComments { head, root_end, tail, .. } = reader.notes;
    Ok(Doc { head, entries, end: root_end, tail })
}

struct DocBuilder<'s> {
    source: &'s Source,
    notes: AttachedComments,
    /// The number of the next entry or item, counted as the comments' places are.
    next: usize,
}

impl DocBuilder<'_> {
    /// A value at `place`, which is what `key` has in `around`.
    fn shape(
        &mut self,
        node: &Node<'_>,
        place: KeyContext,
        around: KeyContext,
        key: Option<&str>,
    ) -> Result<DocValue, Refusal> {
        match &node.value {
            Value::Null => Ok(DocValue::Null),
            Value::Broken => Err(Refusal::Mistakes),
            Value::Scalar(scalar) => Ok(text(scalar, around.is_fixed_word(key))),
            Value::List(nodes) => {
                let items = nodes.iter().map(|node| self.list_item(node, place));
                Ok(DocValue::List(items.collect::<Result<_, _>>()?))
            }
            Value::Map(entries) => self.map(entries, place),
        }
    }

    fn map(&mut self, entries: &[Entry<'_>], place: KeyContext) -> Result<DocValue, Refusal> {
        let mut seen = BTreeSet::new();
        if let Some(entry) = entries.iter().find(|entry| !seen.insert(&entry.key)) {
            return Err(Refusal::Duplicate(entry.key.to_string()));
        }
        let items = entries.iter().map(|entry| self.entry(entry, place));
        let mut items: Vec<DocItem> = items.collect::<Result<_, _>>()?;
        items.sort_by_key(|item| place.rank(item.key.as_deref()));
        Ok(DocValue::Map(items))
    }

    fn entry(&mut self, entry: &Entry<'_>, around: KeyContext) -> Result<DocItem, Refusal> {
        let at = entry.key_span.start.min(entry.value.span.start) as usize;
        let mut item = self.item(Some(&entry.key), &entry.value, around, at)?;
        if is_gathered(self.source, &entry.key, entry.key_span) {
            item.blank = item.children().first().is_some_and(DocItem::begins_apart);
        }
        Ok(item)
    }

    fn list_item(&mut self, node: &Node<'_>, around: KeyContext) -> Result<DocItem, Refusal> {
        self.item(None, node, around, node.span.start as usize)
    }

    fn item(
        &mut self,
        key: Option<&str>,
        node: &Node<'_>,
        around: KeyContext,
        at: usize,
    ) -> Result<DocItem, Refusal> {
        let id = self.next;
        self.next += 1;
        let place = around.inside(key);
        let shape = self.shape(node, place, around, key)?;
        Ok(DocItem {
            key: key.map(str::to_owned),
            shape,
            place,
            role: around.role(key),
            above: self.notes.above.remove(&id).unwrap_or_default(),
            trailing: self.notes.trailing.remove(&id),
            end: self.notes.end.remove(&id).unwrap_or_default(),
            blank: is_apart(self.source, at),
        })
    }
}

fn text(scalar: &Scalar<'_>, fixed: bool) -> DocValue {
    let text = if fixed { scalar.text.to_ascii_lowercase() } else { scalar.text.to_string() };
    DocValue::Text { text, style: scalar.style }
}

/// Whether a text is written over several lines where that is possible.
pub(super) fn is_tall(text: &str, style: ScalarStyle) -> bool {
    text.contains('\n') || matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

/// The same in YAML's words: `"""` does not end in a line break, `|` does, and a quick reply is its label.
pub(super) fn for_yaml(mut doc: Doc) -> Doc {
    each(&mut doc.entries, KeyContext::Template, &mut |item, around| {
        let drops = around.drops_last_breaks(item.key.as_deref());
        if let DocValue::Text { text, style } = &mut item.shape
            && drops
            && is_tall(text, *style)
        {
            text.truncate(text.trim_end_matches('\n').len());
            text.push('\n');
        }
        shorten_quick_reply(item);
        lengthen_variables(item);
    });
    doc
}

fn shorten_quick_reply(item: &mut DocItem) {
    let DocValue::Map(entries) = &mut item.shape else { return };
    if item.place != KeyContext::Button || !item.end.is_empty() || entries.iter().any(DocItem::is_noted) {
        return;
    }
    if let [kind, label] = entries.as_mut_slice()
        && kind.name() == "type"
        && kind.text() == Some("quick_reply")
        && label.name() == "text"
        && label.text().is_some()
    {
        item.shape = std::mem::replace(&mut label.shape, DocValue::Null);
        item.role = Role::Prose;
    }
}

/// Where some variables are maps, all of them are.
fn lengthen_variables(item: &mut DocItem) {
    let DocValue::Map(variables) = &mut item.shape else { return };
    let is_map = |variable: &DocItem| matches!(variable.shape, DocValue::Map(_));
    if item.place != KeyContext::Variables || !variables.iter().any(is_map) {
        return;
    }
    for variable in variables.iter_mut().filter(|variable| variable.text().is_some()) {
        let shape = std::mem::replace(&mut variable.shape, DocValue::Null);
        variable.shape = DocValue::Map(vec![DocItem::bare("sample", shape)]);
    }
}

/// The same in the DSL's words, where only blocks can be empty.
pub(super) fn for_dsl(mut doc: Doc) -> Doc {
    each(&mut doc.entries, KeyContext::Template, &mut |item, around| {
        let drops = around.drops_last_breaks(item.key.as_deref());
        match &mut item.shape {
            DocValue::Text { text, .. } if drops => text.truncate(text.trim_end_matches('\n').len()),
            DocValue::Null if matches!(item.place, KeyContext::Variable | KeyContext::Version) => {
                item.shape = DocValue::Map(Vec::new());
            }
            // The DSL's word for it takes its inputs in the same way.
            DocValue::Text { .. } if item.place == KeyContext::Library => {
                let name = std::mem::replace(&mut item.shape, DocValue::Null);
                item.shape =
                    DocValue::Map(vec![DocItem { role: Role::Word, ..DocItem::bare("template", name) }]);
            }
            _ => {}
        }
    });
    doc
}

/// A single line of the DSL has its comments above: a button's type, and lists of words.
pub(super) fn hoisted(mut doc: Doc) -> Doc {
    each(&mut doc.entries, KeyContext::Template, &mut |item, _| {
        let mut notes = Vec::new();
        match &mut item.shape {
            DocValue::Map(entries) if item.place == KeyContext::Button => {
                for entry in entries.iter_mut().filter(|entry| entry.name() == "type") {
                    entry.give_notes(&mut notes);
                }
            }
            DocValue::List(items) if matches!(item.place, KeyContext::Words | KeyContext::Languages) => {
                items.iter_mut().for_each(|word| word.give_notes(&mut notes));
                notes.append(&mut item.end);
            }
            _ => {}
        }
        item.above.append(&mut notes);
    });
    doc
}

/// Does something to every entry and item, the outer ones last.
pub(super) fn each(
    items: &mut [DocItem],
    around: KeyContext,
    change: &mut impl FnMut(&mut DocItem, KeyContext),
) {
    for item in items {
        let place = item.place;
        if let DocValue::List(inner) | DocValue::Map(inner) = &mut item.shape {
            each(inner, place, change);
        }
        change(item, around);
    }
}
