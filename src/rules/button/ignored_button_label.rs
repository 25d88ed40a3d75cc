//! `ignored-button-label`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{Button, ButtonKind};
use crate::rule;

rule! {
    /// A button has a label, but Meta sets the label of its type.
    ///
    /// Meta sets the labels of buttons that copy a code, open a catalog or products, or ask for contact
    /// details, in the recipient's language. Your label is not sent.
    ///
    /// ```yaml fails
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: catalog, text: See our chairs }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: catalog }]
    /// ```
    pub(crate) static RULE = {
        id: "ignored-button-label",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["button-text-forbidden"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(diagnostic).collect()
}

fn diagnostic(button: &Button) -> Option<Diagnostic> {
    let text = button.text.as_ref()?;
    let fixed = match button.kind {
        ButtonKind::CopyCode { .. } => "Copy offer code",
        ButtonKind::Catalog => "View catalog",
        ButtonKind::Mpm => "View items",
        ButtonKind::Spm => "View",
        ButtonKind::RequestContactInfo => "Share contact info",
        _ => return None,
    };
    let message = format!("the label of a `{}` button is ignored", button.kind.as_str());
    (!text.as_str().eq_ignore_ascii_case(fixed)).then(|| {
        Diagnostic::new(&RULE, text.span, message)
            .label(format!("Meta shows \"{fixed}\" or its translation"))
            .help("delete the label")
    })
}

cases! {
    fails: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog, text: «See our chairs» }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, text: «Take it», example: SAVE20 }]",
        "category: marketing\nheader: Chairs\nfooter: Reply STOP to opt out\nbuttons: [{ type: mpm, text: «\"View catalog\"» }]",
        "buttons: [{ type: request_contact_info, text: «Tell us» }]",
        "category: marketing\nbody: See what is new.\ncarousel:\n- { header: product, buttons: [{ type: spm, text: «Buy» }] }\n- { header: product, buttons: [{ type: spm }] }",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: catalog, text: VIEW CATALOG }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, text: Copy offer code, example: SAVE20 }]",
        "buttons: [{ type: flow, text: Book, flow_id: \"771\" }, { type: url, text: Shop, url: \"https://shop.example/\" }]",
    ],
}
