//! `duplicate-text`.

use std::collections::HashMap;

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Category, PieceKind, Template, Text, Version};
use crate::project::Project;
use crate::rule;

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
    let mut seen: HashMap<_, (&Template, &Text)> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (template, version) in versions(project) {
        let (Some(language), Some(body)) = (version.language, version.body_text()) else { continue };
        let key = (language.value, folded(version));
        let (first, first_body) = *seen.entry(key).or_insert((template, body));
        if first.name == template.name || !share_an_account(first, template) || body.is_blank() {
            continue;
        }
        let message = format!("`{}` says the same in `{language}` as `{}`", template.title(), first.title());
        diagnostics.push(
            Diagnostic::new(&RULE, body.span, message)
                .related(first_body.span, "here is the other one")
                .help("use one template for both, or say something else"),
        );
    }
    diagnostics
}

fn versions<'a>(project: &Project<'a>) -> impl Iterator<Item = (&'a Template, &'a Version)> {
    let templates = project.templates.iter().filter(|template| !template.is(Category::Authentication));
    templates.flat_map(|template| template.versions.iter().map(move |version| (template, version)))
}

/// Accounts are compared as they are written; globs that overlap are not looked into.
fn share_an_account(a: &Template, b: &Template) -> bool {
    let (a, b) = (&a.metadata.accounts, &b.metadata.accounts);
    a.is_empty() || b.is_empty() || a.iter().any(|account| b.contains(account))
}

/// Body and footer with single blanks, where all placeholders are alike.
fn folded(version: &Version) -> String {
    let mut folded = String::new();
    for text in [version.body_text(), version.footer_text()].into_iter().flatten() {
        for piece in &text.pieces {
            match piece.kind {
                PieceKind::Placeholder(_) => folded.push_str("{}"),
                _ => folded.push_str(text.slice(piece)),
            }
        }
        folded.push('\n');
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
