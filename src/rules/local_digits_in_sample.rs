//! `local-digits-in-sample`.

use std::collections::BTreeSet;

use super::{View, quote};
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::model::{Reference, VariableType};
use crate::rule;
use crate::syntax::text::ascii_digit;

rule! {
    /// The sample of a link or a phone number has digits of another script.
    ///
    /// Persian, Arabic or Hindi digits are fine in prose. In an address or a phone number they lead nowhere, and
    /// a sample like that shows that real values may come from a field that is formatted for reading.
    ///
    /// ```yaml fails
    /// variables: { support: { sample: "۰۲۱۱۲۳۴", type: phone } }
    /// body: Call us at {{support}} whenever you have a question.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { support: { sample: "0211234", type: phone } }
    /// body: Call us at {{support}} whenever you have a question.
    /// ```
    pub(super) static RULE = {
        id: "local-digits-in-sample",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

/// The first bytes of all digits that are not ASCII.
const FIRST: [u8; 4] = [0xd9, 0xdb, 0xe0, 0xef];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    if !template.sample_bytes().has_any(&FIRST) {
        return Vec::new();
    }
    let linked = linked(template);
    let mut found = Vec::new();
    for variable in &template.variables {
        let Reference::Name(name) = &variable.reference.value else { continue };
        let where_to = match variable.kind {
            VariableType::Phone => "a phone number",
            VariableType::Url => "an address",
            _ if linked.contains(name.as_str()) => "an address",
            _ => continue,
        };
        let own = template.versions.iter().flat_map(|version| &version.samples);
        let own = own.filter(|(named, _)| named.value == *name).map(|(_, sample)| sample);
        for sample in own.chain(&variable.sample) {
            if let Some(digit) = sample.value.chars().find(|character| ascii_digit(*character).is_some()) {
                let digit = quote::quoted(&digit.to_string());
                let message = format!("the sample of {where_to} has the digit {digit}");
                found.push(
                    Diagnostic::new(&RULE, sample.span, message)
                        .label(format!("{where_to} needs the digits 0 to 9"))
                        .help("write it with the digits 0 to 9, and let senders do the same"),
                );
            }
        }
    }
    found
}

/// The variables that the addresses of buttons use.
fn linked<'t>(template: &View<'t>) -> BTreeSet<&'t str> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    let references = urls.flat_map(|(_, _, text)| text.placeholders());
    let names = references.filter_map(|(_, placeholder)| match &placeholder.reference {
        Reference::Name(name) => Some(name.as_str()),
        Reference::Number(_) => None,
    });
    names.collect()
}
