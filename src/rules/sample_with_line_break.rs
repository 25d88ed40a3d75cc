//! `sample-with-line-break`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::has_double_blank;
use crate::platform::limits;
use crate::rule;
use crate::source::Spanned;

rule! {
    /// A sample has line breaks, tabs or many blanks.
    ///
    /// A value with a line break, a tab or more than four blanks in a row is refused when a message is sent. A
    /// sample like that shows that real values will look the same.
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
    pub(super) static RULE = {
        id: "sample-with-line-break",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Observed,
        entries: ["example-whitespace"],
        subcode: Some(132018),
        reference: "templates/components",
    }
}

/// The first bytes of line breaks and tabs.
const FIRST: &[u8] = b"\n\r\t\xe2";

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    // Nearly all samples are words with single blanks between them.
    let is_plain = |sample: &Spanned<String>| !has_double_blank(sample.value.as_bytes());
    if !template.sample_bytes().has_any(FIRST) && template.samples().all(is_plain) {
        return Vec::new();
    }
    let found = template.samples().filter_map(|sample| {
        let what = unwanted(sample.value.trim_end_matches('\n'))?;
        let diagnostic = Diagnostic::new(&RULE, sample.span, format!("the sample has {what}"))
            .label("a value like this is refused when it is sent")
            .help("write it on one line, with commas between its parts");
        Some(diagnostic)
    });
    found.collect()
}

fn unwanted(sample: &str) -> Option<String> {
    let blanks = " ".repeat(limits::VALUE_BLANKS + 1);
    match () {
        () if sample.contains(['\n', '\r', '\u{2028}']) => Some("a line break".to_owned()),
        () if sample.contains('\t') => Some("a tab".to_owned()),
        () if sample.contains(&blanks) => Some(format!("more than {} blanks in a row", limits::VALUE_BLANKS)),
        () => None,
    }
}
