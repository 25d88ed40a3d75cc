//! A tree on the way to paper: owned, in canonical order, every comment at its entry.

use std::collections::BTreeSet;

use super::Refusal;
use super::notes::{self, Note, Notes, is_apart, is_gathered};
use super::place::{Place, Role};
use crate::source::Source;
use crate::syntax::tree::{Entry, Node, Scalar, ScalarStyle, Tree, Value};

/// A file.
#[derive(Debug)]
pub(super) struct Doc {
    /// Comments on the whole file.
    pub(super) head: Vec<Note>,
    /// The entries at the top.
    pub(super) entries: Vec<Item>,
    /// Comments behind the last of them.
    pub(super) end: Vec<Note>,
    /// Comments behind the template.
    pub(super) tail: Vec<Note>,
}

/// An entry of a map, or an item of a list, which has no key.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: Option<String>,
    pub(super) shape: Shape,
    /// The place of the value.
    pub(super) place: Place,
    /// How the value may be written, if it is a text.
    pub(super) role: Role,
    /// Comments above.
    pub(super) above: Vec<Note>,
    /// The comment behind.
    pub(super) trailing: Option<String>,
    /// Comments behind the last entry inside.
    pub(super) end: Vec<Note>,
    /// Whether a blank line stands before.
    pub(super) blank: bool,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Shape {
    Null,
    Text { text: String, style: ScalarStyle },
    List(Vec<Item>),
    Map(Vec<Item>),
}

impl Item {
    /// An entry that nothing is said about.
    fn bare(key: &str, shape: Shape) -> Self {
        let key = Some(key.to_owned());
        let (above, trailing, end) = (Vec::new(), None, Vec::new());
        Self { key, shape, place: Place::Other, role: Role::Prose, above, trailing, end, blank: false }
    }

    /// The key; nothing for an item of a list.
    pub(super) fn name(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }

    /// Hands over the comments on it.
    fn give_notes(&mut self, notes: &mut Vec<Note>) {
        notes.append(&mut self.above);
        notes.extend(self.trailing.take().map(|text| Note { text, blank: false }));
    }

    /// The entries or items inside.
    pub(super) fn children(&self) -> &[Self] {
        match &self.shape {
            Shape::List(items) | Shape::Map(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether a blank line stands before its first line, which may be a comment.
    fn begins_apart(&self) -> bool {
        self.above.first().map_or(self.blank, |note| note.blank)
    }

    /// Whether a comment speaks of it or of something inside.
    pub(super) fn is_noted(&self) -> bool {
        !self.above.is_empty() || self.trailing.is_some() || self.holds_notes()
    }

    /// Whether a comment stands inside.
    pub(super) fn holds_notes(&self) -> bool {
        !self.end.is_empty() || self.children().iter().any(Self::is_noted)
    }
}

/// Takes a tree over.
pub(super) fn read(source: &Source, tree: &Tree<'_>) -> Result<Doc, Refusal> {
    let mut reader = Reader { source, notes: notes::attach(source, tree), next: 0 };
    let shape = reader.shape(&tree.root, Place::Template, Place::Template, None)?;
    let Shape::Map(entries) = shape else { return Err(Refusal::Empty) };
    let Notes { head, root_end, tail, .. } = reader.notes;
    Ok(Doc { head, entries, end: root_end, tail })
}

struct Reader<'s> {
    source: &'s Source,
    notes: Notes,
    /// The number of the next entry or item, counted as the comments' places are.
    next: usize,
}

impl Reader<'_> {
    /// A value at `place`, which is what `key` has in `around`.
    fn shape(
        &mut self,
        node: &Node<'_>,
        place: Place,
        around: Place,
        key: Option<&str>,
    ) -> Result<Shape, Refusal> {
        match &node.value {
            Value::Null => Ok(Shape::Null),
            Value::Broken => Err(Refusal::Mistakes),
            Value::Scalar(scalar) => Ok(text(scalar, around.is_fixed_word(key))),
            Value::List(nodes) => {
                let items = nodes.iter().map(|node| self.list_item(node, place));
                Ok(Shape::List(items.collect::<Result<_, _>>()?))
            }
            Value::Map(entries) => self.map(entries, place),
        }
    }

    fn map(&mut self, entries: &[Entry<'_>], place: Place) -> Result<Shape, Refusal> {
        let mut seen = BTreeSet::new();
        if let Some(entry) = entries.iter().find(|entry| !seen.insert(&entry.key)) {
            return Err(Refusal::Duplicate(entry.key.to_string()));
        }
        let items = entries.iter().map(|entry| self.entry(entry, place));
        let mut items: Vec<Item> = items.collect::<Result<_, _>>()?;
        items.sort_by_key(|item| place.rank(item.key.as_deref()));
        Ok(Shape::Map(items))
    }

    fn entry(&mut self, entry: &Entry<'_>, around: Place) -> Result<Item, Refusal> {
        let at = entry.key_span.start.min(entry.value.span.start) as usize;
        let mut item = self.item(Some(&entry.key), &entry.value, around, at)?;
        if is_gathered(self.source, &entry.key, entry.key_span) {
            item.blank = item.children().first().is_some_and(Item::begins_apart);
        }
        Ok(item)
    }

    fn list_item(&mut self, node: &Node<'_>, around: Place) -> Result<Item, Refusal> {
        self.item(None, node, around, node.span.start as usize)
    }

    fn item(
        &mut self,
        key: Option<&str>,
        node: &Node<'_>,
        around: Place,
        at: usize,
    ) -> Result<Item, Refusal> {
        let id = self.next;
        self.next += 1;
        let place = around.inside(key);
        let shape = self.shape(node, place, around, key)?;
        Ok(Item {
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

fn text(scalar: &Scalar<'_>, fixed: bool) -> Shape {
    let text = if fixed { scalar.text.to_ascii_lowercase() } else { scalar.text.to_string() };
    Shape::Text { text, style: scalar.style }
}

/// Whether a text is written over several lines where that is possible.
pub(super) fn is_tall(text: &str, style: ScalarStyle) -> bool {
    text.contains('\n') || matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

/// The same in YAML's words: `"""` does not end in a line break, `|` does, and a quick reply is its label.
pub(super) fn for_yaml(mut doc: Doc) -> Doc {
    each(&mut doc.entries, Place::Template, &mut |item, around| {
        let drops = around.drops_last_breaks(item.key.as_deref());
        if let Shape::Text { text, style } = &mut item.shape
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

fn shorten_quick_reply(item: &mut Item) {
    let Shape::Map(entries) = &mut item.shape else { return };
    if item.place != Place::Button || !item.end.is_empty() || entries.iter().any(Item::is_noted) {
        return;
    }
    if let [kind, label] = entries.as_mut_slice()
        && kind.name() == "type"
        && kind.text() == Some("quick_reply")
        && label.name() == "text"
        && label.text().is_some()
    {
        item.shape = std::mem::replace(&mut label.shape, Shape::Null);
        item.role = Role::Prose;
    }
}

/// Where some variables are maps, all of them are.
fn lengthen_variables(item: &mut Item) {
    let Shape::Map(variables) = &mut item.shape else { return };
    let is_map = |variable: &Item| matches!(variable.shape, Shape::Map(_));
    if item.place != Place::Variables || !variables.iter().any(is_map) {
        return;
    }
    for variable in variables.iter_mut().filter(|variable| variable.text().is_some()) {
        let shape = std::mem::replace(&mut variable.shape, Shape::Null);
        variable.shape = Shape::Map(vec![Item::bare("sample", shape)]);
    }
}

/// The same in the DSL's words, where only blocks can be empty.
pub(super) fn for_dsl(mut doc: Doc) -> Doc {
    each(&mut doc.entries, Place::Template, &mut |item, around| {
        let drops = around.drops_last_breaks(item.key.as_deref());
        match &mut item.shape {
            Shape::Text { text, .. } if drops => text.truncate(text.trim_end_matches('\n').len()),
            Shape::Null if matches!(item.place, Place::Variable | Place::Version) => {
                item.shape = Shape::Map(Vec::new());
            }
            // The DSL's word for it takes its inputs in the same way.
            Shape::Text { .. } if item.place == Place::Library => {
                let name = std::mem::replace(&mut item.shape, Shape::Null);
                item.shape = Shape::Map(vec![Item { role: Role::Word, ..Item::bare("template", name) }]);
            }
            _ => {}
        }
    });
    doc
}

/// What stands on one line in the DSL has its comments above: a button's type, and lists of words.
pub(super) fn hoisted(mut doc: Doc) -> Doc {
    each(&mut doc.entries, Place::Template, &mut |item, _| {
        let mut notes = Vec::new();
        match &mut item.shape {
            Shape::Map(entries) if item.place == Place::Button => {
                for entry in entries.iter_mut().filter(|entry| entry.name() == "type") {
                    entry.give_notes(&mut notes);
                }
            }
            Shape::List(items) if matches!(item.place, Place::Words | Place::Languages) => {
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
pub(super) fn each(items: &mut [Item], around: Place, change: &mut impl FnMut(&mut Item, Place)) {
    for item in items {
        let place = item.place;
        if let Shape::List(inner) | Shape::Map(inner) = &mut item.shape {
            each(inner, place, change);
        }
        change(item, around);
    }
}
