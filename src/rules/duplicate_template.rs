//! `duplicate-template`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Language;
use crate::project::{Facts, Project};
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
        class: Class::Refused,
        confidence: Confidence::Documented,
        entries: ["name-lang-unique"],
        subcode: Some(2388024),
        reference: "templates/template-management",
    }
}

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&Facts]) -> Vec<Diagnostic> {
    let mut seen: Vec<(&Facts, Spanned<Language>)> = Vec::new();
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

cases! {
    fails: [
        "languages: [en_US, «en_US»]",
        "--- a/order_shipped.yaml\nlanguage: en_US\n--- b/order_shipped.yaml\nlanguage: «en_US»\n",
        "--- order_shipped.yaml\nlanguages: [en_US, fa]\n--- order_shipped.watpl\ntemplate order_shipped {\n  category utility\n  language «fa»\n  body \"سفارش شما ارسال شد.\"\n}\n",
    ],
    passes: [
        "languages: [en_US, en_GB]",
        "--- a/order_shipped.yaml\naccounts: north\n--- b/order_shipped.yaml\naccounts: south\n",
        "--- a/order_shipped.yaml\nlanguage: en_US\n--- b/order_shipped.yaml\nlanguage: en_GB\n",
        "--- order_shipped.yaml\nname: order_shipped\n--- order_sent.yaml\nname: order_sent\n",
    ],
}
