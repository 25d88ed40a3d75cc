//! `sample-like-placeholder`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, SampleReader};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A sample is not a realistic value.
    ///
    /// Reviewers read the text with its samples filled in. `test` or `{{1}}` shows neither what the value is
    /// nor what the message is for.
    ///
    /// ```yaml fails
    /// variables: { order_id: test }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order_id: A-1041 }
    /// body: Your order {{order_id}} is on its way.
    /// ```
    pub(crate) static RULE = {
        id: "sample-like-placeholder",
        severity: Severity::Warning,
        class: Consequence::Rejected,
        confidence: Confidence::Inferred,
        entries: ["example-lazy"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let mut reader = SampleReader::new(scan);
    let may_have_brackets = template.sample_bytes().has_any(b"{<");
    let lazy = template.samples().filter(|sample| {
        (may_have_brackets && has_brackets(&sample.value)) || is_filler(&sample.value, &mut reader)
    });
    let found = lazy.map(|sample| {
        let message = format!("the sample {} is not a realistic value", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message).help("use a realistic value")
    });
    found.collect()
}

fn has_brackets(sample: &str) -> bool {
    sample.contains("{{") || sample.contains("<<")
}

fn is_filler(sample: &str, reader: &mut SampleReader<'_>) -> bool {
    let sample = sample.trim();
    let only_x = sample.len() > 1
        && sample.chars().all(|character| matches!(character, 'x' | 'X' | '.' | '-' | '_' | '?'));
    let word = sample.trim_end_matches(|last: char| last.is_ascii_digit());
    only_x || sample.eq_ignore_ascii_case("n/a") || reader.is_filler(word)
}

cases! {
    fails: [
        "variables: { order: «test» }\nbody: Your order {{order}} is on its way to you.",
        "variables: { order: «\"{{1}}\"» }\nbody: Your order {{order}} is on its way to you.",
        "variables: { order: «TEST 1» }\nbody: Your order {{order}} is on its way to you.",
        "variables: { order: «xxx», day: «N/A» }\nbody: Your order {{order}} arrives on {{day}} at your door.",
        "body: { text: \"Your order {{1}} is on its way to you.\", samples: [«\"...\"»] }",
        "variables: { order: A-1 }\nlanguages:\n  en_US:\n    body: Your order {{order}} is on its way to you.\n  fr:\n    samples: { order: «exemple» }\n    body: Votre commande {{order}} est en route vers vous.",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/{{1}}\", samples: [«test»] }]",
        "template order_shipped {\n  category utility\n  language en_US\n  variable order «\"<<order>>\"»\n  body \"Your order <<order>> is on its way to you.\"\n}",
        "variables: { a: A-1, b: «\"{{2}}\"» }\nbody: Your order {{a}} arrives on {{b}} at your door.",
    ],
    passes: [
        "variables: { order: A-1041 }\nbody: Your order {{order}} is on its way to you.",
        "variables: { count: \"1\" }\nbody: Your order of {{count}} chairs is on its way to you.",
        "variables: { item: Test strips }\nbody: Your order of {{item}} is on its way to you.",
        "variables: { size: X }\nbody: Your shirt of size {{size}} is on its way to you.",
        "variables: { road: 12 Example Street }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { word: Testament }\nbody: Your order of a {{word}} is on its way to you.",
        "variables: { item: XXL }\nbody: Your shirt of size {{item}} is on its way to you.",
        "variables: { phone: \"1\" }\nlanguage: fr\nbody: Votre commande de {{phone}} chaise est en route vers vous.",
    ],
}
