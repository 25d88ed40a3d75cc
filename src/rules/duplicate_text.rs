//! `duplicate-text`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary, VersionSummary};
use crate::rule;
use crate::source::Span;

rule! {
    /// Two templates have the same body and footer.
    ///
    /// Meta rejects a template whose body and footer it already has under another name. The same text in two languages of one
    /// template, such as `en_US` and `en_GB`, is a warning: one of the two would do. Authentication is exempt.
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
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

type Side<'a> = (&'a TemplateSummary, &'a VersionSummary);

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let sides = || {
        project
            .versions_with_text()
            .filter(|(_, version)| version.language().is_some() && version.body().is_some())
    };
    // What is sorted holds nothing but numbers, and nearly all of them stand alone.
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(project.version_count());
    all.extend(sides().zip(0..).map(|((_, version), at)| (version.text, at)));
    all.sort_unstable();
    let alike = all.chunk_by(|(one, _), (other, _)| one == other).filter(|alike| alike.len() > 1);
    let alike: Vec<_> = alike.collect();
    if alike.is_empty() {
        return Vec::new();
    }
    let sides: Vec<Side<'_>> = sides().collect();
    let side = |&(_, at): &(u64, u32)| sides.get(at as usize).copied();
    alike.into_iter().flat_map(|alike| of_text(&alike.iter().filter_map(side).collect::<Vec<_>>())).collect()
}

fn of_text(alike: &[Side<'_>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for &(template, version) in alike {
        let (Some(&(first, original)), Some(body)) = (alike.first(), version.body()) else { continue };
        let Some(first_body) = original.body() else { continue };
        if original.span() == version.span() || !first.shares_an_account(template) {
            continue;
        }
        if first.name == template.name {
            diagnostics.extend(sibling((first, original, first_body), (template, version, body)));
            continue;
        }
        let message =
            format!("`{}` says the same in `{}` as `{}`", template.title(), version.code(), first.title());
        diagnostics.push(
            Diagnostic::new(&RULE, body, message)
                .related(first_body, "here is the other one")
                .help("use one template for both, or say something else"),
        );
    }
    diagnostics
}

/// The same text in two languages of one template. Two versions in one language are reported as such.
fn sibling(
    (_, original, first_body): (&TemplateSummary, &VersionSummary, Span),
    (template, version, _): (&TemplateSummary, &VersionSummary, Span),
) -> Option<Diagnostic> {
    let (own, other) = (version.language()?, original.language()?);
    (own.value != other.value).then(|| {
        let message = format!("`{}` says the same in `{own}` as in `{other}`", template.title());
        Diagnostic::new(&RULE, own.span, message)
            .severity(Severity::Warning)
            .related(first_body, "here is the text")
            .help("leave one of the two out, or write it in its own words")
    })
}
