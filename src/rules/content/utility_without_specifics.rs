//! `utility-without-specifics`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{PhraseMatches, ScannedVersion, Signal};
use crate::rule;

rule! {
    /// A utility template has no recipient-specific content.
    ///
    /// A utility message is about the recipient's order or account, or it is essential, such as an outage, a
    /// recall or a fraud alert. Meta treats a text with no variable and no word about either as marketing.
    ///
    /// ```yaml fails
    /// body: Our team has moved to the house across the street and says hello.
    /// ```
    ///
    /// ```yaml passes
    /// body: The power supply in your street will be interrupted on Monday morning.
    /// ```
    pub(crate) static RULE = {
        id: "utility-without-specifics",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-no-specifics"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

/// Words that a body has to have to be judged: shorter ones are unclear, and have a rule of their own.
const ENOUGH: usize = 8;

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || template.incomplete {
        return Vec::new();
    }
    scan.versions()
        .filter(|version_matches| version_matches.lexicon.knows(Signal::Essential))
        .filter_map(of_version)
        .collect()
}

fn of_version(version_matches: &ScannedVersion<'_>) -> Option<Diagnostic> {
    let body = version_matches.body()?;
    // Findings of other rules are more specific.
    let speaks = version_matches.texts.iter().flat_map(|scanned| &scanned.hits).any(|hit| {
        hit.signal.is_promotion()
            || matches!(
                hit.signal,
                Signal::Evidence
                    | Signal::Essential
                    | Signal::Renewal
                    | Signal::Cart
                    | Signal::Greeting
                    | Signal::Survey
            )
    });
    let personal = version_matches.placeholders() > 0 || body.text.mistakes().next().is_some();
    // A product, an order or a place is named when sending.
    let has_parts =
        version_matches.version.texts_and_urls().any(|(_, text)| text.constants().next().is_some())
            || version_matches.version.headers().next().is_some_and(|header| header.text().is_none())
            || version_matches.version.call_permission_request.is_some();
    // Without a stop word of the language, the text can't be judged.
    let is_text = body.has_stop_word;
    if speaks || personal || has_parts || !is_text || body.words < ENOUGH {
        return None;
    }
    let diagnostic = Diagnostic::new(&RULE, body.text.span, "the body has no recipient-specific content")
        .label("a utility message is about the recipient's order or account, or essential")
        .help(
            "name the order, account or appointment with a variable, or change the category to `marketing`",
        );
    Some(diagnostic)
}

cases! {
    fails: [
        "body: «Our team has moved to the house across the street and says hello.»",
        "body: «\"Our team has moved to the house across the street and says hello.\"»",
        "language: es\nbody: «Nuestro equipo se ha mudado a la casa de enfrente y está muy contento.»",
        "template order_shipped {\n  category utility\n  language en_US\n  body «\"Our team has moved to the house across the street and says hello.\"»\n}",
    ],
    passes: [
        "body: The power supply in your street will be interrupted on Monday morning.",
        "variables: { a: Ana }\nbody: Our team and {{a}} have moved to the house across the street today.",
        "body: Our team has moved to the house of ${shop} across the street today.",
        "header: location\nbody: Our team has moved to the house across the street and says hello.",
        "body: Our team has moved to the house.",
        "category: marketing\nbody: Our team has moved to the house across the street and says hello. Reply STOP.",
        "language: ja\nbody: 私たちのチームは通りの向かいの家に引っ越しました。",
    ],
}
