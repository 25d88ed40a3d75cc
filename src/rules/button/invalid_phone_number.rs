//! `invalid-phone-number`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind, SegmentKind, Text};
use crate::phone;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::fixes;
use crate::rules::support::quote;

rule! {
    /// The phone number of a button is invalid.
    ///
    /// A phone number consists of digits with the country code, an optional leading `+`, and at most 20
    /// characters. An unknown country code, a length that no number of the country has, and a trunk `0` after
    /// the country code, which Meta removes, are warnings.
    ///
    /// ```yaml fails
    /// buttons: [{ type: phone_number, text: Call us, phone_number: "+1 (555) 005-1310" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: phone_number, text: Call us, phone_number: "+15550051310" }]
    /// ```
    pub(crate) static RULE = {
        id: "invalid-phone-number",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["phone-length", "phone-format"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(phone_number).filter_map(diagnostic).collect()
}

fn phone_number(button: &Button) -> Option<&Text> {
    match &button.kind {
        ButtonKind::PhoneNumber { phone_number } => Some(phone_number),
        _ => None,
    }
}

fn diagnostic(text: &Text) -> Option<Diagnostic> {
    // What a constant holds is known when it is filled in.
    let constants = text.pieces.iter().any(|piece| matches!(piece.kind, SegmentKind::Constant(_)));
    let number = text.as_str();
    if constants {
        return None;
    }
    if is_number(number) && number.len() <= limits::PHONE_NUMBER {
        let (message, help) = phone::problem(number.trim_start_matches('+'))?;
        return Some(Diagnostic::new(&RULE, text.span, message).severity(Severity::Warning).help(help));
    }
    if is_number(number) {
        let message =
            format!("the number has {} characters (at most {} allowed)", text.chars(), limits::PHONE_NUMBER);
        return Some(
            Diagnostic::new(&RULE, text.beyond(limits::PHONE_NUMBER)?, message)
                .help("use a number with its country code"),
        );
    }
    let message = format!("{} is not a phone number", quote::quoted(number));
    let diagnostic = Diagnostic::new(&RULE, text.span, message)
        .label("digits with the country code, optionally after a `+`");
    let stripped: String = number.chars().filter(|character| !is_separator(*character)).collect();
    let fixable = is_number(&stripped) && stripped.len() <= limits::PHONE_NUMBER;
    let edit = fixable.then(|| fixes::replace(text, 0..number.len(), &stripped)).flatten();
    Some(match edit {
        Some(edit) => diagnostic.help(format!("write `{stripped}`")).with_fix(Fix {
            title: "remove separators".to_owned(),
            safety: Safety::Safe,
            edits: vec![edit],
        }),
        None => diagnostic.help("use a format such as `+15550051310`"),
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Separators between groups of digits, and invisible direction marks.
fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '-' | '‐' | '‑' | '–' | '.' | '(' | ')' | '/')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

cases! {
    fails: [
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"+1 (555) 005-1310\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «call us» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"+\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+1555005131012345678«99»\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"+۹۸۲۱۱۲۳۴۵۶۷۸\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"+4403069990000\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"+1555005131\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"\u{200e}+15550051310\"» }]",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  button phone_number \"Call us\" «\"+1 555 0051310\"»\n}",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"00442079460000\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"tel:+15550051310\"» }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: «\"++15550051310\"» }]",
    ],
    passes: [
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+15550051310\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: 15550051310 }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+442079460000\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+390612345678\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+989121234567\" }]",
        "buttons: [{ type: phone_number, text: Call us, phone_number: \"+${shop}\" }]",
    ],
}
