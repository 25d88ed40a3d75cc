//! Lists whose elements are found by name, also when there are very many.

use std::ops::Deref;

use super::Reference;
use crate::source::Spanned;
use crate::{model::Variable, work};

/// Lists up to this length are searched from the start: that takes less time than keeping an order.
const FEW: usize = 32;

/// The key of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key<'a> {
    /// A number.
    Number(u32),
    /// A name.
    Name(&'a str),
}

impl<'a> Key<'a> {
    /// The key that a text is written as.
    pub fn new(text: &'a str) -> Self {
        let number = text.parse::<u32>().ok().filter(|number| number.to_string() == text);
        number.map_or(Self::Name(text), Self::Number)
    }
}

/// An element with a name.
pub trait Named {
    /// Its key.
    fn key(&self) -> Key<'_>;
}

/// A list in source order, whose elements are found by name.
#[derive(Clone, Debug)]
pub struct NamedList<T> {
    items: Vec<T>,
    /// The places of the elements in the order of their keys; empty for a short list.
    order: Vec<u32>,
}

impl<T: Named> NamedList<T> {
    /// The first element with a key.
    pub fn find(&self, key: Key<'_>) -> Option<&T> {
        self.place(key).and_then(|place| self.items.get(place))
    }

    /// The place of the first element with a key.
    pub fn place(&self, key: Key<'_>) -> Option<usize> {
        if self.order.is_empty() {
            let place = self.items.iter().position(|item| item.key() == key);
            work::steps(place.unwrap_or(self.items.len()) + 1);
            return place;
        }
        let at = self.order.partition_point(|place| {
            work::steps(1);
            self.key_at(*place).is_some_and(|own| own < key)
        });
        let place = *self.order.get(at)?;
        (self.key_at(place) == Some(key)).then_some(place as usize)
    }

    fn key_at(&self, place: u32) -> Option<Key<'_>> {
        self.items.get(place as usize).map(Named::key)
    }
}

impl<T: Named> From<Vec<T>> for NamedList<T> {
    fn from(items: Vec<T>) -> Self {
        let mut list = Self { items, order: Vec::new() };
        if list.items.len() > FEW {
            let mut order: Vec<u32> = (0..crate::source::offset(list.items.len())).collect();
            // Equal keys stay in source order.
            order.sort_by_key(|place| list.key_at(*place));
            list.order = order;
        }
        list
    }
}

impl<T> Default for NamedList<T> {
    fn default() -> Self {
        Self { items: Vec::new(), order: Vec::new() }
    }
}

impl<T> Deref for NamedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'a, T> IntoIterator for &'a NamedList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl Reference {
    /// The key of a variable or sample with this reference.
    pub fn key(&self) -> Key<'_> {
        match self {
            Self::Number(number) => Key::Number(*number),
            Self::Name(name) => Key::Name(name),
        }
    }
}

impl Named for Variable {
    fn key(&self) -> Key<'_> {
        self.reference.value.key()
    }
}

/// A sample with the name of its variable.
impl Named for (Spanned<String>, Spanned<String>) {
    fn key(&self) -> Key<'_> {
        Key::Name(&self.0.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn the_first_of_a_name_is_found_in_lists_of_any_length() {
        let spanned = |text: String| Spanned::new(text, Span::default());
        for length in [0, 1, FEW, FEW + 1, 1_000] {
            let samples: Vec<_> =
                (0..length).map(|at| (spanned(format!("v{}", at % 700)), spanned(at.to_string()))).collect();
            let list = NamedList::from(samples.clone());
            assert_eq!(list.len(), length);
            for at in 0..800 {
                let name = format!("v{at}");
                let expected = samples.iter().position(|(own, _)| own.value == name);
                assert_eq!(list.place(Key::Name(&name)), expected, "{name} of {length}");
            }
            assert_eq!(list.place(Key::Number(1)), None);
        }
    }
}
