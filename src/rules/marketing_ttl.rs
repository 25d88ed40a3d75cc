//! `marketing-ttl`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A marketing template has a time to live, which only one of Meta's APIs looks at.
    ///
    /// Messages that are sent by the Marketing Messages API are given up after it. Those that are sent by the Cloud API are
    /// tried for 30 days, whatever the template says.
    ///
    /// ```yaml fails
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// ttl: 1d
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// ```
    pub(super) static RULE = {
        id: "marketing-ttl",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-marketing-api"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let ttl = template.ttl.filter(|_| template.is(Category::Marketing));
    let diagnostic = ttl.map(|ttl| {
        Diagnostic::new(&RULE, ttl.span, "this time to live holds on the Marketing Messages API alone")
            .help("send by that API, or delete the line")
    });
    diagnostic.into_iter().collect()
}
