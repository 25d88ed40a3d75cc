//! `passcode-outside-authentication`.

use std::ops::Range;

use super::words;
use super::words::{Scan, Signal};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Category, Reference, Segment, Text, VariableType, Version};
use crate::rule;

rule! {
    /// A template that is not for authentication carries a passcode.
    ///
    /// One-time passcodes are allowed in authentication templates alone. Others that carry one are set to
    /// `REJECTED` on the first of the next month, and there is no review of that.
    ///
    /// ```yaml fails
    /// variables: { code: { sample: "482913", type: code } }
    /// body: Your verification code is {{code}}, and nobody else should know it.
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp }]
    /// ```
    pub(super) static RULE = {
        id: "passcode-outside-authentication",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["otp-outside-auth"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

const NAMES: [&str; 9] = [
    "code",
    "otp",
    "otp_code",
    "pin",
    "passcode",
    "password",
    "verification_code",
    "one_time_password",
    "security_code",
];

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !matches!(template.category(), Some(Category::Marketing | Category::Utility)) {
        return Vec::new();
    }
    template.bodies().filter_map(|(version, text)| diagnostic(template, version, text, scan)).collect()
}

fn diagnostic(template: &View<'_>, version: &Version, text: &Text, scan: &Scan<'_>) -> Option<Diagnostic> {
    // The words alone stand in many an alert: only with the code itself is it a passcode.
    let (code, _) = text.placeholders().find(|(_, placeholder)| is_code(template, &placeholder.reference))?;
    let own = scan.texts().find(|(_, said)| std::ptr::eq(said.text, text)).and_then(|(_, said)| {
        let found = said.phrases(|hit| hit.signal == Signal::Passcode);
        said.places(&found).into_iter().next()
    });
    // Words such as `OTP` stand in texts of every language.
    let phrase = own.or_else(|| {
        let english = words::lexicon(words::ENGLISH).filter(|_| version.language.is_some())?;
        words::borrowed(text, english, Signal::Passcode).into_iter().next()
    });
    Some(with_places(text, code, phrase?))
}

fn with_places(text: &Text, code: &Segment, phrase: Range<usize>) -> Diagnostic {
    let shown = quote::quoted(text.as_str().get(phrase.clone()).unwrap_or_default());
    let message = format!("{shown} with {} is a passcode", quote::piece(text, code));
    Diagnostic::new(&RULE, text.span_of(phrase), message)
        .related(text.span_of_piece(code), "the code stands here")
        .help("make it an authentication template, or leave the code out")
}

fn is_code(template: &View<'_>, reference: &Reference) -> bool {
    let typed = template.variable(reference).is_some_and(|variable| variable.kind == VariableType::Code);
    typed || matches!(reference, Reference::Name(name) if NAMES.contains(&name.as_str()))
}
