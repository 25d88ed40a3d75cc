//! `missing-language`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary};
use crate::model::Language;
use crate::rule;

rule! {
    /// A template lacks a language that the project asks for.
    ///
    /// `languages` of `watpl.yaml` lists those that every template should have, in one file or in several. Meta never translates:
    /// where a language is missing, its readers are sent another one, or nothing.
    ///
    /// ```yaml fails asks
    /// language: en_US
    /// ```
    ///
    /// ```yaml passes asks
    /// languages:
    ///   en_US:
    ///     body: Your order is on its way to the address that you gave us.
    ///   fa:
    ///     body: سفارش شما به نشانی اعلام‌شده ارسال شد.
    /// ```
    pub(super) static RULE = {
        id: "missing-language",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/overview",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let wanted = &project.settings.languages;
    if wanted.is_empty() {
        return Vec::new();
    }
    let nameless = project.templates.iter().copied().filter(|template| template.name.is_none());
    let nameless = nameless.filter_map(|template| diagnostic(&[template], wanted));
    project.names().filter_map(|files| diagnostic(files, wanted)).chain(nameless).collect()
}

/// What the files of one name lack together, said at the first of them.
fn diagnostic(files: &[&TemplateSummary], wanted: &[Language]) -> Option<Diagnostic> {
    let template = files.first()?;
    let versions = || files.iter().flat_map(|file| &*file.versions);
    // What could not be read may be the language.
    let complete =
        files.iter().all(|file| !file.incomplete) && versions().all(|version| version.language().is_some());
    let has = |language: &Language| {
        versions().any(|version| version.language().is_some_and(|own| own.value == *language))
    };
    let missing: Vec<String> =
        wanted.iter().filter(|language| !has(language)).map(|language| format!("`{language}`")).collect();
    let message = format!("`{}` lacks {}, which the project asks for", template.title(), missing.join(", "));
    (complete && !missing.is_empty()).then(|| {
        Diagnostic::new(&RULE, template.span, message).help("add a version for each under `languages`")
    })
}
