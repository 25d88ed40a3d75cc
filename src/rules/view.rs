//! A template as rules look at it: what nearly all of them ask for is gathered once.
//!
//! Most rules have nothing to say of most templates. What the texts hold, taken together, tells many of them so before
//! they look at any text.

use std::ops::Deref;

use super::samples;
use crate::model::{Button, Bytes, CardPart, Kinds, Part, Template, Text, Version};
use crate::source::Spanned;

/// A template, its texts, buttons and samples in one list each, and what those hold.
#[derive(Debug)]
pub struct View<'t> {
    template: &'t Template,
    texts: Vec<Place<'t>>,
    buttons: Vec<&'t Button>,
    samples: Vec<&'t Spanned<String>>,
    bytes: Bytes,
    kinds: Kinds,
    sample_bytes: Bytes,
}

/// A text, what it is part of, and the version that it belongs to.
type Place<'t> = (&'t Version, Part, &'t Text);

impl<'t> View<'t> {
    /// Looks at a template.
    pub fn of(template: &'t Template) -> Self {
        let texts = gathered(template.texts_and_urls());
        let buttons = gathered(template.buttons());
        let samples = gathered(samples::of(template));
        let (mut bytes, mut kinds) = (Bytes::default(), Kinds::default());
        for (_, _, text) in &texts {
            bytes |= text.bytes();
            kinds |= text.kinds();
        }
        let sample_bytes =
            samples.iter().fold(Bytes::default(), |all, sample| all | Bytes::of(&sample.value));
        Self { template, texts, buttons, samples, bytes, kinds, sample_bytes }
    }

    /// The template.
    pub fn template(&self) -> &'t Template {
        self.template
    }

    /// Which bytes its texts and addresses hold, all together.
    pub(super) fn bytes(&self) -> Bytes {
        self.bytes
    }

    /// Which kinds of pieces its texts and addresses have, all together.
    pub(super) fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// Which bytes its samples hold, all together.
    pub(super) fn sample_bytes(&self) -> Bytes {
        self.sample_bytes
    }

    /// The buttons, version by version, those of cards included.
    pub(super) fn buttons(&self) -> impl Iterator<Item = &'t Button> {
        self.buttons.iter().copied()
    }

    /// The labels of the buttons.
    pub(super) fn labels(&self) -> impl Iterator<Item = &'t Text> {
        self.buttons().filter_map(|button| button.text.as_ref())
    }

    /// Every sample that it gives.
    pub(super) fn samples(&self) -> impl Iterator<Item = &'t Spanned<String>> {
        self.samples.iter().copied()
    }

    /// Every text that people see, version by version.
    pub(super) fn texts(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts_and_urls().filter(|(_, part, _)| !part.is_url())
    }

    /// Every text that a placeholder may stand in, version by version.
    pub(super) fn texts_and_urls(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts.iter().copied()
    }

    /// The texts of the bodies.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (&'t Version, &'t Text)> {
        self.texts_and_urls()
            .filter(|(_, part, _)| *part == Part::Body)
            .map(|(version, _, text)| (version, text))
    }

    /// The texts of the bodies and those of cards, which are bodies to Meta as well.
    pub(super) fn bodies_and_cards(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts_and_urls()
            .filter(|(_, part, _)| matches!(part, Part::Body | Part::Card(_, CardPart::Body)))
    }
}

/// A list with room for as many as nearly all templates have, because growing step by step takes longer than filling it.
fn gathered<T>(of: impl Iterator<Item = T>) -> Vec<T> {
    const USUAL: usize = 16;
    let mut all = Vec::with_capacity(USUAL);
    all.extend(of);
    all
}

impl Deref for View<'_> {
    type Target = Template;

    fn deref(&self) -> &Template {
        self.template
    }
}
