//! `duplicate-template`.

use std::collections::BTreeMap;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::project::Project;
use crate::rule;

rule! {
    /// A template is defined twice in one language.
    ///
    /// Meta keeps one version for each name and language. Which of the two would be live is decided by chance, and
    /// the second creation is refused.
    ///
    /// ```yaml fails
    /// name: order_shipped
    /// languages: [en_US, en_US]
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// languages: [en_US, en_GB]
    /// ```
    pub(super) static RULE = {
        id: "duplicate-template",
        severity: Severity::Error,
        class: Class::Refused,
        confidence: Confidence::Documented,
        entries: ["name-lang-unique"],
        subcode: Some(2388024),
        reference: "templates/template-management",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for template in project.templates {
        let Some(name) = &template.name else { continue };
        for version in &*template.versions {
            let Some(language) = version.language else { continue };
            let Some((first, first_span)) =
                seen.insert((&name.value, language.value), (template, language.span))
            else {
                continue;
            };
            // Keys that repeat in one map have been reported where they stand.
            if first.source == template.source && first_span == language.span {
                continue;
            }
            let message = format!("`{name}` is defined in `{language}` twice");
            diagnostics.push(
                Diagnostic::new(&RULE, language.span, message)
                    .label("this is the second one")
                    .related(first_span, "here is the first one")
                    .help("rename one of the two, or delete it"),
            );
        }
    }
    diagnostics
}
