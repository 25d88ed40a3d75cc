//! `non-ascii-digits-in-sample`.

use std::collections::BTreeSet;

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Needs, Severity};
use crate::lint::TemplateView;
use crate::model::{Reference, VariableType};
use crate::rule;
use crate::rules::support::quote;
use crate::syntax::text::ascii_digit;

rule! {
    /// The sample of a link or phone number contains non-ASCII digits.
    ///
    /// Persian, Arabic or Hindi digits are fine in prose, but they don't work in a URL or a phone number.
    /// Such a sample suggests that real values come from a field that is formatted for reading.
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
    pub(crate) static RULE = {
        id: "non-ascii-digits-in-sample",
        severity: Severity::Info,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
        needs: Needs::sample_bytes(&[0xd9, 0xdb, 0xe0, 0xef]),
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let linked = linked(template);
    let mut found = Vec::new();
    for variable in &template.variables {
        let Reference::Name(name) = &variable.reference.value else { continue };
        let where_to = match variable.kind {
            VariableType::Phone => "a phone number",
            VariableType::Url => "a URL",
            _ if linked.contains(name.as_str()) => "a URL",
            _ => continue,
        };
        let own = template.versions.iter().flat_map(|version| &version.samples);
        let own = own.filter(|(named, _)| named.value == *name).map(|(_, sample)| sample);
        for sample in own.chain(&variable.sample) {
            if let Some(digit) = sample.value.chars().find(|character| ascii_digit(*character).is_some()) {
                let digit = quote::quoted(&digit.to_string());
                let message = format!("the sample of {where_to} contains the digit {digit}");
                found.push(
                    Diagnostic::new(&RULE, sample.span, message)
                        .label(format!("{where_to} needs the digits 0 to 9"))
                        .help("use the digits 0 to 9, here and in sent values"),
                );
            }
        }
    }
    found
}

/// The variables that the addresses of buttons use.
fn linked<'t>(template: &TemplateView<'t>) -> BTreeSet<&'t str> {
    let urls = template.texts_and_urls().filter(|(_, part, _)| part.is_url());
    let references = urls.flat_map(|(_, _, text)| text.placeholders());
    let names = references.filter_map(|(_, placeholder)| match &placeholder.reference {
        Reference::Name(name) => Some(name.as_str()),
        Reference::Number(_) => None,
    });
    names.collect()
}

cases! {
    fails: [
        "variables: { support: { sample: «\"۰۲۱۱۲۳۴\"», type: phone } }\nbody: Call us at {{support}} whenever you want.",
        "variables: { page: { sample: «\"https://shop.example/١٢\"», type: url } }\nbody: Look at {{page}} whenever you want.",
        "variables: { token: «४२» }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{token}}\" }]",
        "variables: { token: A1 }\nlanguages:\n  en_US: {}\n  fa: { samples: { token: «۱۲۳» } }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/<<token>>\" }]",
        "variables: { support: { sample: «１２３», type: phone } }\nbody: Call us at {{support}} whenever you want.",
    ],
    passes: [
        "variables: { support: { sample: \"0211234\", type: phone } }\nbody: Call us at {{support}} whenever you want.",
        "language: fa\nvariables: { amount: { sample: ۱۲۰٬۰۰۰ تومان, type: money } }\nbody: مبلغ سفارش شما {{amount}} است و پرداخت شد.",
        "variables: { token: سفارش }\nbuttons: [{ type: url, text: Track, url: \"https://shop.example/{{token}}\" }]",
        "variables: { day: ۱۲ مهر }\nbody: Your order arrives on {{day}} at your door.",
    ],
}
