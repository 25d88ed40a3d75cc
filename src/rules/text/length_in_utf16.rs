//! `length-in-utf16`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::rule;
use crate::rules::support::length;

rule! {
    /// A text may exceed the limit when counted in UTF-16 units.
    ///
    /// Meta documents limits in characters, but not how it counts them. Emoji and rare letters are one code
    /// point but two UTF-16 units, which many services count. Counted in code points, this text is within its
    /// limit.
    ///
    /// ```yaml fails
    /// footer: Northwind Home, 𝟏𝟐 𝐎𝐚𝐤 𝐒𝐭𝐫𝐞𝐞𝐭, open daily from nine to six
    /// ```
    ///
    /// ```yaml passes
    /// footer: Northwind Home, 12 Oak Street, open daily from nine to six
    /// ```
    pub(crate) static RULE = {
        id: "length-in-utf16",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["text-utf16-length"],
        subcode: Some(2388040),
        reference: "templates/components",
        needs: Needs::bytes(&[0xf0, 0xf1, 0xf2, 0xf3, 0xf4]),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let close = template.texts_and_urls().filter_map(|(version, part, text)| {
        let limit = length::limit(version, part);
        let (characters, units) = length::units_beyond(template, (part, text), limit)?;
        let message = format!(
            "the {} has {characters} characters, but {units} UTF-16 units ({limit} allowed)",
            part.label()
        );
        let help = "shorten the text; Meta doesn't document which unit it counts";
        Some(Diagnostic::new(&RULE, text.span, message).help(help))
    });
    close.collect()
}

cases! {
    fails: [
        "footer: «x{×59}𝐱»",
        "header: «\"𝐱{×31}\"»",
        "header: «\"𝐱{×60}\"»",
        "body: «x{×1022}🎉🎉»",
        "buttons: [«x{×24}𝐱»]",
        "buttons: [{ type: voice_call, text: «x{×19}𝐱», ttl_minutes: 1440 }]",
    ],
    passes: [
        "footer: x{×58}𝐱",
        "header: x{×60}",
        "header: س{×60}",
        "header: é{×60}",
        "header: x{×60}𝐱",
        "buttons: [x{×23}𝐱]",
    ],
}
