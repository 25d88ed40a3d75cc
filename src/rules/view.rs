//! A template as rules look at it: what nearly all of them ask for is gathered once.
//!
//! Most rules have nothing to say of most templates. What the texts hold, taken together, tells many of them so before
//! they look at any text.

use std::ops::Deref;

use super::samples;
use crate::model::{
    Button, ByteSet, CardPart, Part, Reference, SegmentKinds, Template, Text, Variable, Version,
};
use crate::source::Spanned;

/// A template, its texts, buttons and samples in one list each, and what those hold.
#[derive(Debug)]
pub struct View<'t> {
    template: &'t Template,
    texts: Vec<Place<'t>>,
    buttons: Vec<&'t Button>,
    samples: Vec<&'t Spanned<String>>,
    bytes: ByteSet,
    kinds: SegmentKinds,
    sample_bytes: ByteSet,
    uses: Uses,
}

/// Which variables stand where, as far as a look at each placeholder tells.
#[derive(Debug, Default)]
struct Uses {
    /// For each version the variables that stand in it, a bit each for the first of them.
    versions: Vec<u64>,
    /// Whether there are placeholders that mean none of those.
    has_others: bool,
}

/// A text, what it is part of, and the version that it belongs to.
type Place<'t> = (&'t Version, Part, &'t Text);

impl<'t> View<'t> {
    /// Looks at a template.
    pub fn of(template: &'t Template) -> Self {
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
        let uses = if kinds.has_placeholders() { Uses::of(template) } else { Uses::default() };
        Self { template, texts, buttons, samples, bytes, kinds, sample_bytes, uses }
    }

    /// The template.
    pub fn template(&self) -> &'t Template {
        self.template
    }

    /// Which bytes its texts and addresses hold, all together.
    pub(super) fn bytes(&self) -> ByteSet {
        self.bytes
    }

    /// Which kinds of pieces its texts and addresses have, all together.
    pub(super) fn kinds(&self) -> SegmentKinds {
        self.kinds
    }

    /// Which bytes its samples hold, all together.
    pub(super) fn sample_bytes(&self) -> ByteSet {
        self.sample_bytes
    }

    /// Whether the variable at a place stands, by its name, in any version. Where this says no it may stand there all the same.
    pub(super) fn surely_stands(&self, variable: usize) -> bool {
        let bit = bit(variable);
        self.uses.versions.iter().any(|variables| variables & bit != 0)
    }

    /// The same of all versions.
    pub(super) fn surely_stands_everywhere(&self, variable: usize) -> bool {
        let (versions, bit) = (&self.uses.versions, bit(variable));
        !versions.is_empty() && versions.iter().all(|variables| variables & bit != 0)
    }

    /// Whether each placeholder surely is the name of a variable. Where this says no they may be all the same.
    pub(super) fn surely_are_declared(&self) -> bool {
        !self.uses.has_others
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

impl Uses {
    fn of(template: &Template) -> Self {
        let mut uses = Self { versions: Vec::with_capacity(template.versions.len()), has_others: false };
        for version in &template.versions {
            let texts = version.texts_and_urls().filter(|(_, text)| text.kinds().has_placeholders());
            let placeholders = texts.flat_map(|(_, text)| text.placeholders());
            let variables = placeholders.fold(0, |variables, (_, placeholder)| {
                variables | uses.variable(template, &placeholder.reference)
            });
            uses.versions.push(variables);
        }
        uses
    }

    /// The bit of the variable that a name means. Only the first are looked at, so that many placeholders of many variables
    /// take no longer than they are long.
    fn variable(&mut self, template: &Template, reference: &Reference) -> u64 {
        let is_meant = |variable: &Variable| variable.reference.value == *reference;
        let place = match reference {
            Reference::Name(_) => template.variables.iter().take(u64::BITS as usize).position(is_meant),
            Reference::Number(_) => None,
        };
        self.has_others |= place.is_none();
        place.map_or(0, bit)
    }
}

/// The bit of the variable at a place; those beyond the first have none.
fn bit(variable: usize) -> u64 {
    u32::try_from(variable).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    /// What is found of a template with so many variables, all of which stand in English, and those before one in French.
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
        let missing = |place: usize| format!("the variable `v{place}` does not stand in `fr`");
        assert_eq!(found(66, 63), [63, 64, 65].map(missing));
    }
}
