//! `placeholder-gap`.

use std::collections::BTreeSet;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Reference, Template, Text};
use crate::rule;

rule! {
    /// The numbers of a text have a gap.
    ///
    /// The placeholders of one text are numbered from 1 on without a gap. They may stand in any order, and one may
    /// stand twice.
    ///
    /// ```yaml fails
    /// body: { text: "Your order {{1}} arrives on {{3}} at your address.", samples: [A-1041, Monday, noon] }
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} arrives on {{2}} at your address.", samples: [A-1041, Monday] }
    /// ```
    pub(super) static RULE = {
        id: "placeholder-gap",
        severity: Severity::Error,
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-sequence"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    template.texts_and_urls().filter_map(|(_, part, text)| diagnostic(part.noun(), text)).collect()
}

fn diagnostic(noun: &str, text: &Text) -> Option<Diagnostic> {
    let number = |reference: &Reference| match reference {
        Reference::Number(number) => Some(*number),
        Reference::Name(_) => None,
    };
    let numbers: BTreeSet<u32> =
        text.placeholders().filter_map(|(_, placeholder)| number(&placeholder.reference)).collect();
    // Where names stand too, that is what is wrong.
    if text.placeholders().any(|(_, placeholder)| number(&placeholder.reference).is_none()) {
        return None;
    }
    // The numbers themselves are walked, never the range up to the highest: that may be two billion.
    let (missing, beyond) = (1..).zip(&numbers).find(|(expected, number)| expected != *number)?;
    let is_beyond = |reference: &Reference| number(reference) == Some(*beyond);
    let (piece, _) = text.placeholders().find(|(_, placeholder)| is_beyond(&placeholder.reference))?;
    let message = format!("the {noun} has `{{{{{beyond}}}}}` and no `{{{{{missing}}}}}`");
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("numbers go from 1 on without a gap")
            .help(format!("write `{{{{{missing}}}}}` here, or use names")),
    )
}
