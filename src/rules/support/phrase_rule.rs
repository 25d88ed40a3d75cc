//! The texts of a template that say one thing.

use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{Hit, Said, Scan, Signal};

/// The first phrase of a signal in each text of a utility template that people see.
pub(crate) fn in_utility<'s, 't>(
    template: &TemplateView<'_>,
    scan: &'s Scan<'t>,
    signal: Signal,
) -> impl Iterator<Item = (&'s Said<'t>, &'s Hit)> {
    let is_utility = template.is(Category::Utility);
    anywhere(scan, signal).filter(move |_| is_utility)
}

/// The first phrase of a signal in each text that people see.
pub(crate) fn anywhere<'s, 't>(
    scan: &'s Scan<'t>,
    signal: Signal,
) -> impl Iterator<Item = (&'s Said<'t>, &'s Hit)> {
    let texts = scan.says_any(&[signal]).then(|| scan.texts()).into_iter().flatten();
    let seen = texts.filter(|(_, said)| !said.part.is_url());
    seen.filter_map(move |(_, said)| Some((said, said.hits.iter().find(|hit| hit.signal == signal)?)))
}
