//! `mixed-brackets`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, NeededSegment, Needs, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Brackets, Reference, Text};
use crate::rule;
use crate::rules::support::fixes;
use crate::rules::support::quote;

rule! {
    /// A text uses both kinds of placeholder brackets.
    ///
    /// `{{name}}` and `<<name>>` mean the same. Using both in one text suggests otherwise.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041, carrier: Swift Parcel }
    /// body: "Your order {{order}} has left our warehouse with <<carrier>> this morning."
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041, carrier: Swift Parcel }
    /// body: "Your order {{order}} has left our warehouse with {{carrier}} this morning."
    /// ```
    pub(crate) static RULE = {
        id: "mixed-brackets",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
        needs: Needs::bytes(b"<").and_segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.texts_and_urls().filter_map(|(_, _, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (first, placeholder) = text.placeholders().next()?;
    let brackets = placeholder.brackets;
    let mut others = text.placeholders().filter(|(_, placeholder)| placeholder.brackets != brackets);
    let (other, _) = others.next()?;
    let message =
        format!("{} and {} use different brackets", quote::piece(text, first), quote::piece(text, other));
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(other), message)
        .related(text.span_of_piece(first), "first placeholder")
        .help("use the same brackets throughout the text");
    Some(match fix(text, brackets) {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    })
}

fn fix(text: &Text, brackets: Brackets) -> Option<Fix> {
    let others = text.placeholders().filter(|(_, placeholder)| placeholder.brackets != brackets);
    let edits: Option<Vec<_>> = others
        .map(|(piece, placeholder)| {
            fixes::replace(text, piece.range.clone(), &written(&placeholder.reference, brackets))
        })
        .collect();
    Some(Fix {
        title: "use the brackets of the first placeholder".to_owned(),
        safety: Safety::Safe,
        edits: edits?,
    })
}

fn written(reference: &Reference, brackets: Brackets) -> String {
    match brackets {
        Brackets::Braces => format!("{{{{{reference}}}}}"),
        Brackets::Angles => format!("<<{reference}>>"),
    }
}

cases! {
    fails: [
        "variables: { a: A-1, b: Swift }\nbody: Your order {{a}} has left our house with «<<b>>» this morning.",
        "variables: { a: A-1, b: Swift }\nbody: Your order <<a>> has left our house with «{{b}}», <<a>> and {{b}}.",
        "body: { text: 'Your order {{1}} has left our house with «<<2>>» today.', samples: [A-1, Swift] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"A-1\"\n  variable b \"Swift\"\n  body \"Your order <<a>> has left our house with «{{b}}» today.\"\n}",
    ],
    passes: [
        "variables: { a: A-1, b: Swift }\nbody: Your order {{a}} has left our house with {{b}} this morning.",
        "variables: { a: A-1, b: Swift }\nheader: \"For {{a}}\"\nbody: Your order <<a>> has left our house with <<b>> this morning.",
        "variables: { a: A-1 }\nbody: 'Your order {{a}} has left \\<<us>> today.'",
        "variables: { a: A-1 }\nbody: Your order {{a}} has left << us < you.",
    ],
}
