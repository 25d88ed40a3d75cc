//! `sensitive-request`.

use super::words::{Said, Scan, Signal};
use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A message asks for something that nobody should send.
    ///
    /// Full numbers of cards, accounts and identity papers, photos of them, passwords and PINs must not be asked for.
    /// The last four digits may.
    ///
    /// ```yaml fails
    /// body: To release your order, please reply with your full card number and your name.
    /// ```
    ///
    /// ```yaml passes
    /// body: To release your order, please reply with the last 4 digits of your card number and your name.
    /// ```
    pub(super) static RULE = {
        id: "sensitive-request",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Documented,
        entries: ["policy-sensitive-request"],
        subcode: Some(132_007),
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if template.incomplete || !scan.says_any(&[Signal::Secret]) {
        return Vec::new();
    }
    let seen = scan.texts().filter(|(_, said)| !said.part.is_url());
    seen.filter_map(|(_, said)| of_text(said)).collect()
}

fn of_text(said: &Said<'_>) -> Option<Diagnostic> {
    let (ask, secret) = said.pair(Signal::Ask, Signal::Secret, Signal::Guard)?;
    let message = format!(
        "the {} asks for what nobody should send: {}",
        said.part.label(),
        quote::quoted(&said.written(secret))
    );
    let diagnostic = Diagnostic::new(&RULE, said.span(secret), message)
        .related(said.span(ask), "it is asked for here")
        .help("ask for it on a page of yours after signing in, or for the last four digits");
    Some(diagnostic)
}
