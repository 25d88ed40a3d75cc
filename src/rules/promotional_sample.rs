//! `promotional-sample`.

use super::words::{Reader, Scan};
use super::{View, quote};
use crate::diagnostic::{Class, Confidence, Diagnostic, Severity};
use crate::model::Category;
use crate::rule;

rule! {
    /// A sample of a utility template promotes something.
    ///
    /// Meta judges the text with its samples filled in. A sample such as `20% off` says that the variable is there to
    /// promote, whatever the text around it says.
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
    pub(super) static RULE = {
        id: "promotional-sample",
        severity: Severity::Warning,
        class: Class::Recategorised,
        confidence: Confidence::Inferred,
        entries: ["utility-promo-samples"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(super) fn check(template: &View<'_>, scan: &Scan<'_>) -> Vec<Diagnostic> {
    if !template.is(Category::Utility) {
        return Vec::new();
    }
    let mut reader = Reader::new(scan);
    let promoting = template
        .samples()
        .filter(|sample| reader.finds(&sample.value, |hit| hit.signal.is_promotion() && !hit.is_weak));
    let found = promoting.map(|sample| {
        let message = format!("the sample {} promotes something", quote::quoted(&sample.value));
        Diagnostic::new(&RULE, sample.span, message)
            .label("promotion makes the template marketing")
            .help("write a sample that does not, or make the category `marketing`")
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
