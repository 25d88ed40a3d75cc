//! `invalid-copy-code`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::{ButtonKind, Version};
use crate::platform::limits;
use crate::rule;
use crate::rules::support::quote;
use crate::source::Spanned;

rule! {
    /// The sample of a copy-code button is too long, or contains characters other than letters and digits.
    ///
    /// A code has at most 20 characters, or 15 together with a limited-time offer. Other characters than
    /// letters and digits are a warning: open-source clients report that Meta rejects them.
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
    pub(crate) static RULE = {
        id: "invalid-copy-code",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["copy-code-length", "lto-code-length", "copy-code-charset"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Diagnostic> {
    let (limit, reason) = match version.limited_time_offer {
        Some(_) => (limits::OFFER_CODE, " with a limited-time offer"),
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
        let message = format!("the code has {length} characters (at most {limit} allowed{reason})");
        return Some(Diagnostic::new(&RULE, code.span, message).help("use a shorter code"));
    }
    let odd = code.value.chars().find(|character| !character.is_ascii_alphanumeric());
    let message = || match odd {
        Some(odd) if odd.is_ascii_graphic() => {
            format!("the code {} contains `{odd}`", quote::quoted(&code.value))
        }
        Some(odd) => format!("the code {} contains {}", quote::quoted(&code.value), quote::code_point(odd)),
        None => "the code is empty".to_owned(),
    };
    (odd.is_some() || length == 0).then(|| {
        Diagnostic::new(&RULE, code.span, message())
            .severity(Severity::Warning)
            .help("use only letters a to z and digits")
    })
}

cases! {
    fails: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: «X{×21}» }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: «SAVE-20» }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: «\"\"» }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: «تخفیف» }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: copy_code, example: «X{×16}» }, { type: url, text: Shop, url: \"https://shop.example/\" }]",
        "template order_shipped {\n  category marketing\n  language en_US\n  body \"See what is new. Reply STOP to opt out.\"\n  button copy_code «\"SAVE 20\"»\n}",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: X{×20} }]",
        "category: marketing\nbody: Our chairs cost less. Reply STOP to opt out.\nlimited_time_offer: Ends tomorrow\nbuttons: [{ type: copy_code, example: X{×15} }, { type: url, text: Shop, url: \"https://shop.example/\" }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: save20 }]",
        "category: marketing\nfooter: Reply STOP to opt out\nbuttons: [{ type: copy_code, example: \"2026\" }]",
    ],
}
