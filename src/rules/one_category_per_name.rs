//! `one-category-per-name`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary};
use crate::rule;

rule! {
    /// One template has different categories in different files.
    ///
    /// All languages of a name share one category. The second file would be refused, or would quietly take over the
    /// category of the first.
    ///
    /// ```yaml fails
    /// --- english/order_shipped.yaml
    /// name: order_shipped
    /// category: utility
    /// language: en_US
    /// --- british/order_shipped.yaml
    /// name: order_shipped
    /// category: marketing
    /// language: en_GB
    /// body: Your order is on its way to the address you have given us.
    /// footer: Reply STOP to opt out
    /// ```
    ///
    /// ```yaml passes
    /// --- english/order_shipped.yaml
    /// name: order_shipped
    /// category: utility
    /// language: en_US
    /// --- british/order_shipped.yaml
    /// name: order_shipped
    /// category: utility
    /// language: en_GB
    /// body: Your order is on its way to the address you have given us.
    /// ```
    pub(super) static RULE = {
        id: "one-category-per-name",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: [],
        subcode: None,
        reference: "templates/template-management",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&TemplateSummary]) -> Vec<Diagnostic> {
    let mut categorised = files.iter().filter_map(|file| Some((*file, file.category?)));
    let Some((other, first)) = categorised.next() else { return Vec::new() };
    let mut diagnostics = Vec::new();
    for (template, category) in categorised {
        if first.value == category.value || !other.shares_an_account(template) {
            continue;
        }
        let message = format!("`{}` is {category} here and {first} elsewhere", template.title());
        diagnostics.push(
            Diagnostic::new(&RULE, category.span, message)
                .related(first.span, format!("it is {first} here"))
                .help("give all languages of a template one category, or rename one"),
        );
    }
    diagnostics
}
