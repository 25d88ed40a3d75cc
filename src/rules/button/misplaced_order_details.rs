//! `misplaced-order-details`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Category, Header, MediaFormat, Version};
use crate::rule;
use crate::rules::support::components;

rule! {
    /// An order-details button is not allowed here.
    ///
    /// A template with a button of type `order_details` is a utility template. It can be a marketing template
    /// only with `display_format: order_details`. Its header is a text, an image or a document; other headers
    /// are a warning.
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
    pub(crate) static RULE = {
        id: "misplaced-order-details",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["order-details-category", "order-details-header"],
        subcode: Some(100),
        reference: "payments/payments-in/checkout-button-templates",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(|version| of_version(template, version)).collect()
}

fn of_version(template: &TemplateView<'_>, version: &Version) -> Vec<Diagnostic> {
    let Some(button) = components::find_button(version, |kind| matches!(kind, ButtonKind::OrderDetails))
    else {
        return Vec::new();
    };
    let format = template.options.display_format.as_ref();
    let is_marked = format.is_some_and(|format| format.value == "ORDER_DETAILS");
    let misplaced = (template.is(Category::Marketing) && !is_marked).then(|| {
        Diagnostic::new(&RULE, button.span, "a marketing template with order details needs `display_format`")
            .help("add `display_format: order_details`, or change the category to `utility`")
    });
    let header = version.header.as_ref().filter(|header| !fits(header)).map(|header| {
        let message = format!(
            "a `{}` header is not allowed together with order details",
            components::header_format(header)
        );
        Diagnostic::new(&RULE, header.span(), message)
            .severity(Severity::Warning)
            .help("use a text, image or document header")
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

cases! {
    fails: [
        "header: «location»\nbuttons: [{ type: order_details }]",
        "header: { video: «a.mp4» }\nbuttons: [{ type: order_details }]",
        "languages:\n  en_US: { header: { image: a.png } }\n  fa: { header: { gif: «a.mp4» } }\nbuttons: [{ type: order_details }]",
    ],
    passes: [
        "buttons: [{ type: order_details }]",
        "header: Your order\nbuttons: [{ type: order_details }]",
        "header: { document: a.pdf }\nbuttons: [{ type: order_details }]",
        "category: marketing\ndisplay_format: order_details\nheader: { image: a.png }\nfooter: Reply STOP to opt out\nbuttons: [{ type: order_details }]",
        "header: location\nbuttons: [Thanks]",
    ],
}
