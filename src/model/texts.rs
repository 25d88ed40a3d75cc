//! The texts of a template, one after the other.
//!
//! Most rules go through all of them, so that going is worth a state machine: chained iterators take longer to find the
//! next text than many a rule takes to look at it.

use super::{Button, Card, CardPart, Header, Part, Text, Version};

/// The texts of a version: as people see them from top to bottom, and the addresses of buttons where they are wanted.
#[derive(Clone, Debug)]
pub struct Texts<'v> {
    version: &'v Version,
    next: Next,
    with_urls: bool,
}

/// The position from which the next text is searched.
#[derive(Clone, Copy, Debug)]
enum Next {
    Header,
    Body,
    Offer,
    Footer,
    Label(usize),
    CardBody(usize),
    CardLabel(usize, usize),
    Url(usize),
    CardUrl(usize, usize),
    Nothing,
}

impl<'v> Texts<'v> {
    pub(super) fn new(version: &'v Version, with_urls: bool) -> Self {
        Self { version, next: Next::Header, with_urls }
    }

    /// The item at a position, and the position after it.
    fn look(&self, at: Next) -> (Next, Option<(Part, &'v Text)>) {
        let version = self.version;
        let found = |part, text: Option<&'v Text>| text.map(|text| (part, text));
        match at {
            Next::Header => (Next::Body, found(Part::Header, version.header.as_ref().and_then(Header::text))),
            Next::Body => (Next::Offer, found(Part::Body, version.body_text())),
            Next::Offer => {
                let offer = version.limited_time_offer.as_ref();
                (Next::Footer, found(Part::Offer, offer.map(|offer| &offer.text)))
            }
            Next::Footer => (Next::Label(0), found(Part::Footer, version.footer_text())),
            Next::Label(index) => match version.buttons.get(index) {
                Some(button) => (Next::Label(index + 1), found(Part::Label(index), button.text.as_ref())),
                None => (Next::CardBody(0), None),
            },
            Next::CardBody(card) => match version.carousel.get(card) {
                Some(inner) => {
                    (Next::CardLabel(card, 0), found(Part::Card(card, CardPart::Body), card_body(inner)))
                }
                None if self.with_urls => (Next::Url(0), None),
                None => (Next::Nothing, None),
            },
            Next::CardLabel(card, index) => match self.card_button(card, index) {
                Some(button) => {
                    let part = Part::Card(card, CardPart::Label(index));
                    (Next::CardLabel(card, index + 1), found(part, button.text.as_ref()))
                }
                None => (Next::CardBody(card + 1), None),
            },
            Next::Url(index) => match version.buttons.get(index) {
                Some(button) => (Next::Url(index + 1), found(Part::Url(index), button.url())),
                None => (Next::CardUrl(0, 0), None),
            },
            Next::CardUrl(card, index) => match self.card_button(card, index) {
                Some(button) => {
                    let part = Part::Card(card, CardPart::Url(index));
                    (Next::CardUrl(card, index + 1), found(part, button.url()))
                }
                None if card + 1 < version.carousel.len() => (Next::CardUrl(card + 1, 0), None),
                None => (Next::Nothing, None),
            },
            Next::Nothing => (Next::Nothing, None),
        }
    }

    fn card_button(&self, card: usize, index: usize) -> Option<&'v Button> {
        self.version.carousel.get(card)?.buttons.get(index)
    }
}

fn card_body(card: &Card) -> Option<&Text> {
    card.body.as_ref()?.text.as_ref()
}

impl<'v> Iterator for Texts<'v> {
    type Item = (Part, &'v Text);

    fn next(&mut self) -> Option<Self::Item> {
        while !matches!(self.next, Next::Nothing) {
            let (next, found) = self.look(self.next);
            self.next = next;
            if found.is_some() {
                return found;
            }
        }
        None
    }
}
