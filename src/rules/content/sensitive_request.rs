//! `sensitive-request`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, ScannedText, Signal};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A message asks for sensitive data.
    ///
    /// Messages must not ask for full card, account or identity numbers, photos of such documents, passwords
    /// or PINs. Asking for the last four digits is allowed.
    ///
    /// ```yaml fails
    /// body: To release your order, please reply with your full card number and your name.
    /// ```
    ///
    /// ```yaml passes
    /// body: To release your order, please reply with the last 4 digits of your card number and your name.
    /// ```
    pub(crate) static RULE = {
        id: "sensitive-request",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-sensitive-request"],
        subcode: Some(132_007),
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if template.incomplete || !scan.has_any_signal(&[Signal::Secret]) {
        return Vec::new();
    }
    let seen = scan.texts().filter(|(_, scanned)| !scanned.part.is_url());
    seen.filter_map(|(_, scanned)| of_text(scanned)).collect()
}

fn of_text(scanned: &ScannedText<'_>) -> Option<Diagnostic> {
    let (ask, secret) = scanned.pair(Signal::Ask, Signal::Secret, Signal::Negation)?;
    let message = format!(
        "the {} asks for sensitive data: {}",
        scanned.part.label(),
        quote::quoted(&scanned.written(secret))
    );
    let diagnostic = Diagnostic::new(&RULE, scanned.span(secret), message)
        .related(scanned.span(ask), "request")
        .help("ask for it on your website after login, or ask for the last four digits only");
    Some(diagnostic)
}

cases! {
    fails: [
        "body: To release your order, please reply with your «card number» and your name.",
        "body: Please send us a «photo of your ID» so that we can release your order.",
        "language: es\nbody: Para su pedido, responda con su «número de cuenta» por favor.",
        "category: marketing\nbody: Enter «your PIN» to win. Reply STOP to opt out.",
    ],
    passes: [
        "body: Please reply with the last 4 digits of your card number and your name.",
        "body: Never share your PIN. We will not ask for your password.",
        "body: Your card number was changed as you asked us to.",
        "body: Please confirm your appointment of Monday with a short answer.",
        "body: Your order comes with a card. Its account number is on the back.",
    ],
}
