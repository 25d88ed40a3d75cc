//! `header-with-several-placeholders`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A text header has more than one placeholder.
    ///
    /// A header can have one variable. Put other values that change from message to message into the body.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041, day: Monday }
    /// header: "Order {{order}} arrives on {{day}}"
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// header: "Order {{order}} arrives soon"
    /// ```
    pub(crate) static RULE = {
        id: "header-with-several-placeholders",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["header-text-one-param"],
        subcode: Some(2388047),
        reference: "templates/components",
        needs: Needs::segment(NeededSegment::Placeholder),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let several = template.headers().filter_map(|text| {
        let (second, _) = text.placeholders().nth(1)?;
        let (first, _) = text.placeholders().next()?;
        let message =
            format!("the header has {} placeholders (at most 1 allowed)", text.placeholders().count());
        let diagnostic = Diagnostic::new(&RULE, text.span_of_piece(second), message)
            .related(text.span_of_piece(first), "first placeholder")
            .help(format!("move {} to the body", quote::piece(text, second)));
        Some(diagnostic)
    });
    several.collect()
}

cases! {
    fails: [
        "variables: { a: A-1, b: Monday }\nheader: \"Order {{a}} arrives on «{{b}}»\"",
        "variables: { a: A-1, b: Monday }\nheader: \"Order {{a}} arrives on «<<b>>» or {{b}}\"",
        "variables: { a: A-1 }\nheader: \"Order {{a}} is your «{{a}}»\"",
        "header: { text: \"Order {{1}} arrives on «{{2}}»\", samples: [A-1, Monday] }",
        "template order_shipped {\n  category utility\n  language en_US\n  header \"Order <<1>> arrives on «<<2>>»\" (samples [\"A-1\", \"Monday\"])\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "variables: { a: A-1 }\nheader: \"Order {{a}} arrives soon\"",
        "variables: { a: A-1 }\nheader: \"Order {{a}} of ${shop}\"",
        "variables: { a: A-1, b: Monday }\nbody: Your order {{a}} arrives on {{b}} at your door.",
    ],
}
