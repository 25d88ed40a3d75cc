//! Every sample that a template gives.

use crate::model::{Part, Template, Version};
use crate::source::Spanned;

/// The samples of variables, of versions, and of numbered placeholders.
pub(super) fn of(template: &Template) -> impl Iterator<Item = &Spanned<String>> {
    let variables = template.variables.iter().filter_map(|variable| variable.sample.as_ref());
    variables.chain(template.versions.iter().flat_map(of_version))
}

fn of_version(version: &Version) -> impl Iterator<Item = &Spanned<String>> {
    let urls = (0..version.buttons.len()).map(Part::Url);
    let parts = [Part::Header, Part::Body].into_iter().chain(urls);
    let numbered = parts.flat_map(|part| version.numbered_samples(part));
    version.samples.iter().map(|(_, sample)| sample).chain(numbered)
}
