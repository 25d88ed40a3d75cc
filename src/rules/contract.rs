//! The rules on what changes between two states of a template, for those who send it: [`breaking`](crate::breaking) holds
//! templates to them, because they need both states.

use crate::diagnostic::{Confidence, Consequence, Rule, Severity};
use crate::rule;

/// Every rule on changes.
pub static RULES: [&Rule; 8] = [
    &CHANGED_BUTTONS,
    &CHANGED_CATEGORY,
    &CHANGED_HEADER,
    &CHANGED_PARAMETER_FORMAT,
    &CHANGED_PARAMETERS,
    &REMOVED_LANGUAGE,
    &REMOVED_TEMPLATE,
    &RETYPED_VARIABLE,
];

rule! {
    /// The buttons that senders fill in are others than before.
    ///
    /// A sender names a button by its place and gives it a value: the end of an address, a code, a flow. Where such a
    /// button comes, goes or moves, messages that are sent as before are refused (132000, 132012), or their value ends up
    /// behind another button. `watpl breaking` finds it.
    ///
    /// ```diff fails
    ///  buttons:
    /// +  - Not now
    ///    - { type: url, text: Track, url: "https://shop.example/t/{{1}}", samples: [a1] }
    /// ```
    ///
    /// ```diff passes
    ///  buttons:
    ///    - { type: url, text: Track, url: "https://shop.example/t/{{1}}", samples: [a1] }
    /// +  - Not now
    /// ```
    pub static CHANGED_BUTTONS = {
        id: "changed-buttons",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}

rule! {
    /// The category is another one than before.
    ///
    /// It decides what a message costs and who may get it. An approved template keeps its category: the change needs a new
    /// name. `watpl breaking` finds it.
    ///
    /// ```diff fails
    /// -category: utility
    /// +category: marketing
    ///  footer: Reply STOP to opt out
    /// ```
    ///
    /// ```diff passes
    ///  category: utility
    /// -footer: Thank you
    /// +footer: Thank you, and see you soon
    /// ```
    pub static CHANGED_CATEGORY = {
        id: "changed-category",
        severity: Severity::Warning,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/template-categorization",
    }
}

rule! {
    /// The header is of another kind than before.
    ///
    /// A header with an image, a video, a document or a place wants one from the sender with every message, and a text does
    /// not. Messages that are sent as before are refused (132012). `watpl breaking` finds it.
    ///
    /// ```diff fails
    /// -header: Your order
    /// +header: location
    /// ```
    ///
    /// ```diff passes
    /// -header: Your order
    /// +header: Your parcel
    /// ```
    pub static CHANGED_HEADER = {
        id: "changed-header",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}

rule! {
    /// Placeholders are named where they were numbered, or the other way round.
    ///
    /// A sender gives named parameters by name and others by place; the wrong way is refused. Meta also keeps the format
    /// of a template that exists. `watpl breaking` finds it.
    ///
    /// ```diff fails
    /// +parameter_format: named
    ///  variables: { order: A-1041 }
    ///  body: Your order {{order}} is on its way to you.
    /// ```
    ///
    /// ```diff passes
    ///  variables: { order: A-1041 }
    /// -body: Your order {{order}} is on its way to you.
    /// +body: Your order {{order}} will be with you soon.
    /// ```
    pub static CHANGED_PARAMETER_FORMAT = {
        id: "changed-parameter-format",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132012),
        reference: "support/error-codes",
    }
}

rule! {
    /// The parameters of a text are others than before, or in another order.
    ///
    /// A sender gives as many values as there are placeholders, numbered in the order of the first language. With one more
    /// or less a message is refused (132000); in another order it is delivered with the values in each other's places, and
    /// nobody is told. `watpl breaking` finds it.
    ///
    /// ```diff fails
    ///  variables: { order: A-1041, day: Monday }
    /// -body: Your order {{order}} will be with you on {{day}} next week.
    /// +body: On {{day}} next week your order {{order}} will be with you.
    /// ```
    ///
    /// ```diff passes
    ///  variables: { order: A-1041, day: Monday }
    /// -body: Your order {{order}} will be with you on {{day}} next week.
    /// +body: Your order {{order}} arrives on {{day}} of next week.
    /// ```
    pub static CHANGED_PARAMETERS = {
        id: "changed-parameters",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132000),
        reference: "support/error-codes",
    }
}

rule! {
    /// A language is gone.
    ///
    /// Messages in it are refused (132001). `watpl breaking` finds it.
    ///
    /// ```diff fails
    ///  languages:
    ///    en_US: { body: Your order is on its way to you. }
    /// -  de: { body: Ihre Bestellung ist auf dem Weg zu Ihnen. }
    /// ```
    ///
    /// ```diff passes
    ///  languages:
    ///    en_US: { body: Your order is on its way to you. }
    /// +  de: { body: Ihre Bestellung ist auf dem Weg zu Ihnen. }
    /// ```
    pub static REMOVED_LANGUAGE = {
        id: "removed-language",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132001),
        reference: "support/error-codes",
    }
}

rule! {
    /// A template is gone.
    ///
    /// Messages that use it are refused (132001). A template that is renamed is gone under its old name. `watpl breaking`
    /// finds it.
    ///
    /// ```diff fails
    /// -name: order_shipped
    /// +name: order_sent
    /// ```
    ///
    /// ```diff passes
    ///  name: order_shipped
    /// +description: What was order_sent before
    /// ```
    pub static REMOVED_TEMPLATE = {
        id: "removed-template",
        severity: Severity::Error,
        class: Consequence::Contract,
        confidence: Confidence::Documented,
        entries: [],
        subcode: Some(132001),
        reference: "support/error-codes",
    }
}

rule! {
    /// A variable is of another type than before.
    ///
    /// What is sent in its place looks otherwise: an amount where a name stood. Meta does not notice. `watpl breaking` finds
    /// it.
    ///
    /// ```diff fails
    /// -variables: { total: { sample: "$ 12.00", type: money } }
    /// +variables: { total: { sample: "12", type: number } }
    ///  body: Your order over {{total}} is on its way to you.
    /// ```
    ///
    /// ```diff passes
    /// -variables: { total: { sample: "$ 12.00", type: money } }
    /// +variables: { total: { sample: "$ 15.00", type: money } }
    ///  body: Your order over {{total}} is on its way to you.
    /// ```
    pub static RETYPED_VARIABLE = {
        id: "retyped-variable",
        severity: Severity::Warning,
        class: Consequence::Contract,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}
