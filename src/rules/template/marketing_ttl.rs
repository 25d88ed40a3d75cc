//! `marketing-ttl`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::rule;

rule! {
    /// A marketing template has a time to live, which only one of Meta's APIs uses.
    ///
    /// The Marketing Messages API stops trying to deliver a message after this time. The Cloud API tries for
    /// 30 days, regardless of the template.
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
    pub(crate) static RULE = {
        id: "marketing-ttl",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Documented,
        entries: ["ttl-marketing-api"],
        subcode: None,
        reference: "templates/time-to-live",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let ttl = template.ttl.filter(|_| template.is(Category::Marketing));
    let diagnostic = ttl.map(|ttl| {
        Diagnostic::new(&RULE, ttl.span, "only the Marketing Messages API uses this time to live")
            .help("use that API, or delete the line")
    });
    diagnostic.into_iter().collect()
}

cases! {
    fails: [
        "category: marketing\nfooter: Reply STOP to opt out\nttl: «1d»",
        "category: marketing\nfooter: Reply STOP to opt out\nttl: «43200»",
        "template order_shipped {\n  category marketing\n  ttl «12h»\n  language en_US\n  body \"See what is new. Reply STOP to opt out.\"\n}",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out",
        "ttl: 12h",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp }]",
    ],
}
