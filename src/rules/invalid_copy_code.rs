//! `invalid-copy-code`.

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{ButtonKind, Version};
use crate::platform::limits;
use crate::rule;
use crate::source::Spanned;

rule! {
    /// The sample of a copy-code button is too long or has other characters than letters and digits.
    ///
    /// A code has at most 20 characters, beside a limited-time offer 15. Other characters than letters and digits are
    /// a warning: open-source clients report that they are refused.
    ///
    /// ```yaml fails
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: copy_code, example: WINTERCOLLECTION20OFF }]
    /// ```
    ///
    /// ```yaml passes
    /// category: marketing
    /// footer: Reply STOP to opt out
    /// buttons: [{ type: copy_code, example: WINTER20 }]
    /// ```
    pub(super) static RULE = {
        id: "invalid-copy-code",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["copy-code-length", "lto-code-length", "copy-code-charset"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let (limit, reason) = match version.limited_time_offer {
        Some(_) => (limits::OFFER_CODE, " beside a limited-time offer"),
        None => (limits::COPY_CODE, ""),
    };
    let codes = version.buttons.iter().filter_map(|button| match &button.kind {
        ButtonKind::CopyCode { example } => Some(example),
        _ => None,
    });
    codes.filter_map(|code| diagnostic(code, limit, reason)).collect()
}

fn diagnostic(code: &Spanned<String>, limit: usize, reason: &str) -> Option<Diagnostic> {
    let length = code.value.chars().count();
    if length > limit {
        let message = format!("the code has {length} characters, and {limit} are allowed{reason}");
        return Some(Diagnostic::new(&RULE, code.span, message).help("choose a shorter code"));
    }
    let odd = code.value.chars().find(|character| !character.is_ascii_alphanumeric());
    let message = || match odd {
        Some(odd) if odd.is_ascii_graphic() => format!("the code {} has `{odd}`", quote::quoted(&code.value)),
        Some(odd) => format!("the code {} has {}", quote::quoted(&code.value), quote::code_point(odd)),
        None => "the code is empty".to_owned(),
    };
    (odd.is_some() || length == 0).then(|| {
        Diagnostic::new(&RULE, code.span, message())
            .severity(Severity::Warning)
            .help("use letters a to z and digits only")
    })
}
