//! `wrong-autofill-label`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Button, ButtonKind, OtpType, Part};
use crate::platform::limits;
use crate::rule;

rule! {
    /// The label of the button that fills a code in is too long, or there is no such button.
    ///
    /// `autofill_text` belongs to `one_tap` and `zero_tap`, and has at most 25 characters. With `copy_code` nothing is filled in.
    ///
    /// ```yaml fails
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: copy_code, autofill_text: Fill in }]
    /// ```
    ///
    /// ```yaml passes
    /// category: authentication
    /// ttl: 5m
    /// buttons: [{ type: otp, otp_type: copy_code }]
    /// ```
    pub(super) static RULE = {
        id: "wrong-autofill-label",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["auth-autofill-text"],
        subcode: Some(2388040),
        reference: "templates/authentication-templates/autofill-button-authentication-templates",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.buttons().filter_map(|button| diagnostic(template, button)).collect()
}

fn diagnostic(template: &View<'_>, button: &Button) -> Option<Diagnostic> {
    let ButtonKind::Otp { otp_type, autofill_text: Some(text), .. } = &button.kind else { return None };
    if otp_type.value == OtpType::CopyCode {
        let message = "a label for filling in is given, and the code is copied by hand";
        return Some(
            Diagnostic::new(&RULE, text.span, message)
                .help("delete `autofill_text`, or make `otp_type` `one_tap` or `zero_tap`"),
        );
    }
    length::too_long(&RULE, template, (Part::Label(0), text), "label", limits::BUTTON_LABEL)
}
