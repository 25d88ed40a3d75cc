//! `single-braces`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Key, PlaceholderError, PlaceholderErrorKind, Segment, Text};
use crate::rule;
use crate::rules::support::fixes;
use crate::rules::support::quote;

rule! {
    /// A number or variable is in single braces.
    ///
    /// `{1}` is plain text: recipients see the braces instead of the value. Other template engines use this
    /// syntax, and copied texts keep it.
    ///
    /// ```yaml fails
    /// body: Your order {1} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} is on its way.", samples: [A-1041] }
    /// ```
    pub(crate) static RULE = {
        id: "single-braces",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["param-braces"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::PlaceholderError),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let mistakes = template
        .texts_and_urls()
        .flat_map(|(_, _, text)| text.mistakes().map(move |(piece, mistake)| (text, piece, mistake)));
    mistakes
        .filter(|(_, _, mistake)| mistake.kind == PlaceholderErrorKind::SingleBraces)
        .filter_map(|(text, piece, mistake)| diagnostic(template, text, piece, mistake))
        .collect()
}

fn diagnostic(
    template: &TemplateView<'_>,
    text: &Text,
    piece: &Segment,
    mistake: &PlaceholderError,
) -> Option<Diagnostic> {
    let meant = mistake.meant.as_deref()?;
    let name = meant.trim_matches(['{', '}']);
    // Braces in prose are fine: only a possible placeholder is reported.
    let known =
        name.bytes().all(|byte| byte.is_ascii_digit()) || template.variables.find(Key::new(name)).is_some();
    let diagnostic = || {
        let message = format!("{} has single braces and is plain text", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("recipients would see the braces")
            .help(format!("use `{meant}`"))
    };
    known.then(|| match fixes::piece("double the braces", Safety::Unsafe, text, piece, meant) {
        Some(fix) => diagnostic().with_fix(fix),
        None => diagnostic(),
    })
}

cases! {
    fails: [
        "body: Your order «{1}» is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order «{order}» is on its way to you.",
        "body: { text: 'Your orders {{1}} and «{2}» are on their way.', samples: [A-1] }",
        "header: Order «{1}»",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/«{1}»\" }]",
        "template order_shipped {\n  category utility\n  language en_US\n  variable order \"A-1\"\n  body \"Your order «{order}» is on its way to you.\"\n}",
    ],
    passes: [
        "body: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }",
        "body: Your order {order} and {} and {a b} is on its way to you.",
        "body: Your order {🎁} is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order {{order}} or {Order} is on its way to you.",
        "body: Your order ${shop} is on its way to you.",
    ],
}
