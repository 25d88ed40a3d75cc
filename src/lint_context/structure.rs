//! Compact summary of a version's components, so that languages can be compared.

use std::collections::BTreeSet;

use crate::hash;
use crate::model::{Button, Header, MediaFormat, Part, Reference, Version};
use crate::platform::keys::BUTTON_TYPES;

/// Bits of a type: its place among [`BUTTON_TYPES`].
const BITS: u32 = 4;

/// The components of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Structure {
    /// The types of the first sixteen buttons, four bits each, counted from 1.
    buttons: u64,
    /// A hash of the names of variables in any of its texts; 0 where there are none.
    pub names: u32,
    /// A hash of the numbers in each of its texts; 0 where there are none.
    pub numbers: u32,
    /// A hash of the numbers of the body in the order of their first appearance; 0 where there are none.
    pub order: u32,
    /// The content of the header.
    pub header: Option<HeaderKind>,
    /// `true` if there is a malformed placeholder, so that names and numbers prove nothing.
    pub unsure: bool,
}

/// The content of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// A text.
    Text,
    /// A sample of this format.
    Media(MediaFormat),
    /// A place on a map.
    Location,
    /// A product of a catalogue.
    Product,
}

impl Structure {
    /// Summarizes the components of a version.
    pub fn new(version: &Version) -> Self {
        let (mut names, mut numbers, mut order) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        let mut unsure = false;
        for (part, text) in version.texts_and_urls() {
            unsure |= text.mistakes().next().is_some();
            for (_, placeholder) in text.placeholders() {
                match &placeholder.reference {
                    Reference::Name(name) => drop(names.insert(name.as_str())),
                    Reference::Number(number) => {
                        numbers.insert((part, *number));
                        if part == Part::Body && !order.contains(number) {
                            order.push(*number);
                        }
                    }
                }
            }
        }
        let listed = |numbers: Vec<String>| hash::texts(numbers.iter().map(String::as_str));
        // Half of a hash is enough to tell the few versions of one template apart.
        let none = |is_empty: bool, hash: &dyn Fn() -> u64| if is_empty { 0 } else { hash() as u32 };
        Self {
            header: version.header.as_ref().map(HeaderKind::from_header),
            buttons: packed(&version.buttons),
            names: none(names.is_empty(), &|| hash::texts(names.iter().copied())),
            numbers: none(numbers.is_empty(), &|| {
                listed(numbers.iter().map(|(part, number)| format!("{part:?} {number}")).collect())
            }),
            order: none(order.is_empty(), &|| {
                listed(order.iter().map(|number: &_| number.to_string()).collect())
            }),
            unsure,
        }
    }

    /// Returns whether the buttons are of the same types in the same order.
    pub fn has_buttons_of(&self, other: &Self) -> bool {
        self.buttons == other.buttons
    }

    /// The types of the buttons, as people read them.
    pub fn buttons(&self) -> String {
        let places = (0..u64::BITS / BITS).map(|index| (self.buttons >> (index * BITS)) & 0xf);
        let words =
            places.take_while(|place| *place > 0).filter_map(|place| BUTTON_TYPES.get(place as usize - 1));
        let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
        if words.is_empty() { "no buttons".to_owned() } else { words.join(", ") }
    }
}

fn packed(buttons: &[Button]) -> u64 {
    let places = buttons
        .iter()
        .filter_map(|button| BUTTON_TYPES.iter().position(|word| *word == button.kind.as_str()));
    let limit = (u64::BITS / BITS) as usize;
    places
        .take(limit)
        .zip((0..).step_by(BITS as usize))
        .map(|(place, shift)| (place as u64 + 1) << shift)
        .sum()
}

impl HeaderKind {
    fn from_header(header: &Header) -> Self {
        match header {
            Header::Text { .. } => Self::Text,
            Header::Media { format, .. } => Self::Media(*format),
            Header::Location(_) => Self::Location,
            Header::Product(_) => Self::Product,
        }
    }

    /// The word as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Media(format) => format.as_str(),
            Self::Location => "location",
            Self::Product => "product",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BUTTON_TYPES, Structure, packed};
    use crate::model::{Button, ButtonKind};
    use crate::source::{Sources, Span};

    #[test]
    fn types_of_buttons_are_read_back() {
        let source = Sources::default().add("a", "");
        let button = |kind| Button { span: Span::new(source, 0..0), text: None, kind };
        let buttons =
            [button(ButtonKind::QuickReply), button(ButtonKind::RequestContactInfo), button(ButtonKind::Spm)];
        let shape = Structure {
            header: None,
            buttons: packed(&buttons),
            names: 0,
            numbers: 0,
            order: 0,
            unsure: false,
        };
        assert_eq!(shape.buttons(), "`quick_reply`, `request_contact_info`, `spm`");
        assert_eq!(packed(&[]), 0);
        assert!(BUTTON_TYPES.len() < 16);
    }
}
