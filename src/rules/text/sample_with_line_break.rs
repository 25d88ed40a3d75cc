//! `sample-with-line-break`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A sample contains line breaks, tabs or many spaces.
    ///
    /// Meta rejects a message if a value contains a line break, a tab or more than four consecutive spaces.
    /// Such a sample suggests that real values look the same.
    ///
    /// ```yaml fails
    /// variables: { address: { sample: "12 Harbor Street\nPortland" } }
    /// body: Your order is on its way to {{address}} and arrives soon.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { address: { sample: "12 Harbor Street, Portland" } }
    /// body: Your order is on its way to {{address}} and arrives soon.
    /// ```
    pub(crate) static RULE = {
        id: "sample-with-line-break",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Observed,
        entries: ["example-whitespace"],
        subcode: Some(132018),
        reference: "templates/components",
        needs: Needs::sample_bytes(b"\n\r\t\xe2 "),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let found = template.samples().filter_map(|sample| {
        let what = unwanted(sample.value.trim_end_matches('\n'))?;
        let diagnostic = Diagnostic::new(&RULE, sample.span, format!("the sample contains {what}"))
            .label("Meta rejects messages with such values")
            .help("put it on one line, separated by commas");
        Some(diagnostic)
    });
    found.collect()
}

fn unwanted(sample: &str) -> Option<String> {
    let spaces = " ".repeat(limits::VALUE_BLANKS + 1);
    match () {
        () if sample.contains(['\n', '\r', '\u{2028}']) => Some("a line break".to_owned()),
        () if sample.contains('\t') => Some("a tab".to_owned()),
        () if sample.contains(&spaces) => {
            Some(format!("more than {} consecutive spaces", limits::VALUE_BLANKS))
        }
        () => None,
    }
}

cases! {
    fails: [
        "variables: { road: { sample: «\"12 Harbor Street\\nPortland\"» } }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { road: «\"12\\tHarbor\"» }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { road: «\"12     Harbor\"» }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { road: «\"12\\u2028Harbor\"» }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "body: { text: \"Your order is on its way to {{1}} and arrives soon.\", samples: [«\"12\\rHarbor\"»] }",
        "variables: { road: «\"\\n12 Harbor\"» }\nbody: Your order is on its way to {{road}} and arrives soon.",
    ],
    passes: [
        "variables: { road: \"12    Harbor\" }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables:\n  road: |\n    12 Harbor Street\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables:\n  road: >-\n    12 Harbor Street,\n    Portland\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { road: 12 Harbor Street – Portland }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables:\r\n  road: |\r\n    12 Harbor Street\r\nbody: Your order is on its way to {{road}} and arrives soon.",
    ],
}
