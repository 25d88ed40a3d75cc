//! `duplicate-button-label`.

use std::collections::BTreeMap;

use super::{View, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Version;
use crate::rule;
use crate::source::Span;

rule! {
    /// Two buttons of a version have the same label.
    ///
    /// The answer to a quick reply is its label: with two alike nobody can tell which one was tapped. Such
    /// templates are widely said to be refused.
    ///
    /// ```yaml fails
    /// buttons: [Confirm, Confirm]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [Confirm, Cancel]
    /// ```
    pub(super) static RULE = {
        id: "duplicate-button-label",
        severity: Severity::Warning,
        class: Class::Refused,
        confidence: Confidence::Inferred,
        entries: ["button-text-duplicate"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    // Nothing is compared with itself.
    if version.buttons.len() < 2 {
        return Vec::new();
    }
    // Two or three need no hashing, and thousands of a hostile file are no trouble.
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let labels =
        version.buttons.iter().filter_map(|button| button.text.as_ref()).filter(|text| !text.is_blank());
    let twice = labels.filter_map(|text| {
        let label = text.as_str().trim().to_lowercase();
        let Some(first) = seen.get(&label) else {
            seen.insert(label, text.span);
            return None;
        };
        let message = format!("two buttons are called {}", quote::quoted(text.as_str()));
        let diagnostic = Diagnostic::new(&RULE, text.span, message)
            .related(*first, "here is the first one")
            .help("give each button a label of its own");
        Some(diagnostic)
    });
    twice.collect()
}
