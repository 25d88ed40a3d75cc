//! `duplicate-text`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::project::{Facts, Project, VersionFacts};
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
        class: Class::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-duplicate"],
        subcode: None,
        reference: "templates/template-review",
    }
}

type Side<'a> = (&'a Facts, &'a VersionFacts);

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let sides =
        || project.worded().filter(|(_, version)| version.language().is_some() && version.body().is_some());
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
    (_, original, first_body): (&Facts, &VersionFacts, Span),
    (template, version, _): (&Facts, &VersionFacts, Span),
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
