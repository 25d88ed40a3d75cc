//! `missing-language`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Language, Template};
use crate::project::Context;
use crate::rule;

rule! {
    /// A template lacks a language that the project asks for.
    ///
    /// `languages` of `watpl.yaml` lists those that every template should have. Meta never translates: where a
    /// language is missing, its readers are sent another one, or nothing.
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
        class: Class::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/overview",
    }
}

pub(super) fn check(template: &Template, context: &Context<'_>) -> Vec<Diagnostic> {
    diagnostic(template, &context.settings.languages).into_iter().collect()
}

fn diagnostic(template: &Template, wanted: &[Language]) -> Option<Diagnostic> {
    // What could not be read may be the language.
    let complete = !template.incomplete && template.versions.iter().all(|version| version.language.is_some());
    let has = |language: &Language| {
        template.versions.iter().any(|version| version.language.is_some_and(|own| own.value == *language))
    };
    let missing: Vec<String> =
        wanted.iter().filter(|language| !has(language)).map(|language| format!("`{language}`")).collect();
    let message = format!("`{}` lacks {}, which the project asks for", template.title(), missing.join(", "));
    (complete && !missing.is_empty()).then(|| {
        Diagnostic::new(&RULE, template.span, message).help("add a version for each under `languages`")
    })
}
