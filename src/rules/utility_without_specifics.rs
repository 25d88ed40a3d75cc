//! `utility-without-specifics`.

use super::View;
use super::words::{Scan, Signal, Spoken};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A utility template says the same to everybody, and nothing that anybody waits for.
    ///
    /// A utility message is about someone's order or account, or it is essential: an outage, a recall, a fraud alert. A
    /// text without a variable and without a word about either counts as marketing.
    ///
    /// ```yaml fails
    /// body: Our team has moved to the house across the street and says hello.
    /// ```
    ///
    /// ```yaml passes
    /// body: The power supply in your street will be interrupted on Monday morning.
    /// ```
    pub(super) static RULE = {
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

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) || template.incomplete {
        return Vec::new();
    }
    scan.versions().filter(|spoken| spoken.lexicon.knows(Signal::Essential)).filter_map(of_version).collect()
}

fn of_version(spoken: &Spoken<'_>) -> Option<Diagnostic> {
    let body = spoken.body()?;
    // What other rules say about the text says more.
    let speaks = spoken.texts.iter().flat_map(|said| &said.hits).any(|hit| {
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
    let personal = spoken.placeholders() > 0 || body.text.mistakes().next().is_some();
    // A product, an order or a place is named when sending.
    let has_parts = spoken.version.texts_and_urls().any(|(_, text)| text.constants().next().is_some())
        || spoken.version.headers().next().is_some_and(|header| header.text().is_none())
        || spoken.version.call_permission_request.is_some();
    // Where no common word of the language stands, it is not a text that can be judged.
    let is_text = body.has_common;
    if speaks || personal || has_parts || !is_text || body.words < ENOUGH {
        return None;
    }
    let diagnostic = Diagnostic::new(&RULE, body.text.span, "the body says the same to everybody")
        .label("a utility message is about someone's order or account, or essential")
        .help("name the order, account or appointment with a variable, or make the category `marketing`");
    Some(diagnostic)
}
