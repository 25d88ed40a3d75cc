//! `inconsistent-languages`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::{HeaderKind, Project, TemplateSummary, VersionSummary};
use crate::rule;

rule! {
    /// Languages of a template differ in structure.
    ///
    /// Senders choose a template and a language, and send the same values and media for every language. If
    /// the header format, the button types or the variables differ, sending fails in one of the languages.
    /// Numbers in a different order are only reported as information: they are fine if each number means the
    /// same.
    ///
    /// ```yaml fails
    /// languages:
    ///   en_US:
    ///     header: { image: media/parcel.png }
    ///     body: Your order is on its way to you.
    ///   fr:
    ///     body: Votre commande est en route vers vous.
    /// ```
    ///
    /// ```yaml passes
    /// languages:
    ///   en_US:
    ///     header: { image: media/parcel.png }
    ///     body: Your order is on its way to you.
    ///   fr:
    ///     header: { image: media/colis.png }
    ///     body: Votre commande est en route vers vous.
    /// ```
    pub(crate) static RULE = {
        id: "inconsistent-languages",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["language-variants-drift"],
        subcode: Some(132000),
        reference: "templates/overview",
    }
}

type TemplateVersion<'a> = (&'a TemplateSummary, &'a VersionSummary);

pub(crate) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    project.names().flat_map(of_name).collect()
}

fn of_name(files: &[&TemplateSummary]) -> Vec<Diagnostic> {
    let complete = files.iter().filter(|template| !template.incomplete);
    let mut versions =
        complete.flat_map(|template| template.versions.iter().map(move |version| (*template, version)));
    let Some(original) = versions.next() else { return Vec::new() };
    let comparable = versions.filter(|(template, version)| {
        // What has no text yet is reported for that.
        version.body().is_some() == original.1.body().is_some()
            && original.1.span() != version.span()
            && original.0.shares_an_account(template)
    });
    comparable.filter_map(|side| difference(original, side)).collect()
}

fn difference(
    (first, original): TemplateVersion<'_>,
    (template, version): TemplateVersion<'_>,
) -> Option<Diagnostic> {
    let (own, other) = (version.code(), original.code());
    let (shape, model) = (&version.shape, &original.shape);
    let sure = !shape.unsure && !model.unsure;
    let elsewhere = first.source != template.source;
    let warning = |message: String, help: &str| {
        Diagnostic::new(&RULE, version.span(), message)
            .related(original.span(), format!("`{other}`"))
            .help(help)
    };
    if shape.header != model.header {
        let kind = |header: Option<HeaderKind>| {
            header.map_or("no header".to_owned(), |shown| format!("a `{}` header", shown.as_str()))
        };
        let message = format!("`{own}` has {}, but `{other}` has {}", kind(shape.header), kind(model.header));
        return Some(warning(message, "use the same header format in all languages"));
    }
    if !shape.has_buttons_of(model) {
        let message = format!("`{own}` has {}, but `{other}` has {}", shape.buttons(), model.buttons());
        return Some(warning(message, "use the same buttons in the same order in all languages"));
    }
    // In one file, `variable-not-in-every-language` reports the variable.
    if sure && (shape.numbers != model.numbers || elsewhere && shape.names != model.names) {
        let what = if shape.numbers == model.numbers { "variables" } else { "numbers" };
        let message = format!("`{own}` and `{other}` have different {what}");
        return Some(warning(message, "use the same placeholders in all languages"));
    }
    if elsewhere && template.variables.0 == first.variables.0 && template.variables.1 != first.variables.1 {
        let message = format!("`{own}` and `{other}` declare different variable types");
        return Some(warning(message, "use the same `type` for each variable in all files of this template"));
    }
    (sure && shape.order != model.order).then(|| {
        let message = format!("the numbers in `{own}` are in a different order than in `{other}`");
        warning(message, "make sure that each number means the same in both").severity(Severity::Info)
    })
}

cases! {
    fails: [
        "languages:\n  en_US: { header: { image: a.png } }\n  «fr»: {}",
        "languages:\n  en_US: { buttons: [Yes, { type: url, text: Track, url: \"https://shop.example/\" }] }\n  «fr»: { buttons: [Oui] }",
        "languages:\n  en_US: { header: { image: a.png } }\n  «fr»: { header: { video: a.mp4 } }",
        "languages:\n  en_US:\n    body: { text: \"Your order {{1}} comes with {{2}} today.\", samples: [A-1, Swift] }\n  «fr»:\n    body: { text: \"Votre commande {{1}} arrive chez vous.\", samples: [A-1] }",
        "languages:\n  en_US:\n    body: { text: \"Your order {{1}} comes with {{2}} today.\", samples: [A-1, Swift] }\n  «fr»:\n    body: { text: \"Avec {{2}} votre commande {{1}} arrive chez vous.\", samples: [A-1, Swift] }",
        "--- a/order_shipped.yaml\nvariables: { order: A-1 }\nbody: Your order {{order}} is on its way to you.\nlanguage: en_US\n--- b/order_shipped.yaml\nbody: Votre commande est en route vers vous.\nlanguage: «fr»\n",
    ],
    passes: [
        "languages:\n  en_US: { header: { image: a.png } }\n  fr: { header: { image: b.png } }",
        "languages:\n  en_US: { footer: Thanks }\n  fr: {}",
        "languages:\n  en_US: { buttons: [Yes, No] }\n  fr: { buttons: [Oui, Non] }",
        "variables: { a: A-1, b: Swift }\nlanguages:\n  en_US:\n    body: Your order {{a}} is on its way with {{b}} to you.\n  fr:\n    body: Avec {{b}} votre commande {{a}} est en route vers vous.",
        "--- a/order_shipped.yaml\naccounts: north\nheader: Hi\n--- b/order_shipped.yaml\naccounts: south\nlanguage: fr\n",
        "header: Your order\nlanguages: [en_US, fr]",
        "buttons: [Yes, No]\nlanguages:\n  en_US:\n    body: Your order is on its way to you.\n  fr:\n    body: Votre commande est en route vers vous.\n    buttons: [Oui, Non]",
    ],
}
