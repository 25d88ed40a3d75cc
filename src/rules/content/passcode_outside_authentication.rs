//! `passcode-outside-authentication`.

use std::ops::Range;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, NeededSegment, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Category, Reference, Segment, Text, VariableType, Version};
use crate::phrases;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A template outside the authentication category contains a passcode.
    ///
    /// Only authentication templates can contain one-time passcodes. Meta sets other templates that contain
    /// one to `REJECTED` on the first day of the next month, without a way to appeal.
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
    pub(crate) static RULE = {
        id: "passcode-outside-authentication",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["otp-outside-auth"],
        subcode: None,
        reference: "templates/template-categorization",
        needs: Needs::segment(NeededSegment::Placeholder),
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

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !matches!(template.category(), Some(Category::Marketing | Category::Utility)) {
        return Vec::new();
    }
    template.bodies().filter_map(|(version, text)| diagnostic(template, version, text, scan)).collect()
}

fn diagnostic(
    template: &TemplateView<'_>,
    version: &Version,
    text: &Text,
    scan: &PhraseMatches<'_>,
) -> Option<Diagnostic> {
    // Alerts contain these words too; only together with a code it is a passcode.
    let (code, _) = text.placeholders().find(|(_, placeholder)| is_code(template, &placeholder.reference))?;
    let own = scan.texts().find(|(_, scanned)| std::ptr::eq(scanned.text, text)).and_then(|(_, scanned)| {
        let found = scanned.phrases(|hit| hit.signal == Signal::Passcode);
        scanned.places(&found).into_iter().next()
    });
    // Texts of every language contain words such as `OTP`.
    let phrase = own.or_else(|| {
        let english = phrases::lexicon(phrases::ENGLISH).filter(|_| version.language.is_some())?;
        phrases::matches_in(text, english, Signal::Passcode).into_iter().next()
    });
    Some(with_places(text, code, phrase?))
}

fn with_places(text: &Text, code: &Segment, phrase: Range<usize>) -> Diagnostic {
    let shown = quote::quoted(text.as_str().get(phrase.clone()).unwrap_or_default());
    let message = format!("{shown} together with {} is a passcode", quote::piece(text, code));
    Diagnostic::new(&RULE, text.span_of(phrase), message)
        .related(text.span_of_piece(code), "code")
        .help("use an authentication template, or remove the code")
}

fn is_code(template: &TemplateView<'_>, reference: &Reference) -> bool {
    let typed = template.variable(reference).is_some_and(|variable| variable.kind == VariableType::Code);
    typed || matches!(reference, Reference::Name(name) if NAMES.contains(&name.as_str()))
}

cases! {
    fails: [
        "variables: { code: { sample: \"482913\", type: code } }\nbody: Your «verification code» is {{code}}, and nobody else should know it.",
        "variables: { otp: \"482913\" }\nbody: Use <<otp>> as your «OTP» to sign in to your account.",
        "variables: { x: { sample: \"482913\", type: code } }\nlanguage: fr\nbody: Votre «code de vérification» est {{x}}, gardez le pour vous.",
        "category: marketing\nvariables: { pin: \"482913\" }\nbody: Your *«one-time PIN»* is {{pin}} today. Reply STOP to opt out.",
        "variables: { code: \"482913\" }\nlanguage: ja\nbody: あなたの «OTP» は {{code}} です。",
    ],
    passes: [
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
        "variables: { code: { sample: WINTER20, type: code } }\nbody: Use the code {{code}} to open the parcel box of your order.",
        "variables: { order: A-1041 }\nbody: We never ask for the verification code of your order {{order}} by phone.",
        "body: Your verification code was changed today in your account.",
    ],
}
