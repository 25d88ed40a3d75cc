//! `abandoned-cart`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::phrases::{PhraseMatches, Signal};
use crate::rule;
use crate::rules::support::phrase_rule;
use crate::rules::support::quote;

rule! {
    /// A utility template reminds people of something they did not finish.
    ///
    /// An abandoned cart, application or search is not a message that people asked for. Meta treats such
    /// reminders as marketing, even if the recipient agreed to receive them.
    ///
    /// ```yaml fails
    /// body: You left two chairs in your cart at our store.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order of two chairs was handed to the courier.
    /// ```
    pub(crate) static RULE = {
        id: "abandoned-cart",
        severity: Severity::Warning,
        class: Consequence::Recategorised,
        confidence: Confidence::Documented,
        entries: ["utility-cart"],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

pub(crate) fn check(template: &TemplateView<'_>, scan: &PhraseMatches<'_>) -> Vec<Diagnostic> {
    let found = phrase_rule::in_utility(template, scan, Signal::Cart);
    let diagnostics = found.map(|(scanned, hit)| {
        let message = format!(
            "the {} reminds people of something unfinished: {}",
            scanned.part.label(),
            quote::quoted(&scanned.written(hit))
        );
        Diagnostic::new(&RULE, scanned.span(hit), message)
            .label("such a reminder makes this a marketing template")
            .help("remove it, or change the category to `marketing`")
    });
    diagnostics.collect()
}

cases! {
    fails: [
        r#"body: "You «left something behind»: two chairs wait for you in our store.""#,
        r#"body: "Hi! You LEFT two chairs *«in your CART»* at our store.""#,
        r#"header: "«Still interested» in it?""#,
        "languages:\n  en_US:\n    body: Your order left our warehouse this morning.\n  es:\n    body: Las dos sillas siguen «en tu carrito» de nuestra tienda.",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Two chairs are still «in your cart» at our store.\"\n}",
    ],
    passes: [
        r#"body: "Your order of two chairs was handed to the courier.""#,
        "category: marketing\nbody: You left two chairs in your cart at our store. Reply STOP to opt out.",
        r#"body: "Our courier put your order into the shopping cart that stands beside your door.""#,
        r#"buttons: [{ type: url, text: Open, url: "https://shop.example/in-your-cart" }]"#,
        "language: ja\nbody: You left two chairs in your cart at our store.",
    ],
}
