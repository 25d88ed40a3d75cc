//! `sample-like-placeholder`.

use super::words::{Reader, Scan};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A sample says nothing.
    ///
    /// Reviewers judge the text with its samples filled in. `test` or `{{1}}` tells them neither what the value is
    /// nor what the message is for.
    ///
    /// ```yaml fails
    /// variables: { order_id: test }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(super) static RULE = {
        id: "sample-like-placeholder",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["example-lazy"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    let mut reader = Reader::new(scan);
    let may_have_brackets = template.sample_bytes().has_any(b"{<");
    let lazy = template.samples().filter(|sample| {
        (may_have_brackets && has_brackets(&sample.value)) || is_lazy(&sample.value, &mut reader)
    });
    let found = lazy.map(|sample| {
        let message = format!("the sample {} says nothing about the value", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message).help("write a value as it will be sent")
    });
    found.collect()
}

fn has_brackets(sample: &str) -> bool {
    sample.contains("{{") || sample.contains("<<")
}

fn is_lazy(sample: &str, reader: &mut Reader<'_>) -> bool {
    let sample = sample.trim();
    let only_x = sample.len() > 1
        && sample.chars().all(|character| matches!(character, 'x' | 'X' | '.' | '-' | '_' | '?'));
    let word = sample.trim_end_matches(|last: char| last.is_ascii_digit());
    only_x || sample.eq_ignore_ascii_case("n/a") || reader.is_lazy(word)
}
