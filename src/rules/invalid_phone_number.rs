//! `invalid-phone-number`.

use super::{View, dialling, mend, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Fix, Safety, Severity};
use crate::model::{Button, ButtonKind, SegmentKind, Text};
use crate::platform::limits;
use crate::rule;

rule! {
    /// The number of a button is no phone number.
    ///
    /// It is digits with the country code, with or without a `+` before them, and at most 20 characters. A country code
    /// that there is not, a length that no number of the country has, and a zero behind the country code, which Meta takes
    /// out, are warnings.
    ///
    /// ```yaml fails
    /// buttons: [{ type: phone_number, text: Call us, phone_number: "+1 (555) 005-1310" }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: phone_number, text: Call us, phone_number: "+15550051310" }]
    /// ```
    pub(super) static RULE = {
        id: "invalid-phone-number",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["phone-length", "phone-format"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
        let (message, help) = dialling::problem(number.trim_start_matches('+'))?;
        return Some(Diagnostic::new(&RULE, text.span, message).severity(Severity::Warning).help(help));
    }
    if is_number(number) {
        let message =
            format!("the number has {} characters, and {} are allowed", text.chars(), limits::PHONE_NUMBER);
        return Some(
            Diagnostic::new(&RULE, text.beyond(limits::PHONE_NUMBER)?, message)
                .help("write the number with its country code"),
        );
    }
    let message = format!("{} is no phone number", quote::quoted(number));
    let diagnostic = Diagnostic::new(&RULE, text.span, message)
        .label("digits with the country code, and perhaps a `+` before them");
    let stripped: String = number.chars().filter(|character| !is_separator(*character)).collect();
    let fixable = is_number(&stripped) && stripped.len() <= limits::PHONE_NUMBER;
    let edit = fixable.then(|| mend::replace(text, 0..number.len(), &stripped)).flatten();
    Some(match edit {
        Some(edit) => diagnostic.help(format!("write `{stripped}`")).with_fix(Fix {
            title: "delete what is no digit".to_owned(),
            safety: Safety::Safe,
            edits: vec![edit],
        }),
        None => diagnostic.help("write it as `+15550051310`"),
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What people put between groups of digits, and invisible marks of direction.
fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '-' | '‐' | '‑' | '–' | '.' | '(' | ')' | '/')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
