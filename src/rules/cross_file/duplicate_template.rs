//! `duplicate-template`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{Project, TemplateSummary};
use crate::model::Language;
use crate::rule;
use crate::source::Spanned;

rule! {
    /// A template is defined twice in the same language.
    ///
    /// An account has one version for each name and language. It would depend on chance which definition is
    /// deployed, and Meta rejects the second one.
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
    pub(crate) static RULE = {
        id: "duplicate-template",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["name-lang-unique"],
        subcode: Some(2388024),
        reference: "templates/template-management",
    }
}

pub(crate) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&TemplateSummary]) -> Vec<Diagnostic> {
    let mut seen: Vec<(&TemplateSummary, Spanned<Language>)> = Vec::new();
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
        // Repeated keys of one map are reported by `duplicate-key`.
        if first.source == template.source && known.span == language.span {
            continue;
        }
        let message = format!("`{}` is defined twice in `{language}`", template.title());
        diagnostics.push(
            Diagnostic::new(&RULE, language.span, message)
                .label("second definition")
                .related(known.span, "first definition")
                .help("rename or delete one of them, or give them different `accounts`"),
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
