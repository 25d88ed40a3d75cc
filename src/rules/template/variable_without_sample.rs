//! `variable-without-sample`.

use crate::lint::TemplateView;
use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::model::{Reference, shows_nothing};
use crate::rule;

rule! {
    /// A variable has no sample.
    ///
    /// Meta's reviewers see the samples instead of your data. Meta rejects a version if a placeholder has no
    /// sample. A sample that consists only of whitespace and invisible characters doesn't count.
    ///
    /// ```yaml fails
    /// variables: { order_id: { type: code } }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "variable-without-sample",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["example-missing", "example-count", "url-example"],
        subcode: Some(2388043),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut named = BTreeSet::new();
    let texts = template.texts_and_urls().filter(|(_, _, text)| text.kinds().has_placeholders());
    for (version, part, text) in texts {
        for (piece, placeholder) in text.placeholders() {
            let sample = version.sample(template, part, &placeholder.reference);
            if sample.is_some_and(|sample| !shows_nothing(&sample.value)) {
                continue;
            }
            match &placeholder.reference {
                // Undeclared names have a rule of their own, and a declared one is reported where it is
                // declared.
                Reference::Name(name) => drop(named.insert(name.as_str())),
                Reference::Number(number) => {
                    let message = format!("`{{{{{number}}}}}` has no sample");
                    let help = format!(
                        "add a `samples` list to the {} with a value at position {number}",
                        part.label()
                    );
                    diagnostics
                        .push(Diagnostic::new(&RULE, text.span_of(piece.range.clone()), message).help(help));
                }
            }
        }
    }
    if named.is_empty() {
        return diagnostics;
    }
    let declared = template.variables.iter().filter(|variable| match &variable.reference.value {
        Reference::Name(name) => named.contains(name.as_str()),
        Reference::Number(_) => false,
    });
    diagnostics.extend(declared.map(|variable| {
        Diagnostic::new(
            &RULE,
            variable.reference.span,
            format!("the variable `{}` has no sample", variable.reference),
        )
        .label("reviewers see the sample instead of the variable")
        .help("add a realistic value, for example `sample: INV/2026/00001`")
    }));
    diagnostics
}

cases! {
    fails: [
        "variables: { «order»: { type: code } }\nbody: Your order {{order}} is on its way to you.",
        "variables: { «order»: \"\" }\nbody: Your order <<order>> is on its way to you.",
        "variables: { «order»: \" \\u200b\" }\nbody: Your order {{order}} is on its way to you.",
        "body: Your order «{{1}}» is on its way to you.",
        "body: { text: 'Your orders {{1}} and «<<2>>» are on their way to you.', samples: [A-1] }",
        "header: Order «{{1}}»",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«{{1}}»\" }]",
        "variables: { «order»: { type: code } }\nlanguages:\n  en_US:\n    samples: { order: A-1 }\n    body: Your order {{order}} is on its way to you.\n  fr:\n    body: Votre commande {{order}} est en route vers vous.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order «<<1>>» is on its way to you.\"\n}",
        "variables: { 1: A-1 }\nheader: \"Order «{{1}}»\"\nbody: Your order {{1}} is on its way to you.",
    ],
    passes: [
        "variables: { order: A-1 }\nbody: Your order {{order}} is on its way to you.",
        "variables: { 1: A-1, 2: Swift }\nbody: Your order {{1}} is on its way with {{2}} to you.",
        "variables: { order: { type: code } }\nlanguages:\n  en_US:\n    samples: { order: A-1 }\n    body: Your order {{order}} is on its way to you.\n  fr:\n    samples: { order: B-2 }\n    body: Votre commande {{order}} est en route vers vous.",
        "variables: { order: { type: code } }\nbody: Your order is on its way to you.",
        "body: Your order {{order}} is on its way to you.",
        "variables: { count: 0 }\nbody: Your order of {{count}} chairs is on its way to you.",
        "header: { text: \"Order {{1}}\", samples: [A-1] }\nbody: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }\nlanguages: [en_US, en_GB]",
    ],
}
