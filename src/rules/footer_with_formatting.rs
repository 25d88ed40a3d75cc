//! `footer-with-formatting`.

use super::{View, emoji};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// A footer has an emoji or a line break.
    ///
    /// Resellers report that such footers are refused.
    ///
    /// ```yaml fails
    /// footer: Thank you for shopping with us 🎉
    /// ```
    ///
    /// ```yaml passes
    /// footer: Thank you for shopping with us
    /// ```
    pub(super) static RULE = {
        id: "footer-with-formatting",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["footer-emoji-newline"],
        subcode: Some(2388073),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.footers().flat_map(|text| [emoji(text), line_break(text)]).flatten().collect()
}

fn emoji(text: &Text) -> Option<Diagnostic> {
    let (emoji, span) = emoji::first(text)?;
    Some(
        Diagnostic::new(&RULE, span, format!("the footer has the emoji `{emoji}`"))
            .help("move it to the body"),
    )
}

fn line_break(text: &Text) -> Option<Diagnostic> {
    let (_, span) = text.find_plain(|character| matches!(character, '\n' | '\r'))?;
    Some(Diagnostic::new(&RULE, span, "the footer has a line break").help("write it on one line"))
}
