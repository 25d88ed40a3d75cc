//! `blank-body`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Part, Text, Version};
use crate::rule;

rule! {
    /// A body shows nothing.
    ///
    /// Blanks and invisible characters count as nothing, and an empty body is refused.
    ///
    /// ```yaml fails
    /// body: "   "
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(super) static RULE = {
        id: "blank-body",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-empty"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let blank = template.bodies_and_cards().filter(|(_, _, text)| text.is_blank());
    let diagnostic = |(_, part, text): (&Version, Part, &Text)| {
        let what = if part == Part::Body { "the body" } else { "the body of the card" };
        Diagnostic::new(&RULE, text.span, format!("{what} shows nothing")).help("write the message")
    };
    blank.map(diagnostic).collect()
}
