//! `too-many-emoji`.

use super::{View, emoji};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::platform::limits;
use crate::rule;

rule! {
    /// A body has more than ten emoji.
    ///
    /// Meta limits the number of emoji and does not publish the limit. One live answer names ten.
    ///
    /// ```yaml fails
    /// body: "Your order is on its way. 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉 Thank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way. 🎉 Thank you for shopping with us."
    /// ```
    pub(super) static RULE = {
        id: "too-many-emoji",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["text-emoji-count"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let many = template.bodies().filter_map(|(_, text)| {
        let (count, span) = emoji::beyond(text, limits::BODY_EMOJI)?;
        let message = format!("the body has {count} emoji, and {} are allowed", limits::BODY_EMOJI);
        Some(Diagnostic::new(&RULE, span, message).label("this one is one too many").help("leave a few out"))
    });
    many.collect()
}
