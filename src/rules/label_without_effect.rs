//! `label-without-effect`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind};
use crate::rule;

rule! {
    /// A button has a label, and Meta writes the labels of its type.
    ///
    /// Buttons that copy a code, open a catalog or products, or ask for contact details say what Meta has them say, in the
    /// recipient's language. A label of your own is not sent.
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
    pub(super) static RULE = {
        id: "label-without-effect",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Reported,
        entries: ["button-text-forbidden"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
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
    let message = format!("the label of a `{}` button is Meta's own", button.kind.as_str());
    (!text.as_str().eq_ignore_ascii_case(fixed)).then(|| {
        Diagnostic::new(&RULE, text.span, message)
            .label(format!("people see \"{fixed}\", or its translation"))
            .help("delete the label")
    })
}
