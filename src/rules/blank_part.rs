//! `blank-part`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Text;
use crate::rule;

rule! {
    /// A header or a footer shows nothing.
    ///
    /// Blanks and invisible characters count as nothing, and an empty part is refused. A template without the part is fine.
    ///
    /// ```yaml fails
    /// footer: "  "
    /// ```
    ///
    /// ```yaml passes
    /// footer: Thank you
    /// ```
    pub(super) static RULE = {
        id: "blank-part",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let headers = template.headers().map(|text| ("header", text));
    let parts = headers.chain(template.footers().map(|text| ("footer", text)));
    parts.filter(|(_, text)| text.is_blank()).map(|(part, text)| diagnostic(part, text)).collect()
}

fn diagnostic(part: &str, text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.span, format!("the {part} shows nothing"))
        .help(format!("write a few words, or take the {part} out"))
}
