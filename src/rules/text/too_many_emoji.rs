//! `too-many-emoji`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::platform::limits;
use crate::rule;
use crate::rules::support::emoji;

rule! {
    /// A body has more than ten emoji.
    ///
    /// Meta limits the number of emoji, but doesn't document the limit. An observed error message names ten.
    ///
    /// ```yaml fails
    /// body: "Your order is on its way. 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉 Thank you for shopping with us."
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way. 🎉 Thank you for shopping with us."
    /// ```
    pub(crate) static RULE = {
        id: "too-many-emoji",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Observed,
        entries: ["text-emoji-count"],
        subcode: None,
        reference: "templates/template-review",
    }
}

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let many = template.bodies().filter_map(|(_, text)| {
        let (count, span) = emoji::beyond(text, limits::BODY_EMOJI)?;
        let message = format!("the body has {count} emoji (at most {} allowed)", limits::BODY_EMOJI);
        Some(
            Diagnostic::new(&RULE, span, message)
                .label("first emoji beyond the limit")
                .help("remove some of them"),
        )
    });
    many.collect()
}

cases! {
    fails: [
        "body: \"Your order is on its way to you. 🎉{×10}«🎉»🎉\"",
        "body: \"Your order is on its way to you. 🎉{×10} and more «👩‍👩‍👧‍👦»\"",
        "body: \"Your order 🇩🇪🇫🇷🇮🇹🇪🇸🇵🇹🇳🇱🇧🇪🇦🇹🇨🇭🇵🇱«🇨🇿» is on its way to you.\"",
        "body: |\n  Your order is on its way to you.\n  *👍🏽👍🏽👍🏽👍🏽👍🏽*\n  1️⃣2️⃣3️⃣4️⃣5️⃣«6️⃣»",
        "languages:\n  en_US:\n    body: Your order is on its way to you.\n  fa:\n    body: سفارش شما ارسال شد. 🎉{×10}«🎉»",
        "template order_shipped {\n  category utility\n  language en_US\n  body \"Your order is on its way to you. ❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️«❤️»\"\n}",
    ],
    passes: [
        "category: marketing\nfooter: Reply STOP to opt out\nbody: \"See what is new in our shop. 🎉{×10}\"",
        "category: marketing\nfooter: Reply STOP to opt out\nbody: \"See what is new. 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦\"",
        "body: \"Your order of 1 2 3 4 5 6 7 8 9 10 11 12 ©©©™™™®®® # * is here.\"",
        "header: \"🎉{×11}\"",
        "variables: { a: 🎉{×11} }\nbody: Your order {{a}} is on its way to you.",
    ],
}
