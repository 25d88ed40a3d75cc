//! `too-many-line-breaks`.

use std::ops::Range;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Text, has_triple};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::fixes;

rule! {
    /// A body has more than two consecutive line breaks.
    ///
    /// An observed error message of Meta allows one empty line. Bodies with more were rejected.
    ///
    /// ```yaml fails
    /// body: "Your order is on its way.\n\n\nThank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way.\n\nThank you for shopping with us."
    /// ```
    pub(crate) static RULE = {
        id: "too-many-line-breaks",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["text-many-newlines"],
        subcode: Some(2388072),
        reference: "templates/components",
        needs: Needs::bytes(b"\n"),
    }
}

const _: () = assert!(limits::LINE_BREAKS == 2, "`has_too_many` looks for three");

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let runs = template
        .bodies()
        .filter(|(_, text)| text.bytes().has(b'\n') && has_too_many(text.as_str()))
        .flat_map(|(_, text)| long_runs(text.as_str()).into_iter().map(move |run| (text, run)));
    runs.map(|(text, run)| {
        let message =
            format!("{} consecutive line breaks (at most {} allowed)", run.len(), limits::LINE_BREAKS);
        let diagnostic = Diagnostic::new(&RULE, text.span_of(run.clone()), message)
            .help("keep one empty line between paragraphs");
        match fix(text, &run) {
            Some(fix) => diagnostic.with_fix(fix),
            None => diagnostic,
        }
    })
    .collect()
}

/// Returns whether a text has more consecutive line breaks than allowed.
fn has_too_many(text: &str) -> bool {
    has_triple(text.as_bytes(), |one, two, three| (one == b'\n') & (two == b'\n') & (three == b'\n'))
}

fn long_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut run = 0..0;
    for (at, _) in text.match_indices('\n') {
        run = if run.end == at { run.start..at + 1 } else { at..at + 1 };
        match runs.last_mut() {
            Some(last) if last.start == run.start => last.end = run.end,
            _ if run.len() > limits::LINE_BREAKS => runs.push(run.clone()),
            _ => {}
        }
    }
    runs
}

/// Unsafe, because the empty lines may be intended.
fn fix(text: &Text, run: &Range<usize>) -> Option<Fix> {
    let edit = fixes::replace(text, run.start + limits::LINE_BREAKS..run.end, "")?;
    Some(Fix { title: "keep one empty line".to_owned(), safety: Safety::Unsafe, edits: vec![edit] })
}

cases! {
    fails: [
        r#"body: "Your order is here.«\n\n\n»Thank you.""#,
        r#"body: "Your order is here.«\n\n\n\n\n»Thank you.«\n\n\n»Bye.""#,
        "languages:\n  en_US:\n    body: Your order is here.\n  fa:\n    body: \"سفارش شما ارسال شد.«\\n\\n\\n»سپاس.\"",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is here.«\\n\\n\\n»Thank you.\"\n}",
    ],
    passes: [
        r#"body: "Your order is here.\n\nThank you.\n\nBye.""#,
        "body: |\n  Your order is here.\n\n  Thank you.\n\n\n\n",
        "body: >\n  Your order is here.\n\n\n  Thank you.",
        r#"header: "a\n\n\nb""#,
        "body: |\r\n  Your order is here.\r\n\r\n  Thank you.\r\n",
        "template order_shipped {\r\n  category utility\r\n  language en_US\r\n  body \"\"\"\r\n    Your order is here.\r\n\r\n    Thank you.\r\n    \"\"\"\r\n}\r\n",
    ],
}
