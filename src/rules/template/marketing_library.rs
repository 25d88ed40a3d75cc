//! `marketing-library`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::rule;

rule! {
    /// A library template is declared as marketing.
    ///
    /// Meta's library only contains utility and authentication templates.
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
    pub(crate) static RULE = {
        id: "marketing-library",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["library-category"],
        subcode: Some(100),
        reference: "templates/template-library",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let category =
        template.category.filter(|_| template.library.is_some() && template.is(Category::Marketing));
    let diagnostic = category.map(|category| {
        Diagnostic::new(&RULE, category.span, "the library has no marketing templates")
            .help("use `category: utility`")
    });
    diagnostic.into_iter().collect()
}

cases! {
    fails: [
        "category: «marketing»\nlibrary: delivery_update_1",
        "category: «\"MARKETING\"»\nlibrary: { template: delivery_update_1 }",
        "template order_shipped {\n  category «marketing»\n  language en_US\n  library delivery_update_1\n}",
    ],
    passes: [
        "library: delivery_update_1",
        "category: authentication\nttl: 5m\nlibrary: verify_code_1",
        "category: marketing\nfooter: Reply STOP to opt out",
    ],
}
