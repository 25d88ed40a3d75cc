//! Every sample that a template gives.

use crate::model::{CardPart, Part, Template, Version};
use crate::source::Spanned;

/// The samples of variables, of versions, and of numbered placeholders.
pub(super) fn of(template: &Template) -> impl Iterator<Item = &Spanned<String>> {
    let variables = template.variables.iter().filter_map(|variable| variable.sample.as_ref());
    variables.chain(template.versions.iter().flat_map(of_version))
}

fn of_version(version: &Version) -> impl Iterator<Item = &Spanned<String>> {
    let urls = (0..version.buttons.len()).map(Part::Url);
    let parts = [Part::Header, Part::Body].into_iter().chain(urls).chain(of_cards(version));
    let numbered = parts.flat_map(|part| version.numbered_samples(part));
    version.samples.iter().map(|(_, sample)| sample).chain(numbered)
}

fn of_cards(version: &Version) -> impl Iterator<Item = Part> {
    version.carousel.iter().enumerate().flat_map(|(card, inner)| {
        let urls = (0..inner.buttons.len()).map(CardPart::Url);
        [CardPart::Body].into_iter().chain(urls).map(move |part| Part::Card(card, part))
    })
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::lint_context::LintSettings;
    use crate::source::Sources;

    fn ids(text: &str) -> Vec<&'static str> {
        let mut sources = Sources::default();
        sources.add("news.yaml", text);
        let checked = check::check(&sources, &LintSettings::default());
        let mut ids: Vec<_> = checked.diagnostics.into_iter().map(|diagnostic| diagnostic.rule.id).collect();
        ids.dedup();
        ids
    }

    #[test]
    fn samples_of_cards_are_samples() {
        let card = |body: &str, sample: &str| {
            format!(
                "  - header: {{ image: a.png }}\n    body: {{ text: \"{body}\", samples: [\"{sample}\"] }}\n    buttons: [More]\n"
            )
        };
        let news = |cards: &str| {
            format!(
                "name: news\ncategory: marketing\nlanguage: en_US\nbody: See what is new in our shop. Reply STOP to unsubscribe.\ncarousel:\n{cards}"
            )
        };
        let fine = card("The lamp {{1}} is back in our shop", "Aurora");
        assert_eq!(ids(&news(&fine.repeat(2))), [""; 0]);
        let lazy = card("The lamp {{1}} is back in our shop", "xxx");
        assert_eq!(ids(&news(&format!("{fine}{lazy}"))), ["sample-like-placeholder"]);
        let body = format!("{} {{{{1}}}} is back", "The lamp that you liked ".repeat(6));
        let long = card(&body, "Aurora Borealis of the north");
        assert_eq!(ids(&news(&format!("{fine}{long}"))), ["too-long-when-filled"]);
    }
}
