//! `mixed-placeholders`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Placeholder, Reference, Segment, Text};
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
        "the {noun} mixes numbered and named placeholders: {} and {}",
        quote::piece(text, &few),
        quote::piece(text, &many)
    );
    let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(&few), message)
        .related(text.span_of_piece(&many), "placeholder of the other kind")
        .help("use only names, and declare them under `variables`");
    Some(diagnostic)
}

cases! {
    fails: [
        "variables: { b: Swift }\nbody: { text: \"Your order «{{1}}» has left our house with {{b}} today.\", samples: [A-1] }",
        "variables: { b: Swift }\nbody: { text: \"Your order <<1>> and <<2>> has left our house with «<<b>>» today.\", samples: [A-1, B-2] }",
        "variables: { b: Swift }\nheader: { text: \"«{{1}}» and {{b}}\", samples: [A-1] }",
        "variables: { t: A1 }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/«{{1}}»/{{t}}\", samples: [x] }]",
        "template order_shipped {\n  category utility\n  language en_US\n  variable b \"Swift\"\n  body \"Your order «<<1>>» has left our house with <<b>> today.\" (samples [\"A-1\"])\n}",
    ],
    passes: [
        "variables: { a: A-1, b: Swift }\nbody: Your order {{a}} has left our house with <<b>> today.",
        "body: { text: 'Your order {{1}} has left our house with {{2}} today.', samples: [A-1, Swift] }",
        "variables: { b: Swift }\nheader: { text: \"Order {{1}}\", samples: [A-1] }\nbody: Your order has left our house with {{b}} today.",
        "body: { text: 'Your order {{1}} has left ${shop} today.', samples: [A-1] }",
    ],
}
