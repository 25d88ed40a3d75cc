//! `folded-body`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Text};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A marketing body is folded, and its end is behind "Read more".
    ///
    /// Resellers report that marketing messages show about five lines until they are opened. How much that is depends on the
    /// phone, so this rule is off unless you ask for it. It counts line breaks.
    ///
    /// ```yaml fails
    /// category: marketing
    /// body: "Our new chairs are here.\n\nOak\nElm\nAsh\nCome and see them."
    /// footer: Reply STOP to opt out
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// body: "Our new chairs are here: oak, elm and ash.\nCome and see them."
    /// footer: Reply STOP to opt out
    /// ```
    pub(super) static RULE = {
        id: "folded-body",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Risk,
        confidence: Confidence::Reported,
        entries: ["text-long-lines"],
        subcode: None,
        reference: "templates/marketing-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let bodies = template.bodies().filter(|_| template.is(Category::Marketing));
    bodies.filter_map(|(_, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (at, _) = text.as_str().match_indices('\n').nth(limits::UNFOLDED_LINES - 1)?;
    let lines = text.as_str().lines().count();
    let message =
        format!("the body has {lines} lines, and about {} are shown at first", limits::UNFOLDED_LINES);
    let rest = text.span_of(at + 1..text.as_str().len());
    Some(
        Diagnostic::new(&RULE, rest, message).label("this may be folded away").help("put what matters first"),
    )
}
