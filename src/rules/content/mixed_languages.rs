//! `mixed-languages`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::language_detection::DetectedLanguages;
use crate::model::Part;
use crate::phrases::{PhraseMatches, ScannedVersion};
use crate::rule;

rule! {
    /// A version is written in two languages.
    ///
    /// Reviewers reject texts in two languages, and recipients may not be able to read one of them. Define
    /// one version for each language: Meta sends the one that the sender requests. Names and short lines are
    /// not reported.
    ///
    /// ```yaml fails
    /// variables: { order: A-1041 }
    /// body: |
    ///   Your order {{order}} has left our warehouse.
    ///   Ihre Bestellung hat unser Lager verlassen und ist auf dem Weg zu Ihnen.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: A-1041 }
    /// body: |
    ///   Your order {{order}} has left our warehouse.
    ///   It is on its way to the address that you gave us.
    /// ```
    pub(crate) static RULE = {
        id: "mixed-languages",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["language-mixed"],
        subcode: None,
        reference: "templates/supported-languages",
    }
}

pub(crate) fn check(scan: &PhraseMatches<'_>, languages: &[DetectedLanguages]) -> Vec<Diagnostic> {
    scan.versions()
        .zip(languages)
        .filter_map(|(version_matches, heard)| diagnostic(version_matches, heard))
        .collect()
}

fn diagnostic(version_matches: &ScannedVersion<'_>, heard: &DetectedLanguages) -> Option<Diagnostic> {
    let language = version_matches.version.language?;
    if !heard.has_own {
        return None;
    }
    let line = heard.foreign.first()?;
    let part = if line.part == Part::Body { "a line of the body" } else { line.part.label() };
    let article = if line.part == Part::Body { "" } else { "the " };
    let message = format!("{article}{part} of `{language}` is written in {}", line.what);
    let diagnostic = Diagnostic::new(&RULE, line.span, message)
        .label("the body is in another language")
        .help("define one version for each language");
    Some(diagnostic)
}

cases! {
    fails: [
        "body: |\n  Your order has left our warehouse.\nfooter: «Ihre Bestellung ist auf dem Weg zu Ihnen und kommt bald.»",
        "language: de\nheader: «Your order has left our warehouse and is on its way to you»\nbody: Ihre Bestellung hat unser Lager verlassen.",
        "body: Your order has left our warehouse and is on its way to you.\nfooter: «Gracias por su compra en nuestra tienda, es un placer.»",
    ],
    passes: [
        "body: |\n  Your order has left our warehouse.\n  It is on its way to the address that you gave us.",
        "body: |\n  Your order has left our warehouse.\n  Müller Möbel und Küchen GmbH",
        "body: |\n  Your order has left our warehouse.\n  Gracias!",
        "language: fa\nbody: |\n  سفارش شما با Swift Parcel Express ارسال شد.\n  https://shop.example/track",
    ],
}
