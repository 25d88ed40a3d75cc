//! `misplaced-order-details`.

use super::{View, parts};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Category, Header, MediaFormat, Version};
use crate::rule;

rule! {
    /// A button shows an order where none can be shown.
    ///
    /// A template with a button of type `order_details` is for utility. It is for marketing only with `display_format:
    /// order_details`. Its header is a text, an image or a document; others are a warning.
    ///
    /// ```yaml fails
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: order_details }]
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: order_details }]
    /// ```
    pub(super) static RULE = {
        id: "misplaced-order-details",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["order-details-category", "order-details-header"],
        subcode: Some(100),
        reference: "payments/payments-in/checkout-button-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(|version| of_version(template, version)).collect()
}

fn of_version(template: &View<'_>, version: &Version) -> Vec<Diagnostic> {
    let Some(button) = parts::button(version, |kind| matches!(kind, ButtonKind::OrderDetails)) else {
        return Vec::new();
    };
    let format = template.options.display_format.as_ref();
    let is_marked = format.is_some_and(|format| format.value == "ORDER_DETAILS");
    let misplaced = (template.is(Category::Marketing) && !is_marked).then(|| {
        Diagnostic::new(&RULE, button.span, "a marketing template shows an order, and does not say so")
            .help("write `display_format: order_details`, or make the category `utility`")
    });
    let header = version.header.as_ref().filter(|header| !fits(header)).map(|header| {
        let message = format!("a header of the kind `{}` stands above an order", parts::header_word(header));
        Diagnostic::new(&RULE, header.span(), message)
            .severity(Severity::Warning)
            .help("use a text, an image or a document")
    });
    misplaced.into_iter().chain(header).collect()
}

fn fits(header: &Header) -> bool {
    match header {
        Header::Text { .. } => true,
        Header::Media { format, .. } => matches!(format, MediaFormat::Image | MediaFormat::Document),
        Header::Location(_) | Header::Product(_) => false,
    }
}
