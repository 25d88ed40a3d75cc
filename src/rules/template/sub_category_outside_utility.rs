//! `sub-category-outside-utility`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::rule;

rule! {
    /// A template outside the utility category has a sub-category.
    ///
    /// Meta documents sub-categories for utility templates only.
    ///
    /// ```yaml fails
    /// category: marketing
    /// sub_category: order_status
    /// footer: Reply STOP to opt out
    /// ```
    ///
    /// ```yaml passes
    /// sub_category: order_status
    /// ```
    pub(crate) static RULE = {
        id: "sub-category-outside-utility",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["sub-category-category"],
        subcode: Some(100),
        reference: "reference/whatsapp-business-account/message-template-api",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let other = template.category().filter(|category| *category != Category::Utility);
    let found = other.zip(template.options.sub_category.as_ref());
    let diagnostic = found.map(|(category, sub)| {
        let message = format!(
            "`{}` is a utility sub-category, but the category is {category}",
            sub.value.to_ascii_lowercase()
        );
        Diagnostic::new(&RULE, sub.span, message).help("delete it, or change the category to `utility`")
    });
    diagnostic.into_iter().collect()
}

cases! {
    fails: [
        "category: marketing\nsub_category: «order_status»\nfooter: Reply STOP to opt out",
        "category: authentication\nsub_category: «\"ORDER_DETAILS\"»\nttl: 5m\nbuttons: [{ type: otp }]",
        "template order_shipped {\n  category marketing\n  sub_category «order_status»\n  language en_US\n  body \"See what is new. Reply STOP to opt out.\"\n}",
    ],
    passes: [
        "sub_category: order_status",
        "category: UTILITY\nsub_category: order_details",
        "category: marketing\nfooter: Reply STOP to opt out",
    ],
}
