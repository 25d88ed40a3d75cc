//! `one-category-per-name`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary};
use crate::rule;

rule! {
    /// A template has different categories in different files.
    ///
    /// All languages of a template share one category. Meta would reject the second file, or use the category
    /// of the first one.
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
    pub(crate) static RULE = {
        id: "one-category-per-name",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: [],
        subcode: None,
        reference: "templates/template-management",
    }
}

pub(crate) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
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
        let message = format!("`{}` is {category} here, but {first} elsewhere", template.title());
        diagnostics.push(
            Diagnostic::new(&RULE, category.span, message)
                .related(first.span, format!("{first} here"))
                .help("use one category for all languages, or rename one template"),
        );
    }
    diagnostics
}

cases! {
    fails: [
        "--- a/order_shipped.yaml\ncategory: utility\n--- b/order_shipped.yaml\ncategory: «marketing»\nlanguage: en_GB\n",
        "--- a/order_shipped.yaml\ncategory: utility\n--- b/order_shipped.yaml\ncategory: utility\nlanguage: en_GB\n--- c/order_shipped.watpl\ntemplate order_shipped {\n  category «marketing»\n  language fa\n  body \"سفارش شما ارسال شد.\"\n}\n",
    ],
    passes: [
        "--- a/order_shipped.yaml\ncategory: utility\n--- b/order_shipped.yaml\ncategory: UTILITY\nlanguage: en_GB\n",
        "--- a/order_shipped.yaml\ncategory: utility\naccounts: north\n--- b/order_shipped.yaml\ncategory: marketing\naccounts: south\n",
        "--- a/order_shipped.yaml\ncategory: utility\n--- b/order_sent.yaml\nname: order_sent\ncategory: marketing\n",
    ],
}
