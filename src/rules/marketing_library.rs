//! `marketing-library`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A template of Meta's library is declared as marketing.
    ///
    /// The library holds templates for utility and for authentication.
    ///
    /// ```yaml fails whole
    /// name: delivery_update
    /// category: marketing
    /// language: en_US
    /// library: delivery_update_1
    /// ```
    ///
    /// ```yaml passes whole
    /// name: delivery_update
    /// category: utility
    /// language: en_US
    /// library: delivery_update_1
    /// ```
    pub(super) static RULE = {
        id: "marketing-library",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["library-category"],
        subcode: Some(100),
        reference: "templates/template-library",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let category =
        template.category.filter(|_| template.library.is_some() && template.is(Category::Marketing));
    let diagnostic = category.map(|category| {
        Diagnostic::new(&RULE, category.span, "the library has no marketing templates")
            .help("write `category: utility`")
    });
    diagnostic.into_iter().collect()
}
