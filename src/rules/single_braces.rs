//! `single-braces`.

use super::{View, mend, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Safety, Severity};
use crate::model::{Key, PlaceholderError, PlaceholderErrorKind, Segment, Text};
use crate::rule;

rule! {
    /// A number or a variable stands in single braces.
    ///
    /// `{1}` is plain text: the message would show the braces instead of the value. Other template languages write
    /// their placeholders like this, and copied texts keep it.
    ///
    /// ```yaml fails
    /// body: Your order {1} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// body: { text: "Your order {{1}} is on its way.", samples: [A-1041] }
    /// ```
    pub(super) static RULE = {
        id: "single-braces",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: ["param-braces"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let mistakes = template
        .texts_and_urls()
        .flat_map(|(_, _, text)| text.mistakes().map(move |(piece, mistake)| (text, piece, mistake)));
    mistakes
        .filter(|(_, _, mistake)| mistake.kind == PlaceholderErrorKind::SingleBraces)
        .filter_map(|(text, piece, mistake)| diagnostic(template, text, piece, mistake))
        .collect()
}

fn diagnostic(
    template: &View<'_>,
    text: &Text,
    piece: &Segment,
    mistake: &PlaceholderError,
) -> Option<Diagnostic> {
    let meant = mistake.meant.as_deref()?;
    let name = meant.trim_matches(['{', '}']);
    // Braces in prose are nobody's business: only what can be a placeholder is taken for one.
    let known =
        name.bytes().all(|byte| byte.is_ascii_digit()) || template.variables.find(Key::new(name)).is_some();
    let diagnostic = || {
        let message = format!("{} has single braces, and is plain text", quote::piece(text, piece));
        Diagnostic::new(&RULE, text.span_of_piece(piece), message)
            .label("people would see the braces")
            .help(format!("write `{meant}`"))
    };
    known.then(|| match mend::piece("double the braces", Safety::Unsafe, text, piece, meant) {
        Some(fix) => diagnostic().with_fix(fix),
        None => diagnostic(),
    })
}
