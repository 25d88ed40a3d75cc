//! `length-in-utf16`.

use super::{View, length};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A text is within its limit by one way of counting, and beyond it by another.
    ///
    /// Meta says how many characters a text may have, and not what it counts as one. Emoji and rare letters are one code point
    /// and two units of UTF-16, which is what many services count. By code points this text is fine.
    ///
    /// ```yaml fails
    /// footer: Northwind Home, 𝟏𝟐 𝐎𝐚𝐤 𝐒𝐭𝐫𝐞𝐞𝐭, open daily from nine to six
    /// ```
    ///
    /// ```yaml passes
    /// footer: Northwind Home, 12 Oak Street, open daily from nine to six
    /// ```
    pub(super) static RULE = {
        id: "length-in-utf16",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["text-utf16-length"],
        subcode: Some(2388040),
        reference: "templates/components",
    }
}

/// The first bytes of all characters that take two units.
const FIRST: [u8; 5] = [0xf0, 0xf1, 0xf2, 0xf3, 0xf4];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.bytes().has_any(&FIRST) {
        return Vec::new();
    }
    let close = template.texts_and_urls().filter_map(|(version, part, text)| {
        let limit = length::limit(version, part);
        let (characters, units) = length::units_beyond(template, (part, text), limit)?;
        let message = format!(
            "the {} has {characters} characters, which are {units} in UTF-16, and {limit} are allowed",
            part.label()
        );
        let help = "leave a few characters out; nobody outside Meta knows what it counts";
        Some(Diagnostic::new(&RULE, text.span, message).help(help))
    });
    close.collect()
}
