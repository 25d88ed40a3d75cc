//! `mixed-brackets`.

use super::{View, mend, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::{Brackets, Reference, Text};
use crate::rule;

rule! {
    /// A text writes placeholders with both kinds of brackets.
    ///
    /// `{{name}}` and `<<name>>` mean the same. A text that has both looks as if they did not.
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
    pub(super) static RULE = {
        id: "mixed-brackets",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.kinds().has_placeholders() || !template.bytes().has(b'<') {
        return Vec::new();
    }
    template.texts_and_urls().filter_map(|(_, _, text)| diagnostic(text)).collect()
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    let (first, placeholder) = text.placeholders().next()?;
    let brackets = placeholder.brackets;
    let mut others = text.placeholders().filter(|(_, placeholder)| placeholder.brackets != brackets);
    let (other, _) = others.next()?;
    let message =
        format!("{} and {} have different brackets", quote::piece(text, first), quote::piece(text, other));
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(other), message)
        .related(text.span_of_piece(first), "the first one looks like this")
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
            mend::replace(text, piece.range.clone(), &written(&placeholder.reference, brackets))
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
