//! `copy-code-outside-marketing`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Category};
use crate::rule;

rule! {
    /// A utility template has a button that copies a code.
    ///
    /// A code to copy is a coupon to Meta, and coupons are promotion. The template would be billed as marketing.
    ///
    /// ```yaml fails
    /// buttons: [{ type: copy_code, example: WINTER20 }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: copy_code, example: WINTER20 }]
    /// ```
    pub(super) static RULE = {
        id: "copy-code-outside-marketing",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["copy-code-category"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let copying = template.buttons().filter(|button| matches!(button.kind, ButtonKind::CopyCode { .. }));
    copying
        .map(|button| {
            Diagnostic::new(&RULE, button.span, "a utility template has a `copy_code` button")
                .label("Meta takes it for a coupon")
                .help("make the category `marketing`, or put the code into the body")
        })
        .collect()
}
