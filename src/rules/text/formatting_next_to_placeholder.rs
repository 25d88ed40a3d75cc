//! `formatting-next-to-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{SegmentKind, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A formatting marker is next to a placeholder.
    ///
    /// WhatsApp only formats text between two markers if the text neither starts nor ends with a space. If a
    /// value does, recipients see the markers. Most values don't, so this rule is off by default.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: Your order *{{order}}* is on its way to you.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: Your *order {{order}} is* on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "formatting-next-to-placeholder",
        severity: Severity::Info,
        opt_in: true,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["text-format-in-param"],
        subcode: None,
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.bodies().filter_map(|(_, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let touching = text.pieces.windows(2).find_map(|pair| match pair {
        [a, b] => match (&a.kind, &b.kind) {
            (SegmentKind::FormatMarker, SegmentKind::Placeholder(_)) => Some((a, b)),
            (SegmentKind::Placeholder(_), SegmentKind::FormatMarker) => Some((b, a)),
            _ => None,
        },
        _ => None,
    });
    let (mark, placeholder) = touching?;
    let message = format!(
        "the formatting marker {} is next to {}",
        quote::piece(text, mark),
        quote::piece(text, placeholder)
    );
    Some(
        Diagnostic::new(&RULE, text.span_of_piece(mark), message)
            .help("send values without leading or trailing spaces, or put a word in between"),
    )
}

cases! {
    fails: [
        "variables: { order: A-1 }\nbody: Your order «*»{{order}}* is on its way to you.",
        "variables: { order: A-1 }\nbody: Your order _of {{order}}«_» is on its way to you.",
        "body: { text: 'Your order «~»<<1>>~ is on its way to you.', samples: [A-1] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable order \"A-1\"\n  body \"Your order «*»<<order>>* is on its way to you.\"\n}",
    ],
    passes: [
        "variables: { order: A-1 }\nbody: Your *order {{order}} is* on its way to you.",
        "variables: { order: A-1 }\nbody: Your order *№{{order}}.* is on its way to you.",
        "variables: { order: A-1 }\nheader: \"Order *{{order}}*\"",
        "body: Your *order* is on its way to you.",
    ],
}
