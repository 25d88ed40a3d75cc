//! `header-with-several-placeholders`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A text header has more than one placeholder.
    ///
    /// A header takes one variable. What else changes from message to message belongs into the body.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041, day: Monday }
    /// header: "Order {{order}} arrives on {{day}}"
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// header: "Order {{order}} arrives soon"
    /// ```
    pub(super) static RULE = {
        id: "header-with-several-placeholders",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-one-param"],
        subcode: Some(2388047),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let several = template.headers().filter_map(|text| {
        let (second, _) = text.placeholders().nth(1)?;
        let (first, _) = text.placeholders().next()?;
        let message =
            format!("the header has {} placeholders, and 1 is allowed", text.placeholders().count());
        let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(second), message)
            .related(text.span_of_piece(first), "here is the first one")
            .help(format!("move {} to the body", quote::piece(text, second)));
        Some(diagnostic)
    });
    several.collect()
}
