//! `unknown-constant`.

use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::lint_context::Context;
use crate::model::{Button, ButtonKind, Text};
use crate::rule;
use crate::rules::support::quote;
use crate::source::Span;

rule! {
    /// A text uses a constant that the project doesn't define.
    ///
    /// `${name}` is replaced by the value under `constants` in `watpl.yaml`, for each account. A template
    /// with an unknown constant can't be compiled.
    ///
    /// ```yaml fails
    /// body: Your order is on its way. Write to ${shoop} if anything is wrong.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way. Write to ${shop} if anything is wrong.
    /// ```
    pub(crate) static RULE = {
        id: "unknown-constant",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    context.settings.constants.as_ref().map(|known| of_template(template, known)).unwrap_or_default()
}

fn of_template(template: &TemplateView<'_>, known: &BTreeSet<String>) -> Vec<Diagnostic> {
    let phones = template.buttons().filter_map(phone_number);
    let texts = template.texts_and_urls().map(|(_, _, text)| text).chain(phones);
    let constants = texts.flat_map(|text| text.constants().map(move |(piece, name)| (text, piece, name)));
    constants
        .filter(|(_, _, name)| !known.contains(*name))
        .enumerate()
        .map(|(index, (text, piece, name))| {
            let known = known.iter().map(String::as_str);
            let known = known.take(if index < crate::suggest::MAX_SUGGESTIONS { usize::MAX } else { 0 });
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

/// Builds the diagnostic of an undefined constant, given the defined ones.
pub(crate) fn diagnostic<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the constant {} is not defined", quote::quoted(name));
    let diagnostic = Diagnostic::new(&RULE, span, message);
    match crate::suggest::closest(name, known) {
        Some(meant) => diagnostic.help(format!("did you mean `${{{meant}}}`?")),
        None => diagnostic.help("define it under `constants` in `watpl.yaml`"),
    }
}

cases! {
    fails: [
        "body: Your order is on its way. Write to «${shoop}» about it.",
        "header: «${a}»\nbody: Your order is on its way from «${a}» to «${b}» today.",
        "buttons: [{ type: url, text: Track, url: \"«${base}»/track\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"«${phone}»\" }]",
        "languages:\n  en_US: { footer: \"${shop}\" }\n  fa: { footer: \"«${foroshgah}»\" }",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: { image: a.png }, body: \"Oak of «${x}»\", buttons: [More] }\n- { header: { image: b.png }, body: Elm, buttons: [More] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way from «${shoop}» to you.\"\n}",
        "header: «${a}»\nlanguages: [en_US, fa]",
    ],
    passes: [
        "body: Your order is on its way. Write to ${shop} about it.",
        "body: 'Your order is on its way. Write \\${shoop} about it.'",
        "body: Your order is on its way and costs $5 or $ 7.",
        "variables: { a: \"${shoop}\" }\nbody: Your order {{a}} is on its way to you.",
    ],
}
