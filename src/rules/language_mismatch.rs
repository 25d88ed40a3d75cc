//! `language-mismatch`.

use super::words::{Scan, Spoken};
use super::{View, tongue};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::rule;

rule! {
    /// A body is written in another language than its version declares.
    ///
    /// Most often a version was copied and not translated, or the code of another language was given. Nothing is said
    /// unless detection is sure and words of the other language prove it: short texts, names and languages that are
    /// much alike (Indonesian and Malay, Danish and Norwegian) are left alone.
    ///
    /// ```yaml fails
    /// language: es
    /// variables: { order: A-1041 }
    /// body: Hello, your order {{order}} has left our warehouse and is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// language: es
    /// variables: { order: A-1041 }
    /// body: Hola, su pedido {{order}} ha salido del almacén y está en camino.
    /// ```
    pub(super) static RULE = {
        id: "language-mismatch",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["language-text-mismatch"],
        subcode: None,
        reference: "templates/supported-languages",
    }
}

pub(super) fn check(_: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    scan.heard().filter_map(|(spoken, heard)| diagnostic(spoken, heard)).collect()
}

fn diagnostic(spoken: &Spoken<'_>, heard: &tongue::Heard) -> Option<Diagnostic> {
    let language = spoken.version.language?;
    if heard.has_own {
        return None;
    }
    let line = heard.foreign.iter().find(|line| line.part == Part::Body && !line.is_script)?;
    let message = format!("the body of `{language}` is written in {}", line.what);
    let diagnostic = Diagnostic::new(&RULE, line.span, message)
        .related(language.span, "this is the language")
        .help("translate the body, or give the code of its language");
    Some(diagnostic)
}
