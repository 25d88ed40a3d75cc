//! Which number a named variable has on the wire.

use std::collections::BTreeMap;

use crate::model::{Part, Reference, Template, Text};

/// The numbers of a template's named variables, for each component.
///
/// Names are numbered in the order of their first appearance in the first language. The other languages keep
/// those numbers, so that senders fill in the same parameters whatever the language.
#[derive(Debug)]
pub struct Numbering<'a> {
    names: BTreeMap<Part, Vec<&'a str>>,
}

impl<'a> Numbering<'a> {
    /// The numbering of a template.
    pub fn of(template: &'a Template) -> Self {
        let mut names: BTreeMap<Part, Vec<&'a str>> = BTreeMap::new();
        for version in &template.versions {
            for (part, text) in version.texts_and_urls() {
                let known = names.entry(part).or_default();
                for (_, placeholder) in text.placeholders() {
                    if let Reference::Name(name) = &placeholder.reference
                        && !known.contains(&name.as_str())
                    {
                        known.push(name);
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
                self.names(part).iter().position(|known| known == name).map_or(1, |at| at + 1)
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
        self.names.get(&part).map_or(&[], Vec::as_slice)
    }
}
