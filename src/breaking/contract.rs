//! The message contract of one version.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::Numbering;
use crate::model::{Button, ButtonKind, Header, ParameterFormat, Part, Reference, Template, Version};

/// The contract of one version.
#[derive(Debug)]
pub(super) struct Contract {
    /// The kind of header that needs a parameter; a text header and no header need the same.
    pub(super) header: String,
    /// The buttons that the sender fills in: where, and of which type.
    pub(super) buttons: Vec<(String, &'static str)>,
    parameters: BTreeMap<Part, Vec<Reference>>,
}

impl Contract {
    /// The contract of a version.
    pub(super) fn new(template: &Template, version: &Version) -> Self {
        let numbering = Numbering::new(template);
        // Buttons are identified by their position, which is compared separately.
        let texts = version.texts_and_urls().filter(|(part, _)| !part.is_url());
        let parameters = texts.map(|(part, text)| (part, numbering.references(part, text)));
        let cards = version.carousel.iter().enumerate().flat_map(|(card, inner)| {
            filled_in(&inner.buttons)
                .map(move |(at, kind)| (format!("{} of card {}", at + 1, card + 1), kind))
        });
        let own = filled_in(&version.buttons).map(|(at, kind)| ((at + 1).to_string(), kind));
        let header = match version.carousel.len() {
            0 => kind(version.header.as_ref()),
            cards => format!("{} above {cards} cards", kind(version.header.as_ref())),
        };
        Self {
            header,
            buttons: own.chain(cards).collect(),
            parameters: parameters.filter(|(_, references)| !references.is_empty()).collect(),
        }
    }

    /// The parameters of a part, in the order of their numbers.
    pub(super) fn parameters(&self, part: Part) -> &[Reference] {
        self.parameters.get(&part).map_or(&[], Vec::as_slice)
    }

    /// The parts that have parameters in one of two contracts.
    pub(super) fn parts(&self, other: &Self) -> Vec<(Part, &'static str)> {
        let parts: BTreeSet<Part> = self.parameters.keys().chain(other.parameters.keys()).copied().collect();
        parts.into_iter().map(|part| (part, part.label())).collect()
    }

    /// The buttons in words.
    pub(super) fn button_words(&self) -> String {
        let words: Vec<_> = self.buttons.iter().map(|(at, kind)| format!("button {at} ({kind})")).collect();
        if words.is_empty() { "no button".to_owned() } else { words.join(", ") }
    }
}

fn kind(header: Option<&Header>) -> String {
    match header {
        None | Some(Header::Text { .. }) => "text or none".to_owned(),
        Some(Header::Media { format, .. }) => format.as_str().to_owned(),
        Some(Header::Location(_)) => "a location".to_owned(),
        Some(Header::Product(_)) => "a product".to_owned(),
    }
}

/// The buttons that a sender gives something, with their places.
fn filled_in(buttons: &[Button]) -> impl Iterator<Item = (usize, &'static str)> {
    let wants = |button: &Button| match &button.kind {
        ButtonKind::Url { url, .. } => url.placeholders().next().is_some(),
        ButtonKind::QuickReply
        | ButtonKind::PhoneNumber { .. }
        | ButtonKind::Catalog
        | ButtonKind::VoiceCall { .. }
        | ButtonKind::RequestContactInfo => false,
        ButtonKind::CopyCode { .. }
        | ButtonKind::Otp { .. }
        | ButtonKind::Flow { .. }
        | ButtonKind::Mpm
        | ButtonKind::Spm
        | ButtonKind::OrderDetails => true,
    };
    buttons
        .iter()
        .enumerate()
        .filter(move |(_, button)| wants(button))
        .map(|(at, button)| (at, button.kind.as_str()))
}

/// The difference between two lists of parameters, in words; `None` if callers are not affected.
pub(super) fn change(before: &[Reference], after: &[Reference], template: &Template) -> Option<String> {
    let named = |list: &[Reference]| list.iter().all(|one| matches!(one, Reference::Name(_)));
    if before == after {
        return None;
    }
    if !named(before) || !named(after) {
        // A number does not identify its parameter: only the count can be compared.
        let counts = (before.len(), after.len());
        return (counts.0 != counts.1).then(|| format!("from {} to {}", counts.0, counts.1));
    }
    let missing = |list: &[Reference], other: &[Reference]| {
        let names = list.iter().filter(|one| !other.contains(one)).map(|one| format!("`{one}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let (gone, new) = (missing(before, after), missing(after, before));
    match (gone.is_empty(), new.is_empty()) {
        (false, false) => Some(format!("removed {gone}, added {new}")),
        (false, true) => Some(format!("removed {gone}")),
        (true, false) => Some(format!("added {new}")),
        // By name, the order does not count.
        (true, true) if template.parameter_format == ParameterFormat::Named => None,
        (true, true) => {
            let order =
                |list: &[Reference]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Some(format!("the order changed from {} to {}", order(before), order(after)))
        }
    }
}
