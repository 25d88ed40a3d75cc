//! `raw-component`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;

rule! {
    /// A template contains raw components.
    ///
    /// A `raw` component is Meta's JSON and is sent unchanged: rules don't check it, variables can't fill it,
    /// and only Meta reports its mistakes. Use it only for features that have no key.
    ///
    /// ```yaml fails
    /// raw:
    ///   - { type: FOOTER, text: Northwind Home }
    /// ```
    ///
    /// ```yaml passes
    /// footer: Northwind Home
    /// ```
    pub(crate) static RULE = {
        id: "raw-component",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let raw = template.versions.iter().find(|version| !version.raw.is_empty());
    let found = raw.map(|version| {
        let count = version.raw.len();
        let noun = if count == 1 { "component" } else { "components" };
        let message = format!("`{}` has {count} raw {noun}, which rules can't check", version.code());
        Diagnostic::new(&RULE, version.span, message).help("use regular keys where they exist")
    });
    found.into_iter().collect()
}

cases! {
    fails: [
        "language: «en_US»\nraw:\n- { type: FOOTER, text: Northwind }",
        "languages:\n  en_US: {}\n  «fa»: { raw: [{ type: FOOTER, text: Northwind }] }",
        "template order_shipped {\n  category utility\n  language «en_US»\n  body \"Your order is on its way to you.\"\n  raw [(type FOOTER, text \"Northwind\")]\n}",
    ],
    passes: [
        "footer: Northwind",
        "raw: []",
    ],
}
