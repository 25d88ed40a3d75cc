//! `duplicate-template`.

use std::collections::HashMap;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::project::{Facts, Project};
use crate::rule;
use crate::source::Span;

rule! {
    /// A template is defined twice in one language.
    ///
    /// An account keeps one version for each name and language. Which of the two would be live is decided by chance, and
    /// the second creation is refused.
    ///
    /// ```yaml fails
    /// name: order_shipped
    /// languages: [en_US, en_US]
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// languages:
    ///   en_US:
    ///     body: Your order is on its way to the address that you gave us.
    ///   en_GB:
    ///     body: Your order is on its way to the address you have given us.
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
    // Those under one key live in different accounts, so that there are few.
    let mut seen: HashMap<_, Vec<(&Facts, Span)>> = HashMap::new();
    let mut diagnostics = Vec::new();
    for template in project.templates {
        let Some(name) = &template.name else { continue };
        for version in &*template.versions {
            let Some(language) = version.language else { continue };
            let others = seen.entry((&name.value, language.value)).or_default();
            let Some((first, first_span)) =
                others.iter().find(|(other, _)| other.shares_an_account(template))
            else {
                others.push((template, language.span));
                continue;
            };
            // Keys that repeat in one map have been reported where they stand.
            if first.source == template.source && *first_span == language.span {
                continue;
            }
            let message = format!("`{name}` is defined in `{language}` twice");
            diagnostics.push(
                Diagnostic::new(&RULE, language.span, message)
                    .label("this is the second one")
                    .related(*first_span, "here is the first one")
                    .help("rename one of the two, delete it, or give them different `accounts`"),
            );
        }
    }
    diagnostics
}
