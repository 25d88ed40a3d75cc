//! `mixed-placeholders`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Placeholder, Reference, Segment, Text};
use crate::rule;

rule! {
    /// A text mixes numbers and names.
    ///
    /// A number belongs to the one text that it stands in, a name to the whole template. Meta accepts one of the
    /// two kinds, and refuses a text that has both.
    ///
    /// ```yaml fails
    /// variables: { carrier: Swift Parcel }
    /// body: { text: "Your order {{1}} has left our warehouse with {{carrier}} this morning.", samples: [A-1041] }
    /// ```
    ///
    /// ```yaml passes
    /// variables: { carrier: Swift Parcel, order: A-1041 }
    /// body: "Your order {{order}} has left our warehouse with {{carrier}} this morning."
    /// ```
    pub(super) static RULE = {
        id: "mixed-placeholders",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-mixed"],
        subcode: Some(2388072),
        reference: "templates/overview",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.texts_and_urls().filter_map(|(_, part, text)| diagnostic(part.label(), text)).collect()
}

fn diagnostic(noun: &str, text: &Text) -> Option<Diagnostic> {
    let is_number = |placeholder: &Placeholder| matches!(placeholder.reference, Reference::Number(_));
    let mut kinds = text.placeholders().map(|(_, placeholder)| is_number(placeholder));
    let first = kinds.next()?;
    if kinds.all(|kind| kind == first) {
        return None;
    }
    let (numbers, names): (Vec<_>, Vec<_>) =
        text.placeholders().partition(|(_, placeholder)| is_number(placeholder));
    let first_of = |kind: &[(&'_ Segment, _)]| kind.first().map(|(piece, _)| (*piece).clone());
    let (number, name) = (first_of(&numbers)?, first_of(&names)?);
    let (few, many) = if numbers.len() <= names.len() { (number, name) } else { (name, number) };
    let message = format!(
        "the {noun} mixes numbers and names: {} and {}",
        quote::piece(text, &few),
        quote::piece(text, &many)
    );
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(&few), message)
        .related(text.span_of_piece(&many), "here is one of the other kind")
        .help("use names throughout, and declare them under `variables`");
    Some(diagnostic)
}
