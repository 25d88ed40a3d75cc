//! `raw-component`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A template holds components in Meta's JSON.
    ///
    /// `raw` is sent as it stands: no rule looks into it, no variable fills it, and a mistake in it is found by Meta
    /// alone. It is there for what has no key of its own.
    ///
    /// ```yaml fails
    /// raw:
    ///   - { type: FOOTER, text: Northwind Home }
    /// ```
    ///
    /// ```yaml passes
    /// footer: Northwind Home
    /// ```
    pub(super) static RULE = {
        id: "raw-component",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let raw = template.versions.iter().find(|version| !version.raw.is_empty());
    let found = raw.map(|version| {
        let count = version.raw.len();
        let noun = if count == 1 { "component" } else { "components" };
        let message =
            format!("`{}` has {count} {noun} in Meta's JSON, which no rule looks into", version.code());
        Diagnostic::new(&RULE, version.span, message).help("use the language's own keys where there are any")
    });
    found.into_iter().collect()
}
