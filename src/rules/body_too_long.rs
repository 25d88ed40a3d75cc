//! `body-too-long`.

use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Template;
use crate::platform::limits;
use crate::rule;

rule! {
    /// A body is longer than 1024 characters.
    ///
    /// Characters are counted as code points, placeholders as they are written. A longer body is refused when the
    /// template is created or edited.
    ///
    /// ```yaml fails 1025
    /// body: X
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub(super) static RULE = {
        id: "body-too-long",
        severity: Severity::Error,
        class: Class::Refused,
        confidence: Confidence::Documented,
        entries: ["body-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    let bodies = template.versions.iter().filter_map(|version| version.body.as_ref()?.text.as_ref());
    let long = bodies.filter_map(|text| {
        let beyond = text.beyond(limits::BODY)?;
        let message = format!("the body has {} characters, and {} are allowed", text.chars(), limits::BODY);
        Some(
            Diagnostic::new(&RULE, beyond, message)
                .label("from here on it is too long")
                .help("shorten the text"),
        )
    });
    long.collect()
}
