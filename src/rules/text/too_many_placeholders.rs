//! `too-many-placeholders`.

use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::rule;
use crate::rules::support::word_count;

rule! {
    /// A body has too many placeholders for its number of words.
    ///
    /// Meta rejects bodies with too many variables for their length, but doesn't document the ratio.
    /// Resellers recommend at least 2n + 1 other words for n placeholders. Fewer words than placeholders are
    /// an error.
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
    pub(crate) static RULE = {
        id: "too-many-placeholders",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["param-density"],
        subcode: Some(2388293),
        reference: "templates/template-review",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.bodies_and_cards().filter_map(|(_, _, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let placeholders = text.placeholders().count();
    let wanted = 2 * placeholders + 1;
    if placeholders == 0 {
        return None;
    }
    let words = word_count::count(text, wanted);
    if words >= wanted || word_count::is_unspaced(text) {
        return None;
    }
    // `placeholder-at-edge` reports a body that starts or ends with a placeholder, which needs words in any case.
    if words == 0 && is_bare(text) {
        return None;
    }
    let message = format!(
        "the body has {placeholders} placeholder{} and only {words} other word{} (at least {wanted} expected)",
        if placeholders == 1 { "" } else { "s" },
        if words == 1 { "" } else { "s" }
    );
    let (first, last) = (text.placeholders().next()?.0, text.placeholders().last()?.0);
    // A variable that is used several times counts once.
    let variables: BTreeSet<_> = text.placeholders().map(|(_, placeholder)| &placeholder.reference).collect();
    let severity = if words < variables.len() { Severity::Error } else { RULE.severity };
    let diagnostic = Diagnostic::new(&RULE, text.span_of(first.range.start..last.range.end), message)
        .severity(severity)
        .help("add fixed words, or remove a variable");
    Some(diagnostic)
}

fn is_bare(text: &Text) -> bool {
    let (whole, mut places) = (text.as_str(), text.placeholders().map(|(piece, _)| &piece.range));
    let blank = |range: std::ops::Range<usize>| whole.get(range).is_some_and(|rest| rest.trim().is_empty());
    let first = places.next();
    let last = places.last().or(first);
    first.is_some_and(|first| blank(0..first.start)) || last.is_some_and(|last| blank(last.end..whole.len()))
}

cases! {
    fails: [
        "variables: { a: A-1, b: 25 €, c: Swift }\nbody: Order «{{a}} for {{b}} by {{c}}» today.",
        "variables: { a: A-1 }\nbody: Order «{{a}}» shipped.",
        "body: { text: \"Order «{{1}} from {{2}}» comes today.\", samples: [A-1, Swift] }",
        "variables: { a: A-1 }\nlanguage: fa\nbody: سفارش «{{a}}» رسید.",
        "category: marketing\nvariables: { a: oak }\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"Of «{{a}}» now\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"A-1\"\n  body \"Order «<<a>>» shipped.\"\n}",
    ],
    passes: [
        "variables: { a: A-1, b: 25 €, c: Swift }\nbody: Order {{a}} for {{b}} is sent out by {{c}} today.",
        "variables: { a: A-1 }\nbody: Order {{a}} is here.",
        "variables: { a: A-1 }\nheader: \"Order {{a}}\"",
        "variables: { a: A-1, b: Swift }\nlanguage: ja\nbody: ご注文{{a}}は{{b}}で発送",
        "body: Shipped.",
    ],
}
