//! `adjacent-placeholders`.

use super::{View, placement, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::rule;

rule! {
    /// Two placeholders stand next to each other.
    ///
    /// Between two variables Meta wants a word or at least punctuation. With nothing but blanks in between the
    /// review ends in `INVALID_FORMAT`.
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
    pub(super) static RULE = {
        id: "adjacent-placeholders",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["param-adjacent"],
        subcode: None,
        reference: "webhooks/reference/message_template_status_update",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let texts = template.texts().filter(|(_, part, _)| matches!(part, Part::Header | Part::Body));
    let pieces =
        texts.flat_map(|(_, _, text)| placement::adjacent(text).into_iter().map(move |piece| (text, piece)));
    pieces
        .map(|(text, piece)| {
            let message =
                format!("nothing stands between {} and the placeholder before it", quote::piece(text, piece));
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .label("a word or punctuation belongs before it")
                .help("write a word between the two, or make them one variable")
        })
        .collect()
}
