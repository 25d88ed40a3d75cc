//! `body-too-long`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{CardPart, Part, Text, Version};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A body is longer than 1024 characters.
    ///
    /// The limit is 600 characters together with a limited-time offer, and 160 together with a single product
    /// or on a carousel card. Characters are counted as code points, and placeholders as they are sent. Meta
    /// rejects a longer body.
    ///
    /// ```yaml fails 1025
    /// body: X
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "body-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-length", "carousel-card-body-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let texts = template.texts();
    texts.filter_map(|(version, part, text)| of_text(template, version, part, text)).collect()
}

fn of_text(template: &TemplateView<'_>, version: &Version, part: Part, text: &Text) -> Option<Diagnostic> {
    match part {
        Part::Body => {
            let (limit, reason) = length::body_limit(version);
            length::too_long(&RULE, template, (part, text), &format!("body{reason}"), limit)
        }
        Part::Card(_, CardPart::Body) => {
            length::too_long(&RULE, template, (part, text), "body of the card", limits::CARD_BODY)
        }
        _ => None,
    }
}
