//! The syntax tree that both surfaces parse to. Nothing after it knows which one was used.

pub use super::scalar_style::ScalarStyle;

use std::borrow::Cow;

use super::SourceMap;
use crate::source::Span;

/// A parsed file.
#[derive(Debug)]
pub struct Tree<'s> {
    /// The top of the file: a map, unless the file holds something else.
    pub root: Node<'s>,
    /// Every comment, in order.
    pub comments: Vec<Comment<'s>>,
    /// Whether pieces that did not parse were left out, so that a missing key proves nothing.
    pub incomplete: bool,
}

/// A comment, with its `#`.
#[derive(Clone, Debug)]
pub struct Comment<'s> {
    /// Where it stands.
    pub span: Span,
    /// What stands behind the `#`.
    pub text: Cow<'s, str>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'s> {
    /// From its first to its last byte; for a block scalar, its text.
    pub span: Span,
    /// What it is.
    pub value: Value<'s>,
}

/// What a node can be.
#[derive(Clone, Debug)]
pub enum Value<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, a number, a word: its reader decides.
    Scalar(Scalar<'s>),
    /// A list.
    List(Vec<Node<'s>>),
    /// A map, in source order; keys may repeat.
    Map(Vec<Entry<'s>>),
    /// Something that has been complained of already.
    Broken,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry<'s> {
    /// The key, decoded.
    pub key: Cow<'s, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

/// A decoded scalar.
#[derive(Clone, Debug)]
pub struct Scalar<'s> {
    /// The text after escapes and folding.
    pub text: Cow<'s, str>,
    /// How it is written.
    pub style: ScalarStyle,
    /// From bytes of `text` to bytes of the source.
    pub offsets: SourceMap,
}

impl<'s> Node<'s> {
    /// What it is, in users' words.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            Value::Broken => "something unreadable",
        }
    }

    /// The scalar, if it is one.
    pub fn scalar(&self) -> Option<&Scalar<'s>> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    pub fn entries(&self) -> Option<&[Entry<'s>]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// How many bytes of text hang here.
    pub fn bytes(&self) -> usize {
        match &self.value {
            Value::Scalar(scalar) => scalar.text.len(),
            Value::List(nodes) => nodes.iter().map(Node::bytes).sum(),
            Value::Map(entries) => entries.iter().map(|entry| entry.key.len() + entry.value.bytes()).sum(),
            _ => 0,
        }
    }

    /// How many nodes hang here, this one included.
    pub fn size(&self) -> usize {
        1 + match &self.value {
            Value::List(nodes) => nodes.iter().map(Node::size).sum(),
            Value::Map(entries) => entries.iter().map(|entry| entry.value.size()).sum(),
            _ => 0,
        }
    }
}
