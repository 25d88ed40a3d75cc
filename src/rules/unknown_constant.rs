//! `unknown-constant`.

use std::collections::BTreeSet;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint_context::Context;
use crate::model::{Button, ButtonKind, Text};
use crate::rule;
use crate::source::Span;
use crate::suggest;

rule! {
    /// A text uses a constant that the project does not define.
    ///
    /// `${name}` is filled in from the `constants` of `watpl.yaml`, for each account. A template with an unknown
    /// one cannot be compiled.
    ///
    /// ```yaml fails
    /// body: Your order is on its way. Write to ${shoop} if anything is wrong.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way. Write to ${shop} if anything is wrong.
    /// ```
    pub(super) static RULE = {
        id: "unknown-constant",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    context.settings.constants.as_ref().map(|known| of_template(template, known)).unwrap_or_default()
}

fn of_template(template: &View<'_>, known: &BTreeSet<String>) -> Vec<Diagnostic> {
    let phones = template.buttons().filter_map(phone_number);
    let texts = template.texts_and_urls().map(|(_, _, text)| text).chain(phones);
    let constants = texts.flat_map(|text| text.constants().map(move |(piece, name)| (text, piece, name)));
    constants
        .filter(|(_, _, name)| !known.contains(*name))
        .enumerate()
        .map(|(index, (text, piece, name))| {
            let known = known.iter().map(String::as_str);
            let known = known.take(if index < suggest::MAX_SUGGESTIONS { usize::MAX } else { 0 });
            diagnostic(text.span_of_piece(piece), name, known)
        })
        .collect()
}

fn phone_number(button: &Button) -> Option<&Text> {
    match &button.kind {
        ButtonKind::PhoneNumber { phone_number } => Some(phone_number),
        _ => None,
    }
}

/// What is said of a constant that is not defined, knowing those that are.
pub(super) fn diagnostic<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the constant {} is not defined", quote::quoted(name));
    let diagnostic = Diagnostic::new(&RULE, span, message);
    match suggest::closest(name, known) {
        Some(meant) => diagnostic.help(format!("did you mean `${{{meant}}}`?")),
        None => diagnostic.help("define it in `watpl.yaml`, below `constants`"),
    }
}
