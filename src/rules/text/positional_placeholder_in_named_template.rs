//! `positional-placeholder-in-named-template`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{ParameterFormat, Part, Reference};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A template with named parameters contains a numbered placeholder.
    ///
    /// With `parameter_format: named`, every parameter of a header or body is sent by name.
    ///
    /// ```yaml fails
    /// parameter_format: named
    /// body: { text: "Your order {{1}} is on its way to you.", samples: [A-1041] }
    /// ```
    ///
    /// ```yaml passes
    /// parameter_format: named
    /// variables: { order: A-1041 }
    /// body: Your order {{order}} is on its way to you.
    /// ```
    pub(crate) static RULE = {
        id: "positional-placeholder-in-named-template",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["parameter-format-mismatch"],
        subcode: Some(2388072),
        reference: "templates/overview",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    if template.parameter_format != ParameterFormat::Named {
        return Vec::new();
    }
    // Addresses are numbered in any case.
    let texts =
        template.texts().filter(|(_, part, _)| matches!(part, Part::Header | Part::Body | Part::Card(..)));
    let numbered = texts.filter_map(|(_, _, text)| {
        let (piece, _) =
            text.placeholders().find(|(_, found)| matches!(found.reference, Reference::Number(_)))?;
        let message =
            format!("{} is numbered, but the template uses named parameters", quote::piece(text, piece));
        Some(
            Diagnostic::new(&RULE, text.span_of_piece(piece), message)
                .help("use a name declared under `variables`, or delete `parameter_format`"),
        )
    });
    numbered.collect()
}

cases! {
    fails: [
        "parameter_format: named\nbody: { text: \"Your order «{{1}}» is on its way to you.\", samples: [A-1] }",
        "parameter_format: NAMED\nheader: { text: \"Order «<<1>>»\", samples: [A-1] }",
        "parameter_format: named\nvariables: { b: Swift }\nbody: { text: \"Your order {{b}} and «{{1}}» and {{2}} is on its way to you.\", samples: [A-1, B-2] }",
        "category: marketing\nparameter_format: named\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: { text: \"Made of «{{1}}» here\", samples: [oak] }, buttons: [More] }\n- { header: { image: b.png }, body: Made of elm, buttons: [More] }",
    ],
    passes: [
        "parameter_format: named\nvariables: { order: A-1 }\nbody: Your order {{order}} is on its way to you.",
        "parameter_format: positional\nbody: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }",
        "body: { text: \"Your order {{1}} is on its way to you.\", samples: [A-1] }",
        "parameter_format: named\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{1}}\", samples: [A1] }]",
    ],
}
