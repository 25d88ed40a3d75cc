//! `too-long-when-filled`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::Part;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A text is too long with its samples filled in.
    ///
    /// A placeholder counts as a few characters when the template is created, but as its whole value when a
    /// message is sent. Meta then rejects the message with error 132005. The rule checks the text with its
    /// samples against the same limits.
    ///
    /// ```yaml fails
    /// variables: { product: The large oak table with six matching chairs and a bench }
    /// header: We have sent {{product}}
    /// ```
    ///
    /// ```yaml passes
    /// variables: { product: The large oak table }
    /// header: We have sent {{product}}
    /// ```
    pub(crate) static RULE = {
        id: "too-long-when-filled",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["body-length-filled"],
        subcode: Some(132005),
        reference: "support/error-codes",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts_and_urls().filter(|(_, part, _)| !part.is_label() && *part != Part::Footer);
    let longest = template.samples().map(|sample| sample.value.len()).max().unwrap_or_default();
    let long = texts.filter_map(|(version, part, text)| {
        let limit = length::limit(version, part);
        // There are no more characters than bytes.
        if text.as_str().len() + text.placeholders().count() * longest <= limit {
            return None;
        }
        // What is too long as it is written is reported as such.
        if text.chars() > limit {
            return None;
        }
        let filled = length::filled(template, version, (part, text)).filter(|filled| *filled > limit)?;
        let (piece, _) = text.placeholders().next()?;
        let more = if filled >= length::MANY { "more than " } else { "" };
        let filled = filled.min(length::MANY);
        let message = format!(
            "the {} has {more}{filled} characters with its samples (at most {limit} allowed)",
            part.label()
        );
        Some(
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .label("its whole value counts when a message is sent")
                .help(
                    "shorten the text, or send shorter values; `max_length` of a variable documents the limit for senders",
                ),
        )
    });
    long.collect()
}

cases! {
    fails: [
        "variables: { a: x{×59} }\nheader: \"A «{{a}}»\"",
        "variables: { a: x{×25} }\nheader: \"«{{a}}» and <<a>> of y{×6}\"",
        "header: { text: \"A «{{1}}»\", samples: [س{×59}] }",
        "variables: { a: A-1 }\nlanguages:\n  en_US: { header: \"A {{a}}\" }\n  fa: { samples: { a: س{×59} }, header: \"A «{{a}}»\" }",
        "variables: { a: x{×1000} }\nbody: \"Your order «{{a}}» is on its way to you.\"",
        "category: marketing\nvariables: { a: x{×156} }\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"A «{{a}}» B C\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  variable a \"x{×59}\"\n  header \"A «<<a>>»\"\n  body \"Your order is on its way to you.\"\n}",
        "variables: { a: A-1 }\nheader: \"A «{{a}}»\"\nlanguages:\n  en_US: {}\n  fa: { samples: { a: س{×59} } }",
    ],
    passes: [
        "variables: { a: x{×58} }\nheader: \"A {{a}}\"",
        "variables: { a: س{×58} }\nheader: \"A {{a}}\"",
        "variables: { a: x{×25} }\nheader: \"{{a}} and <<a>> of y\"",
        "variables: { a: x{×1000} }\nbody: \"Order {{a}} is on its way\"",
        "variables: { a: A-1 }\nheader: \"{{a}} x{×70}\"",
        "variables: { a: x{×1940} }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/t/{{a}}\" }]",
    ],
}
