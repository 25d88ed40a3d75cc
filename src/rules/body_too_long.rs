//! `body-too-long`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{CardPart, Part, Text, Version};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A body is longer than 1024 characters.
    ///
    /// Beside a limited-time offer a body has at most 600 characters, beside a single product and on a card of a
    /// carousel 160. Characters are counted as code points, placeholders as they are sent. A longer body is refused when
    /// the template is created or edited.
    ///
    /// ```yaml fails 1025
    /// body: X
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(super) static RULE = {
        id: "body-too-long",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["body-length", "carousel-card-body-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let texts = template.texts();
    texts.filter_map(|(version, part, text)| of_text(template, version, part, text)).collect()
}

fn of_text(template: &View<'_>, version: &Version, part: Part, text: &Text) -> Option<Diagnostic> {
    match part {
        Part::Body => {
            let (limit, reason) = length::body_limit(version);
            let mut diagnostic = length::too_long(&RULE, template, (part, text), "body", limit)?;
            diagnostic.message += reason;
            Some(diagnostic)
        }
        Part::Card(_, CardPart::Body) => {
            length::too_long(&RULE, template, (part, text), "body of the card", limits::CARD_BODY)
        }
        _ => None,
    }
}
