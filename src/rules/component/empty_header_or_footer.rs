//! `empty-header-or-footer`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Text;
use crate::rule;

rule! {
    /// A header or footer has no visible text.
    ///
    /// Whitespace and invisible characters don't count as text. Meta rejects an empty header or footer, but
    /// both are optional: you can delete the component.
    ///
    /// ```yaml fails
    /// footer: "  "
    /// ```
    ///
    /// ```yaml passes
    /// footer: Thank you
    /// ```
    pub(crate) static RULE = {
        id: "empty-header-or-footer",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let headers = template.headers().map(|text| ("header", text));
    let parts = headers.chain(template.footers().map(|text| ("footer", text)));
    parts.filter(|(_, text)| text.is_blank()).map(|(part, text)| diagnostic(part, text)).collect()
}

fn diagnostic(part: &str, text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.span, format!("the {part} has no visible text"))
        .help(format!("write a few words, or delete the {part}"))
}

cases! {
    fails: [
        "header: «\"\"»",
        "footer: «\"  \"»",
        r#"header: «"\u200e\u200f"»"#,
        "header: «\" \"»\nfooter: «\"\\t\"»",
        "languages:\n  en_US: { footer: Thanks }\n  fa: { footer: «\" \"» }",
    ],
    passes: [
        "footer: .",
        "header: { image: media/a.png }",
        "header: ${shop}",
        "languages:\n  en_US: { footer: Thanks }\n  fa: {}",
    ],
}
