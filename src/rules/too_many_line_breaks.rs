//! `too-many-line-breaks`.

use std::ops::Range;

use super::{View, mend};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::Text;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A body has more than two line breaks in a row.
    ///
    /// One empty line is what a live answer of Meta's has named as the most. More than that has been refused.
    ///
    /// ```yaml fails
    /// body: "Your order is on its way.\n\n\nThank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way.\n\nThank you for shopping with us."
    /// ```
    pub(super) static RULE = {
        id: "too-many-line-breaks",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["text-many-newlines"],
        subcode: Some(2388072),
        reference: "templates/components",
    }
}

const _: () = assert!(limits::LINE_BREAKS == 2, "`has_too_many` looks for three");

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let runs = template
        .bodies()
        .filter(|(_, text)| text.bytes().has(b'\n') && has_too_many(text.as_str()))
        .flat_map(|(_, text)| long_runs(text.as_str()).into_iter().map(move |run| (text, run)));
    runs.map(|(text, run)| {
        let message =
            format!("{} line breaks stand in a row, and {} are allowed", run.len(), limits::LINE_BREAKS);
        let diagnostic = Diagnostic::new(&RULE, text.span_of(run.clone()), message)
            .help("leave one empty line between paragraphs");
        match fix(text, &run) {
            Some(fix) => diagnostic.with_fix(fix),
            None => diagnostic,
        }
    })
    .collect()
}

/// Whether one more stand in a row anywhere than are allowed. Going on to the end costs less than a search that stops.
fn has_too_many(text: &str) -> bool {
    let [first, second, third] = [0, 1, 2].map(|from| text.as_bytes().get(from..).unwrap_or_default());
    let threes = first.iter().zip(second).zip(third);
    threes.fold(false, |found, ((a, b), c)| found | ((*a == b'\n') & (*b == b'\n') & (*c == b'\n')))
}

fn long_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut run = 0..0;
    for (at, _) in text.match_indices('\n') {
        run = if run.end == at { run.start..at + 1 } else { at..at + 1 };
        match runs.last_mut() {
            Some(last) if last.start == run.start => last.end = run.end,
            _ if run.len() > limits::LINE_BREAKS => runs.push(run.clone()),
            _ => {}
        }
    }
    runs
}

/// Unsafe, because a picture of blank lines may be meant.
fn fix(text: &Text, run: &Range<usize>) -> Option<Fix> {
    let edit = mend::replace(text, run.start + limits::LINE_BREAKS..run.end, "")?;
    Some(Fix { title: "leave one empty line".to_owned(), safety: Safety::Unsafe, edits: vec![edit] })
}
