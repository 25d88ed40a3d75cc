//! `ignored-button-label`.

use crate::diagnostic::{Consequence, Confidence, Diagnostic, Severity};
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
    let message = format!("the label of a `{}` button is ignored", button.kind.word());
    (!text.as_str().eq_ignore_ascii_case(fixed)).then(|| {
        Diagnostic::new(&RULE, text.span, message)
            .label(format!("Meta shows \"{fixed}\" or its translation"))
            .help("delete the label")
    })
}
