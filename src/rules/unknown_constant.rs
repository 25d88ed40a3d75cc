//! `unknown-constant`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::project::Project;
use crate::rule;

rule! {
    /// A constant is not defined.
    ///
    /// `${name}` is filled in from `watpl.yaml` when the template is compiled for an account. A constant that no
    /// one defines would reach recipients as it stands.
    ///
    /// ```yaml fails
    /// footer: Yours, ${shpo}
    /// ```
    ///
    /// ```yaml passes
    /// footer: Yours, ${shop}
    /// ```
    pub(super) static RULE = {
        id: "unknown-constant",
        severity: Severity::Error,
        class: Class::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let Some(known) = &project.settings.constants else { return Vec::new() };
    let versions = project.templates.iter().flat_map(|template| &template.versions);
    let texts = versions.flat_map(|version| version.texts_and_urls().map(|(_, text)| text));
    let mut diagnostics = Vec::new();
    for text in texts {
        for (piece, name) in text.constants().filter(|(_, name)| !known.contains(*name)) {
            let span = text.span_of(piece.range.clone());
            diagnostics.push(super::undefined_constant(span, name, known.iter().map(String::as_str)));
        }
    }
    diagnostics
}
