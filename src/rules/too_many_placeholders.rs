//! `too-many-placeholders`.

use std::collections::BTreeSet;

use super::View;
use super::script::is_unspaced;
use super::words;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// A body has too many placeholders for its words.
    ///
    /// Meta refuses bodies with too many variables for their length and does not say how many that is. Resellers
    /// count at least 2n + 1 other words for n placeholders; with fewer words than placeholders it is an error.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041, amount: 25 €, carrier: Swift Parcel }
    /// body: Order {{order}} for {{amount}} by {{carrier}} today.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041, amount: 25 €, carrier: Swift Parcel }
    /// body: Your order {{order}} for {{amount}} will be brought to you by {{carrier}} today.
    /// ```
    pub(super) static RULE = {
        id: "too-many-placeholders",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-density"],
        subcode: Some(2388293),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.bodies_and_cards().filter_map(|(_, _, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let placeholders = text.placeholders().count();
    let wanted = 2 * placeholders + 1;
    if placeholders == 0 {
        return None;
    }
    let words = words::count(text, wanted);
    if words >= wanted || is_unspaced(text) {
        return None;
    }
    // A body that begins or ends with a bare placeholder is told so, and needs words in any case.
    if words == 0 && is_bare(text) {
        return None;
    }
    let message = format!(
        "the body has {placeholders} placeholder{} and {words} other word{}, and at least {wanted} are expected",
        if placeholders == 1 { "" } else { "s" },
        if words == 1 { "" } else { "s" }
    );
    let (first, last) = (text.placeholders().next()?.0, text.placeholders().last()?.0);
    // A variable that stands in several places counts once.
    let variables: BTreeSet<_> = text.placeholders().map(|(_, placeholder)| &placeholder.reference).collect();
    let severity = if words < variables.len() { Severity::Error } else { RULE.severity };
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first.range.start..last.range.end), message)
        .severity(severity)
        .help("say more in fixed words, or leave a variable out");
    Some(diagnostic)
}

fn is_bare(text: &Text) -> bool {
    let (whole, mut places) = (text.as_str(), text.placeholders().map(|(piece, _)| &piece.range));
    let blank = |range: std::ops::Range<usize>| whole.get(range).is_some_and(|rest| rest.trim().is_empty());
    let first = places.next();
    let last = places.last().or(first);
    first.is_some_and(|first| blank(0..first.start)) || last.is_some_and(|last| blank(last.end..whole.len()))
}
