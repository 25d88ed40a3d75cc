//! `duplicate-template`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary};
use crate::model::Language;
use crate::rule;
use crate::source::Spanned;

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
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["name-lang-unique"],
        subcode: Some(2388024),
        reference: "templates/template-management",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&TemplateSummary]) -> Vec<Diagnostic> {
    let mut seen: Vec<(&TemplateSummary, Spanned<Language>)> = Vec::new();
    let mut diagnostics = Vec::new();
    let versions = files.iter().flat_map(|file| file.versions.iter().map(move |version| (*file, version)));
    for (template, version) in versions {
        let Some(language) = version.language() else { continue };
        let before = seen
            .iter()
            .find(|(other, known)| known.value == language.value && other.shares_an_account(template));
        let Some((first, known)) = before else {
            seen.push((template, language));
            continue;
        };
        // Keys that repeat in one map have been reported where they stand.
        if first.source == template.source && known.span == language.span {
            continue;
        }
        let message = format!("`{}` is defined in `{language}` twice", template.title());
        diagnostics.push(
            Diagnostic::new(&RULE, language.span, message)
                .label("this is the second one")
                .related(known.span, "here is the first one")
                .help("rename one of the two, delete it, or give them different `accounts`"),
        );
    }
    diagnostics
}
