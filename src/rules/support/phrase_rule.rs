//! Texts of a template that match a signal.

use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{Hit, PhraseMatches, ScannedText, Signal};

/// The first phrase of a signal in each text of a utility template that people see.
pub(crate) fn in_utility<'s, 't>(
    template: &TemplateView<'_>,
    scan: &'s PhraseMatches<'t>,
    signal: Signal,
) -> impl Iterator<Item = (&'s ScannedText<'t>, &'s Hit)> {
    let is_utility = template.is(Category::Utility);
    anywhere(scan, signal).filter(move |_| is_utility)
}

/// The first phrase of a signal in each text that people see.
pub(crate) fn anywhere<'s, 't>(
    scan: &'s PhraseMatches<'t>,
    signal: Signal,
) -> impl Iterator<Item = (&'s ScannedText<'t>, &'s Hit)> {
    let texts = scan.has_any_signal(&[signal]).then(|| scan.texts()).into_iter().flatten();
    let seen = texts.filter(|(_, scanned)| !scanned.part.is_url());
    seen.filter_map(move |(_, scanned)| {
        Some((scanned, scanned.hits.iter().find(|hit| hit.signal == signal)?))
    })
}
