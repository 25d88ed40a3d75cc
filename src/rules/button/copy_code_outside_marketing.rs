//! `copy-code-outside-marketing`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Category};
use crate::rule;

rule! {
    /// A utility template has a copy-code button.
    ///
    /// Meta treats a code to copy as a coupon, and coupons are promotion. The template would be billed as
    /// marketing.
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
    pub(crate) static RULE = {
        id: "copy-code-outside-marketing",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["copy-code-category"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let copying = template.buttons().filter(|button| matches!(button.kind, ButtonKind::CopyCode { .. }));
    copying
        .map(|button| {
            Diagnostic::new(&RULE, button.span, "a utility template has a `copy_code` button")
                .label("Meta treats it as a coupon")
                .help("change the category to `marketing`, or put the code in the body")
        })
        .collect()
}

cases! {
    fails: [
        "buttons: [«{ type: copy_code, example: SAVE20 }»]",
        "buttons: [Thanks, «{ type: copy_code, example: SAVE20 }»]",
        "languages:\n  en_US: {}\n  fa: { buttons: [«{ type: copy_code, example: SAVE20 }»] }",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n  «button copy_code \"SAVE20\"»\n}",
        "buttons: [«{ type: copy_code, example: SAVE20 }»]\nlanguages: [en_US, fa]",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: SAVE20 }]",
        "category: authentication\nttl: 5m\nbuttons: [{ type: otp, otp_type: copy_code }]",
        "buttons: [Copy the code]",
    ],
}
