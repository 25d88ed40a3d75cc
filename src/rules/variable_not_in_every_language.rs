//! `variable-not-in-every-language`.

use super::{View, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::{Reference, Version};
use crate::rule;
use crate::source::Span;

rule! {
    /// A variable stands in some languages of a template and not in others.
    ///
    /// Everybody is sent the same values. Where a language leaves one out, its readers miss something that the
    /// others are told.
    ///
    /// ```yaml fails
    /// variables: { order_id: A-1041 }
    /// languages:
    ///   en_US:
    ///     body: Your order {{order_id}} is on its way.
    ///   fr:
    ///     body: Votre commande est en route vers vous.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// languages:
    ///   en_US:
    ///     body: Your order {{order_id}} is on its way.
    ///   fr:
    ///     body: Votre commande {{order_id}} est en route vers vous.
    /// ```
    pub(super) static RULE = {
        id: "variable-not-in-every-language",
        severity: Severity::Warning,
        class: Class::Risk,
        confidence: Confidence::Inferred,
        entries: ["language-variants-drift"],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if template.incomplete || template.versions.len() < 2 {
        return Vec::new();
    }
    let variables = template.variables.iter().enumerate();
    let variables = variables.filter(|(place, _)| !template.surely_stands_everywhere(*place));
    let references = variables.map(|(_, variable)| &variable.reference.value);
    let named = references.filter(|reference| matches!(reference, Reference::Name(_)));
    named.flat_map(|reference| missing(template, reference)).collect()
}

fn missing(template: &View<'_>, reference: &Reference) -> Vec<Diagnostic> {
    let uses: Vec<(&Version, Option<Span>)> = template
        .versions
        .iter()
        .filter(|version| version.body.is_some())
        .map(|version| (version, first_use(version, reference)))
        .collect();
    let Some((elsewhere, span)) = uses.iter().find_map(|(version, span)| Some((version.code(), (*span)?)))
    else {
        return Vec::new();
    };
    let without = uses.iter().filter(|(_, span)| span.is_none());
    without
        .map(|(version, _)| {
            let name = quote::quoted(&reference.to_string());
            let message = format!("the variable {name} does not stand in `{}`", version.code());
            Diagnostic::new(&RULE, version.span, message)
                .related(span, format!("it stands in `{elsewhere}`"))
                .help("use it in this language too, or leave it out everywhere")
        })
        .collect()
}

fn first_use(version: &Version, reference: &Reference) -> Option<Span> {
    let is_meant =
        |meant: &String| *meant == format!("{{{{{reference}}}}}") || *meant == format!("<<{reference}>>");
    let texts = version.texts_and_urls().map(|(_, text)| text);
    let mut texts = texts.filter(|text| text.kinds().has_placeholders() || text.kinds().has_mistakes());
    texts.find_map(|text| {
        let right = text.placeholders().find(|(_, placeholder)| placeholder.reference == *reference);
        // What is written wrong is reported as such.
        let wrong = || text.mistakes().find(|(_, mistake)| mistake.meant.as_ref().is_some_and(is_meant));
        right
            .map(|(piece, _)| piece)
            .or_else(|| wrong().map(|(piece, _)| piece))
            .map(|piece| text.span_of_piece(piece))
    })
}
