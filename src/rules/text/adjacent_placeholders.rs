//! `adjacent-placeholders`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::rule;
use crate::rules::support::placement;
use crate::rules::support::quote;

rule! {
    /// Two placeholders are next to each other.
    ///
    /// Put a word or at least punctuation between two variables. If only whitespace separates them, the
    /// template is rejected in review with `INVALID_FORMAT`.
    ///
    /// ```yaml fails
    /// variables: { first_name: Amelia, last_name: Grant }
    /// body: Dear {{first_name}} {{last_name}}, your order is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { name: Amelia Grant }
    /// body: Dear {{name}}, your order is on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "adjacent-placeholders",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-adjacent"],
        subcode: None,
        reference: "webhooks/reference/message_template_status_update",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts().filter(|(_, part, _)| matches!(part, Part::Header | Part::Body));
    let pieces =
        texts.flat_map(|(_, _, text)| placement::adjacent(text).into_iter().map(move |piece| (text, piece)));
    pieces
        .map(|(text, piece)| {
            let message =
                format!("no text between {} and the placeholder before it", quote::piece(text, piece));
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .label("a word or punctuation is required before it")
                .help("write a word between them, or combine them into one variable")
        })
        .collect()
}
