//! `promotional-sample`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::model::Category;
use crate::phrases::{PhraseMatches, SampleReader};
use crate::rule;
use crate::rules::support::quote;

rule! {
    /// A sample of a utility template is promotional.
    ///
    /// Meta reviews the text with its samples filled in. A sample such as `20% off` shows that the variable
    /// is used for promotion, even if the text around it is neutral.
    ///
    /// ```yaml fails
    /// variables: { note: Take 20% off today }
    /// body: Your order is on its way. {{note}} is what the driver was told.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { note: Leave it with the neighbour }
    /// body: Your order is on its way. {{note}} is what the driver was told.
    /// ```
    pub(crate) static RULE = {
        id: "promotional-sample",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Inferred,
        entries: ["utility-promo-samples"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let mut reader = SampleReader::new(scan);
    let promoting = template
        .samples()
        .filter(|sample| reader.finds(&sample.value, |hit| hit.signal.is_promotion() && !hit.is_weak));
    let found = promoting.map(|sample| {
        let message = format!("the sample {} is promotional", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message)
            .label("promotion makes this a marketing template")
            .help("use a neutral sample, or change the category to `marketing`")
    });
    found.collect()
}

cases! {
    fails: [
        "variables: { note: «Take 20% off today» }\nbody: Your order is on its way. {{note}} is what the driver was told.",
        "body: { text: \"Your order is on its way. {{1}} is what the driver was told.\", samples: [«\"Promo code SAVE20\"»] }",
        "variables: { note: Leave it }\nlanguages:\n  en_US:\n    body: Your order is on its way. {{note}} is what the driver was told.\n  es:\n    samples: { note: «Un 20 % de descuento» }\n    body: Su pedido está en camino. {{note}} es lo que sabe el conductor.",
        "template order_shipped {\n  category utility\n  language en_US\n  variable note «\"Buy now and save big\"»\n  body \"Your order is on its way. <<note>> is what the driver was told.\"\n}",
    ],
    passes: [
        "variables: { note: Leave it with the neighbour }\nbody: Your order is on its way. {{note}} is what the driver was told.",
        "variables: { item: Gift card }\nbody: Your order of {{item}} is on its way to you today.",
        "category: marketing\nvariables: { note: Take 20% off today }\nbody: See what is new. {{note}} is what we say. Reply STOP to opt out.",
        "variables: { rate: 20 % }\nbody: Your order is on its way. Of it {{rate}} is still to be paid.",
        "variables: { road: 20 Sale Street }\nbody: Your order is on its way to {{road}} and arrives soon.",
        "variables: { name: Mr. Sale }\nbody: Dear {{name}}, your order is on its way to you.",
        "variables: { item: Free weights }\nbody: Your order of {{item}} is on its way to you.",
    ],
}
