//! Numbers of named variables in the payload.

use std::collections::BTreeMap;

use crate::model::{Part, Reference, Template, Text};

/// The numbers of a template's named variables, for each component.
///
/// Names are numbered in the order of their first appearance in the first language. The other languages keep
/// those numbers, so that senders fill in the same parameters whatever the language.
#[derive(Debug)]
pub struct Numbering<'a> {
    names: BTreeMap<Part, Names<'a>>,
}

/// The names of one component in the order of their numbers, and the place of each.
#[derive(Debug, Default)]
struct Names<'a> {
    list: Vec<&'a str>,
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Numbering<'a> {
    /// The numbering of a template.
    pub fn new(template: &'a Template) -> Self {
        let mut names: BTreeMap<Part, Names<'a>> = BTreeMap::new();
        for version in &template.versions {
            for (part, text) in version.texts_and_urls() {
                let known = names.entry(part).or_default();
                for (_, placeholder) in text.placeholders() {
                    if let Reference::Name(name) = &placeholder.reference {
                        known.add(name);
                    }
                }
            }
        }
        Self { names }
    }

    /// The number of a variable in a component; a number is itself.
    pub fn number(&self, part: Part, reference: &Reference) -> usize {
        match reference {
            Reference::Number(number) => *number as usize,
            Reference::Name(name) => {
                let place = self.names.get(&part).and_then(|names| names.places.get(name.as_str()));
                place.map_or(1, |place| place + 1)
            }
        }
    }

    /// The variables of a text in the order of their numbers, each once. Gaps between numbers are left out.
    pub fn references(&self, part: Part, text: &Text) -> Vec<Reference> {
        let mut numbered: BTreeMap<usize, Reference> = BTreeMap::new();
        for (_, placeholder) in text.placeholders() {
            numbered.insert(self.number(part, &placeholder.reference), placeholder.reference.clone());
        }
        numbered.into_values().collect()
    }

    /// The named variables of a component, in the order of their numbers.
    pub fn names(&self, part: Part) -> &[&'a str] {
        self.names.get(&part).map_or(&[], |names| names.list.as_slice())
    }
}

impl<'a> Names<'a> {
    fn add(&mut self, name: &'a str) {
        if !self.places.contains_key(name) {
            self.places.insert(name, self.list.len());
            self.list.push(name);
        }
    }
}
