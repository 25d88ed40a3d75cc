//! `ttl-out-of-range`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::platform::limits;
use crate::rule;

rule! {
    /// The time to live is out of range for the category.
    ///
    /// The range is 30 seconds to 15 minutes for authentication, 30 seconds to 12 hours for utility, and 12
    /// hours to 30 days for marketing. `-1` means 30 days, and is only allowed for authentication and
    /// utility.
    ///
    /// ```yaml fails
    /// ttl: 30d
    /// ```
    ///
    /// ```yaml passes
    /// ttl: 12h
    /// ```
    pub(crate) static RULE = {
        id: "ttl-out-of-range",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["ttl-range", "ttl-minus-one"],
        subcode: Some(100),
        reference: "templates/time-to-live",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
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
        format!("a time to live of {seconds} seconds is out of range ({from} to {to} for {category})");
    vec![Diagnostic::new(&RULE, ttl.span, message).help(format!("use a duration from {words}"))]
}

cases! {
    fails: [
        "ttl: «30d»",
        "ttl: «43201»",
        "ttl: «29s»",
        "category: authentication\nttl: «901»\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: «16m»\nbuttons: [{ type: otp }]",
        "category: marketing\nttl: «-1»\nfooter: Reply STOP to opt out",
        "category: marketing\nttl: «43199»\nfooter: Reply STOP to opt out",
        "category: marketing\nttl: «31d»\nfooter: Reply STOP to opt out",
        "template order_shipped {\n  category utility\n  ttl «13h»\n  language en_US\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "ttl: 12h",
        "ttl: 30s",
        "ttl: -1",
        "ttl: 43200",
        "category: authentication\nttl: 15m\nbuttons: [{ type: otp }]",
        "category: authentication\nttl: 30\nbuttons: [{ type: otp }]",
        "category: marketing\nttl: 12h\nfooter: Reply STOP to opt out",
        "category: marketing\nttl: 30d\nfooter: Reply STOP to opt out",
    ],
}
