//! `mixed-placeholders`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Segment, Placeholder, Reference, Text};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A text mixes numbered and named placeholders.
    ///
    /// A number belongs to the text that contains it, a name to the whole template. Meta accepts either kind,
    /// and rejects a text that contains both.
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
    pub(crate) static RULE = {
        id: "mixed-placeholders",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["param-mixed"],
        subcode: Some(2388072),
        reference: "templates/overview",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.texts_and_urls().filter_map(|(_, part, text)| diagnostic(part.noun(), text)).collect()
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
        "the {noun} mixes numbered and named placeholders: {} and {}",
        quote::piece(text, &few),
        quote::piece(text, &many)
    );
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(&few), message)
        .related(text.span_of_piece(&many), "placeholder of the other kind")
        .help("use only names, and declare them under `variables`");
    Some(diagnostic)
}
