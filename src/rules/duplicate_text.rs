//! `duplicate-text`.

use std::collections::HashMap;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Category;
use crate::project::{Facts, Project, VersionFacts};
use crate::rule;
use crate::source::Span;

rule! {
    /// Two templates have the same body and footer.
    ///
    /// Meta rejects a template whose body and footer it already has under another name in the same language.
    /// Authentication is exempt.
    ///
    /// ```yaml fails
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// --- order_sent.yaml
    /// name: order_sent
    /// ```
    ///
    /// ```yaml passes
    /// --- order_shipped.yaml
    /// name: order_shipped
    /// --- order_ready.yaml
    /// name: order_ready
    /// body: Your order is ready to be collected in our store.
    /// ```
    pub(super) static RULE = {
        id: "duplicate-text",
        severity: Severity::Warning,
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let mut seen: HashMap<_, (&Facts, Span)> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (template, version) in versions(project) {
        let (Some(language), Some(body)) = (version.language, version.body) else { continue };
        let (first, first_body) = *seen.entry((language.value, version.text)).or_insert((template, body));
        if first.name == template.name || !first.shares_an_account(template) {
            continue;
        }
        let message = format!("`{}` says the same in `{language}` as `{}`", template.title(), first.title());
        diagnostics.push(
            Diagnostic::new(&RULE, body, message)
                .related(first_body, "here is the other one")
                .help("use one template for both, or say something else"),
        );
    }
    diagnostics
}

fn versions<'a>(project: &Project<'a>) -> impl Iterator<Item = (&'a Facts, &'a VersionFacts)> {
    let templates = project.templates.iter().filter(|template| !template.is(Category::Authentication));
    templates.flat_map(|template| template.versions.iter().map(move |version| (template, version)))
}
