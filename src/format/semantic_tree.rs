//! The meaning of a tree without its layout, to compare two texts.

use super::brackets::in_text;
use super::key_context::{KeyContext, is_header_word};
use crate::syntax::text::Brackets;
use crate::syntax::tree::{Entry, Node, Scalar, ScalarStyle, Value};

/// A value that equals every other way to write it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SemanticNode {
    Nothing,
    /// A text, and whether it is a header's word.
    Text(String, bool),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl SemanticNode {
    /// The meaning of a node. Unless it is `exact`, the short form of a value equals its long one.
    pub(super) fn new(node: &Node<'_>, place: KeyContext, exact: bool) -> Self {
        SemanticBuilder { exact }.node(node, place)
    }
}

struct SemanticBuilder {
    exact: bool,
}

impl SemanticBuilder {
    fn node(&self, node: &Node<'_>, place: KeyContext) -> SemanticNode {
        let meaning = match &node.value {
            Value::Null | Value::Broken => SemanticNode::Nothing,
            Value::Scalar(scalar) if place == KeyContext::Button => {
                self.text(scalar, KeyContext::Buttons, None)
            }
            Value::Scalar(scalar) => SemanticNode::Text(scalar.text.to_string(), false),
            Value::List(nodes) => {
                SemanticNode::List(nodes.iter().map(|node| self.node(node, place.inside(None))).collect())
            }
            Value::Map(entries) => self.map(entries, place),
        };
        self.settled(meaning, place)
    }

    fn settled(&self, meaning: SemanticNode, place: KeyContext) -> SemanticNode {
        if self.exact { meaning } else { long(meaning, place) }
    }

    fn map(&self, entries: &[Entry<'_>], place: KeyContext) -> SemanticNode {
        let mut map: Vec<_> = entries.iter().map(|entry| self.entry(entry, place)).collect();
        if !place.is_ordered() {
            map.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        SemanticNode::Map(map)
    }

    fn entry(&self, entry: &Entry<'_>, place: KeyContext) -> (String, SemanticNode) {
        let key = Some(&*entry.key);
        let meaning = match entry.value.scalar() {
            Some(scalar) => self.settled(self.text(scalar, place, key), place.inside(key)),
            None => self.node(&entry.value, place.inside(key)),
        };
        (entry.key.to_string(), meaning)
    }

    fn text(&self, scalar: &Scalar<'_>, place: KeyContext, key: Option<&str>) -> SemanticNode {
        let text = &*scalar.text;
        let is_header = place.inside(key) == KeyContext::Header;
        let word = is_header && scalar.style == ScalarStyle::Plain && is_header_word(text);
        if place.is_fixed_word(key) {
            return SemanticNode::Text(text.to_ascii_lowercase(), word);
        }
        // Both brackets mean the same.
        let sent = place.is_sent(key).then(|| in_text(text, Brackets::Braces));
        let text = sent.as_deref().unwrap_or(text);
        if place.drops_last_breaks(key) && !self.exact {
            SemanticNode::Text(text.trim_end_matches('\n').to_owned(), word)
        } else {
            SemanticNode::Text(text.to_owned(), word)
        }
    }
}

/// The long form of what may also be written short.
fn long(meaning: SemanticNode, place: KeyContext) -> SemanticNode {
    match (place, meaning) {
        (KeyContext::Variable, text @ SemanticNode::Text(..)) => {
            SemanticNode::Map(vec![("sample".to_owned(), text)])
        }
        (KeyContext::Library, text @ SemanticNode::Text(..)) => {
            SemanticNode::Map(vec![("template".to_owned(), text)])
        }
        (KeyContext::Button, text @ SemanticNode::Text(..)) => {
            let kind = SemanticNode::Text("quick_reply".to_owned(), false);
            SemanticNode::Map(vec![("text".to_owned(), text), ("type".to_owned(), kind)])
        }
        (KeyContext::Variable | KeyContext::Version, SemanticNode::Nothing) => SemanticNode::Map(Vec::new()),
        (KeyContext::Words, text @ SemanticNode::Text(..)) => SemanticNode::List(vec![text]),
        (_, meaning) => meaning,
    }
}
