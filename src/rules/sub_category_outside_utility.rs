//! `sub-category-outside-utility`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A template has a sub-category, and is not for utility.
    ///
    /// Meta describes its sub-categories as those of utility templates.
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
    pub(super) static RULE = {
        id: "sub-category-outside-utility",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["sub-category-category"],
        subcode: Some(100),
        reference: "reference/whatsapp-business-account/message-template-api",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let other = template.category().filter(|category| *category != Category::Utility);
    let found = other.zip(template.options.sub_category.as_ref());
    let diagnostic = found.map(|(category, sub)| {
        let message = format!(
            "`{}` is a sub-category of utility, and the category is {category}",
            sub.value.to_ascii_lowercase()
        );
        Diagnostic::new(&RULE, sub.span, message).help("delete it, or make the category `utility`")
    });
    diagnostic.into_iter().collect()
}
