//! `too-long-when-filled`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::rule;

rule! {
    /// A text is too long once its samples are filled in.
    ///
    /// A placeholder counts as little when the template is created, and as much as its value when a message is sent, which is
    /// then refused with error 132005. The samples are held against the same limits.
    ///
    /// ```yaml fails
    /// variables: { product: The large oak table with six matching chairs and a bench }
    /// header: We have sent {{product}}
    /// ```
    ///
    /// ```yaml passes
    /// variables: { product: The large oak table }
    /// header: We have sent {{product}}
    /// ```
    pub(super) static RULE = {
        id: "too-long-when-filled",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["body-length-filled"],
        subcode: Some(132005),
        reference: "support/error-codes",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let texts = template.texts_and_urls().filter(|(_, part, _)| !part.is_label() && *part != Part::Footer);
    let longest = template.samples().map(|sample| sample.value.len()).max().unwrap_or_default();
    let long = texts.filter_map(|(version, part, text)| {
        let limit = length::limit(version, part);
        // There are no more characters than bytes.
        if text.as_str().len() + text.placeholders().count() * longest <= limit {
            return None;
        }
        // What is too long as it is written is reported as such.
        if text.chars() > limit {
            return None;
        }
        let filled = length::filled(template, version, (part, text)).filter(|filled| *filled > limit)?;
        let (piece, _) = text.placeholders().next()?;
        let more = if filled >= length::MANY { "more than " } else { "" };
        let filled = filled.min(length::MANY);
        let message = format!(
            "the {} has {more}{filled} characters with its samples, and {limit} are allowed",
            part.label()
        );
        Some(
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .label("its value counts when a message is sent")
                .help(
                    "shorten the text, or send shorter values; `max_length` of a variable says so to senders",
                ),
        )
    });
    long.collect()
}
