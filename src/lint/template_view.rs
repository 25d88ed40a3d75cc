//! A view of a template with the data that most rules need, collected once.
//!
//! Most rules find nothing in most templates. Bytes and kinds of segments of all texts let the runner skip
//! many rules before they read any text.

use std::ops::Deref;

use super::samples;
use crate::diagnostic::{NeededSegment, Needs};
use crate::model::{Button, ByteSet, CardPart, Part, SegmentKinds, Template, Text, Version};
use crate::source::Spanned;

/// A template, its texts, buttons and samples in one list each, and what those hold.
#[derive(Debug)]
pub struct TemplateView<'t> {
    template: &'t Template,
    texts: Vec<Place<'t>>,
    buttons: Vec<&'t Button>,
    samples: Vec<&'t Spanned<String>>,
    bytes: ByteSet,
    kinds: SegmentKinds,
    sample_bytes: ByteSet,
}

/// A text, what it is part of, and the version that it belongs to.
type Place<'t> = (&'t Version, Part, &'t Text);

impl<'t> TemplateView<'t> {
    /// Looks at a template.
    pub fn new(template: &'t Template) -> Self {
        let texts = gathered(template.texts_and_urls());
        let buttons = gathered(template.buttons());
        let samples = gathered(samples::of(template));
        let (mut bytes, mut kinds) = (ByteSet::default(), SegmentKinds::default());
        for (_, _, text) in &texts {
            bytes |= text.bytes();
            kinds |= text.kinds();
        }
        let sample_bytes =
            samples.iter().fold(ByteSet::default(), |all, sample| all | ByteSet::new(&sample.value));
        Self { template, texts, buttons, samples, bytes, kinds, sample_bytes }
    }

    /// The template.
    pub fn template(&self) -> &'t Template {
        self.template
    }

    /// Which bytes its samples hold, all together.
    pub(crate) fn sample_bytes(&self) -> ByteSet {
        self.sample_bytes
    }

    /// Returns whether a template meets the conditions of a rule's prefilter.
    pub fn meets(&self, needs: &Needs) -> bool {
        needs.text_bytes.is_none_or(|set| self.bytes.intersects(set))
            && needs.sample_bytes.is_none_or(|set| self.sample_bytes.intersects(set))
            && needs.segment.is_none_or(|segment| match segment {
                NeededSegment::Escape => self.kinds.has_escapes(),
                NeededSegment::FormatMarker => self.kinds.has_marks(),
                NeededSegment::Placeholder => self.kinds.has_placeholders(),
                NeededSegment::PlaceholderError => self.kinds.has_mistakes(),
            })
    }

    /// The buttons, version by version, those of cards included.
    pub(crate) fn buttons(&self) -> impl Iterator<Item = &'t Button> {
        self.buttons.iter().copied()
    }

    /// The labels of the buttons.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &'t Text> {
        self.buttons().filter_map(|button| button.text.as_ref())
    }

    /// Every sample that it gives.
    pub(crate) fn samples(&self) -> impl Iterator<Item = &'t Spanned<String>> {
        self.samples.iter().copied()
    }

    /// Every text that people see, version by version.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts_and_urls().filter(|(_, part, _)| !part.is_url())
    }

    /// Every text that may contain placeholders, version by version.
    pub(crate) fn texts_and_urls(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts.iter().copied()
    }

    /// The texts of the bodies.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (&'t Version, &'t Text)> {
        self.texts_and_urls()
            .filter(|(_, part, _)| *part == Part::Body)
            .map(|(version, _, text)| (version, text))
    }

    /// The texts of the bodies and those of cards, which are bodies to Meta as well.
    pub(crate) fn bodies_and_cards(&self) -> impl Iterator<Item = Place<'t>> {
        self.texts_and_urls()
            .filter(|(_, part, _)| matches!(part, Part::Body | Part::Card(_, CardPart::Body)))
    }
}

/// A list with room for as many as nearly all templates have, because growing step by step takes longer than
/// filling it.
fn gathered<T>(of: impl Iterator<Item = T>) -> Vec<T> {
    const USUAL: usize = 16;
    let mut all = Vec::with_capacity(USUAL);
    all.extend(of);
    all
}

impl Deref for TemplateView<'_> {
    type Target = Template;

    fn deref(&self) -> &Template {
        self.template
    }
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    /// Lints a template with `variables` variables. The English version uses all of them, the French one the first
    /// `in_french`.
    fn found(variables: usize, in_french: usize) -> Vec<String> {
        let place = |place: usize| format!("code {{{{v{place}}}}} for you and all of yours, ");
        let body = |count: usize| (0..count).map(place).collect::<String>();
        let declared: String = (0..variables).map(|place| format!("  v{place}: K{place}-7\n")).collect();
        let text = format!(
            "name: codes\ncategory: utility\nparameter_format: named\nvariables:\n{declared}languages:\n  en_US: {{ body: \"{}here.\" }}\n  fr: {{ body: \"{}ici.\" }}\n",
            body(variables),
            body(in_french),
        );
        let mut sources = Sources::default();
        sources.add("codes.yaml", text);
        let settings = LintSettings {
            only: Some(["unused-variable", "variable-not-in-every-language"].map(str::to_owned).into()),
            ..LintSettings::default()
        };
        let checked = check::check(&sources, &settings);
        checked.diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn variables_beyond_those_that_have_a_bit_are_found_where_they_stand() {
        assert_eq!(found(70, 70), [""; 0]);
        let missing = |place: usize| format!("the variable `v{place}` is not used in `fr`");
        assert_eq!(found(66, 63), [63, 64, 65].map(missing));
    }
}
