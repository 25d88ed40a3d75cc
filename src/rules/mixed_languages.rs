//! `mixed-languages`.

use super::words::{Scan, Spoken};
use super::{View, tongue};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Part;
use crate::rule;

rule! {
    /// A version is written in two languages.
    ///
    /// Reviewers reject texts of two languages, and people are sent one that they may not read. Give each language a
    /// version of its own: Meta sends the one that the sender asks for. Names and short lines are left alone.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: |
    ///   Your order {{order}} has left our warehouse.
    ///   Ihre Bestellung hat unser Lager verlassen und ist auf dem Weg zu Ihnen.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: |
    ///   Your order {{order}} has left our warehouse.
    ///   It is on its way to the address that you gave us.
    /// ```
    pub(super) static RULE = {
        id: "mixed-languages",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["language-mixed"],
        subcode: None,
        reference: "templates/supported-languages",
    }
}

pub(super) fn check(_: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    scan.heard().filter_map(|(spoken, heard)| diagnostic(spoken, heard)).collect()
}

fn diagnostic(spoken: &Spoken<'_>, heard: &tongue::Heard) -> Option<Diagnostic> {
    let language = spoken.version.language?;
    if !heard.has_own {
        return None;
    }
    let line = heard.foreign.first()?;
    let part = if line.part == Part::Body { "a line of the body" } else { line.part.label() };
    let article = if line.part == Part::Body { "" } else { "the " };
    let message = format!("{article}{part} of `{language}` is written in {}", line.what);
    let diagnostic = Diagnostic::new(&RULE, line.span, message)
        .label("the body is in another language")
        .help("give each language a version of its own");
    Some(diagnostic)
}
