//! `ttl-out-of-range`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The time to live is out of its category's range.
    ///
    /// Authentication allows 30 seconds to 15 minutes, utility 30 seconds to 12 hours, marketing 12 hours to 30
    /// days. `-1` means 30 days, for authentication and utility alone.
    ///
    /// ```yaml fails
    /// ttl: 30d
    /// ```
    ///
    /// ```yaml passes
    /// ttl: 12h
    /// ```
    pub(super) static RULE = {
        id: "ttl-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["ttl-range", "ttl-minus-one"],
        subcode: Some(100),
        reference: "templates/time-to-live",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let (Some(category), Some(ttl)) = (template.category(), template.ttl) else { return Vec::new() };
    let (range, words, special) = match category {
        Category::Authentication => (limits::TTL_AUTHENTICATION, "30s to 15m", true),
        Category::Utility => (limits::TTL_UTILITY, "30s to 12h", true),
        Category::Marketing => (limits::TTL_MARKETING, "12h to 30d", false),
    };
    let seconds = ttl.value.seconds();
    if range.contains(&seconds) || (special && seconds == -1) {
        return Vec::new();
    }
    let (from, to) = (range.start(), range.end());
    let message =
        format!("a time to live of {seconds} seconds is out of range: {category} allows {from} to {to}");
    vec![Diagnostic::new(&RULE, ttl.span, message).help(format!("write a duration from {words}"))]
}
