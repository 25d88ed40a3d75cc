//! What a tree means, without its layout: how two texts are told to be the same.

use super::brackets::in_text;
use super::place::{Place, is_header_word};
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Entry, Node, Scalar, ScalarStyle, Value};

/// A value that equals every other way to write it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Nothing,
    /// A text, and whether it is a header's word.
    Text(String, bool),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Meaning {
    /// The meaning of a node. Unless it is `exact`, the short form of a value equals its long one.
    pub(super) fn of(node: &Node<'_>, place: Place, exact: bool) -> Self {
        Reader { exact }.node(node, place)
    }
}

struct Reader {
    exact: bool,
}

impl Reader {
    fn node(&self, node: &Node<'_>, place: Place) -> Meaning {
        let meaning = match &node.value {
            Value::Null | Value::Broken => Meaning::Nothing,
            Value::Scalar(scalar) if place == Place::Button => self.text(scalar, Place::Buttons, None),
            Value::Scalar(scalar) => Meaning::Text(scalar.text.to_string(), false),
            Value::List(nodes) => {
                Meaning::List(nodes.iter().map(|node| self.node(node, place.inside(None))).collect())
            }
            Value::Map(entries) => self.map(entries, place),
        };
        self.settled(meaning, place)
    }

    fn settled(&self, meaning: Meaning, place: Place) -> Meaning {
        if self.exact { meaning } else { long(meaning, place) }
    }

    fn map(&self, entries: &[Entry<'_>], place: Place) -> Meaning {
        let mut map: Vec<_> = entries.iter().map(|entry| self.entry(entry, place)).collect();
        if !place.is_ordered() {
            map.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        Meaning::Map(map)
    }

    fn entry(&self, entry: &Entry<'_>, place: Place) -> (String, Meaning) {
        let key = Some(&*entry.key);
        let meaning = match entry.value.scalar() {
            Some(scalar) => self.settled(self.text(scalar, place, key), place.inside(key)),
            None => self.node(&entry.value, place.inside(key)),
        };
        (entry.key.to_string(), meaning)
    }

    fn text(&self, scalar: &Scalar<'_>, place: Place, key: Option<&str>) -> Meaning {
        let text = &*scalar.text;
        let is_header = place.inside(key) == Place::Header;
        let word = is_header && scalar.style == ScalarStyle::Plain && is_header_word(text);
        if place.is_fixed_word(key) {
            return Meaning::Text(text.to_ascii_lowercase(), word);
        }
        // Both brackets mean the same.
        let sent = place.is_sent(key).then(|| in_text(text, Brackets::Braces));
        let text = sent.as_deref().unwrap_or(text);
        if place.drops_last_breaks(key) && !self.exact {
            Meaning::Text(text.trim_end_matches('\n').to_owned(), word)
        } else {
            Meaning::Text(text.to_owned(), word)
        }
    }
}

/// The long form of what may also be written short.
fn long(meaning: Meaning, place: Place) -> Meaning {
    match (place, meaning) {
        (Place::Variable, text @ Meaning::Text(..)) => Meaning::Map(vec![("sample".to_owned(), text)]),
        (Place::Library, text @ Meaning::Text(..)) => Meaning::Map(vec![("template".to_owned(), text)]),
        (Place::Button, text @ Meaning::Text(..)) => {
            let kind = Meaning::Text("quick_reply".to_owned(), false);
            Meaning::Map(vec![("text".to_owned(), text), ("type".to_owned(), kind)])
        }
        (Place::Variable | Place::Version, Meaning::Nothing) => Meaning::Map(Vec::new()),
        (Place::Words, text @ Meaning::Text(..)) => Meaning::List(vec![text]),
        (_, meaning) => meaning,
    }
}
