//! `number-in-named-template`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ParameterFormat, Part, Reference};
use crate::rule;

rule! {
    /// A text has numbered placeholders, and the template is for names.
    ///
    /// With `parameter_format: named` every parameter of a header or a body is sent by its name.
    ///
    /// ```yaml fails
    /// parameter_format: named
    /// body: { text: "Your order {{1}} is on its way to you.", samples: [A-1041] }
    /// ```
    ///
    /// ```yaml passes
    /// parameter_format: named
    /// variables: { order: A-1041 }
    /// body: Your order {{order}} is on its way to you.
    /// ```
    pub(super) static RULE = {
        id: "number-in-named-template",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["parameter-format-mismatch"],
        subcode: Some(2388072),
        reference: "templates/overview",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if template.parameter_format != ParameterFormat::Named {
        return Vec::new();
    }
    // Addresses are numbered in any case.
    let texts =
        template.texts().filter(|(_, part, _)| matches!(part, Part::Header | Part::Body | Part::Card(..)));
    let numbered = texts.filter_map(|(_, _, text)| {
        let (piece, _) =
            text.placeholders().find(|(_, found)| matches!(found.reference, Reference::Number(_)))?;
        let message =
            format!("{} is a number, and the template's parameters have names", quote::piece(text, piece));
        Some(
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .help("give it a name and declare it under `variables`, or delete `parameter_format`"),
        )
    });
    numbered.collect()
}
