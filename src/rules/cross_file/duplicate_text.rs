//! `duplicate-text`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary, VersionSummary};
use crate::rule;
use crate::source::Span;

rule! {
    /// Two templates have the same body and footer.
    ///
    /// Meta rejects a template in review if its body and footer already exist under another name. The same
    /// text in two languages of one template, such as `en_US` and `en_GB`, is only a warning: one of the two
    /// is enough. Authentication templates are exempt.
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
    pub(crate) static RULE = {
        id: "duplicate-text",
        severity: Severity::Error,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

type TemplateVersion<'a> = (&'a TemplateSummary, &'a VersionSummary);

pub(crate) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let sides = || {
        project
            .versions_with_text()
            .filter(|(_, version)| version.language().is_some() && version.body().is_some())
    };
    // Only numbers are sorted, and almost all of them are unique.
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(project.version_count());
    all.extend(sides().zip(0..).map(|((_, version), at)| (version.text, at)));
    all.sort_unstable();
    let alike = all.chunk_by(|(one, _), (other, _)| one == other).filter(|alike| alike.len() > 1);
    let alike: Vec<_> = alike.collect();
    if alike.is_empty() {
        return Vec::new();
    }
    let sides: Vec<TemplateVersion<'_>> = sides().collect();
    let version_at = |&(_, at): &(u64, u32)| sides.get(at as usize).copied();
    alike
        .into_iter()
        .flat_map(|alike| of_text(&alike.iter().filter_map(version_at).collect::<Vec<_>>()))
        .collect()
}

fn of_text(alike: &[TemplateVersion<'_>]) -> Vec<Diagnostic> {
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
        let message = format!(
            "`{}` has the same text in `{}` as `{}`",
            template.title(),
            version.code(),
            first.title()
        );
        diagnostics.push(
            Diagnostic::new(&RULE, body, message)
                .related(first_body, "other template")
                .help("use one template for both, or change the text"),
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
        let message = format!("`{}` has the same text in `{own}` as in `{other}`", template.title());
        Diagnostic::new(&RULE, own.span, message)
            .severity(Severity::Warning)
            .related(first_body, "same text")
            .help("delete one of the languages, or translate the text")
    })
}

cases! {
    fails: [
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is on its way to you.\n--- order_sent.yaml\nname: order_sent\nbody: «Your order is on its way to you.»\n",
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is on its way to you.\n--- order_sent.watpl\ntemplate order_sent {\n  category utility\n  language en_US\n  body «\"Your order is on its way to you.\"»\n}\n",
        "body: Your order is on its way to you.\nlanguages: [en_US, «en_GB»]",
        "--- order_shipped.yaml\nname: order_shipped\nvariables: { a: A-1 }\nbody: Your order {{a}} is on its way to you.\n--- order_sent.yaml\nname: order_sent\nvariables: { b: A-1 }\nbody: «Your order <<b>> is on its way to you.»\n",
    ],
    passes: [
        "--- order_shipped.yaml\nname: order_shipped\nbody: Your order is on its way to you.\n--- order_sent.yaml\nname: order_sent\nbody: Your order is on its way to you!\n",
        "--- order_shipped.yaml\nname: order_shipped\nfooter: Northwind\nbody: Your order is on its way to you.\n--- order_sent.yaml\nname: order_sent\nbody: Your order is on its way to you.\n",
        "--- order_shipped.yaml\nname: order_shipped\naccounts: north\nbody: Your order is on its way to you.\n--- order_sent.yaml\nname: order_sent\naccounts: south\nbody: Your order is on its way to you.\n",
        "--- code_a.yaml\nname: code_a\ncategory: authentication\nttl: 5m\nbuttons: [{ type: otp }]\n--- code_b.yaml\nname: code_b\ncategory: authentication\nttl: 5m\nbuttons: [{ type: otp }]\n",
    ],
}
