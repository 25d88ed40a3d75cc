//! The rules that lowering holds files to: the shape of a template.

use crate::diagnostic::{Confidence, Consequence, Rule, Severity};
use crate::rule;

/// Every rule of this stage.
pub static RULES: [&Rule; 9] = [
    &DUPLICATE_KEY,
    &INVALID_NAME,
    &INVALID_PATTERN,
    &INVALID_VALUE,
    &MISSING_KEY,
    &SIZE_LIMIT,
    &UNKNOWN_KEY,
    &UNKNOWN_LANGUAGE,
    &WRONG_KIND,
];

rule! {
    /// A key is given twice.
    ///
    /// Most readers of YAML keep one of the two without a word, and the reviewer of a pull request sees both.
    ///
    /// ```yaml fails
    /// body: Your order is on its way.
    /// body: Your order has been delivered.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub static DUPLICATE_KEY = {
        id: "duplicate-key",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["component-duplicate"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

rule! {
    /// A name has characters that Meta refuses.
    ///
    /// Template names are made of lower-case letters a to z, digits and underscores, at most 512 of them. Names of
    /// variables begin with a letter.
    ///
    /// ```yaml fails
    /// name: Order-Shipped
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// ```
    pub static INVALID_NAME = {
        id: "invalid-name",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["name-charset", "name-length", "param-name"],
        subcode: Some(2388046),
        reference: "templates/template-management",
    }
}

rule! {
    /// A pattern of account names cannot be read.
    ///
    /// `accounts` lists names and globs. A glob that cannot be read, that is longer than 1 KiB, or that is one of more than
    /// 256, matches no account. The template would then count as removed, so commands that change an account stop.
    ///
    /// ```yaml fails
    /// accounts: ["shop_{de"]
    /// ```
    ///
    /// ```yaml passes
    /// accounts: ["shop_{de,fr}"]
    /// ```
    pub static INVALID_PATTERN = {
        id: "invalid-pattern",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/template-management",
    }
}

rule! {
    /// A key has a value that it cannot have.
    ///
    /// Categories, formats, types and durations are fixed words or numbers; anything else is refused.
    ///
    /// ```yaml fails
    /// category: transactional
    /// ```
    ///
    /// ```yaml passes
    /// category: utility
    /// ```
    pub static INVALID_VALUE = {
        id: "invalid-value",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [
            "category-value",
            "category-legacy",
            "parameter-format-value",
            "sub-category-value",
            "display-format-value",
            "button-type",
            "auth-otp-type",
            "header-media-text",
        ],
        subcode: Some(100),
        reference: "templates/template-management",
    }
}

rule! {
    /// Something that every template needs is missing.
    ///
    /// A template has a name, a category and a language, and a button has what its type works with. Without them
    /// the call that creates the template is answered with an error.
    ///
    /// ```yaml fails whole
    /// name: order_shipped
    /// language: en_US
    /// body: Your order is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// category: utility
    /// language: en_US
    /// body: Your order is on its way.
    /// ```
    pub static MISSING_KEY = {
        id: "missing-key",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["name-required", "language-required", "category-required", "button-text-required", "header-media-handle", "flow-source"],
        subcode: Some(100),
        reference: "templates/template-management",
    }
}

rule! {
    /// Something is larger than watpl processes.
    ///
    /// A file of a few kilobytes can stand for gigabytes: constants repeat in a text, and languages inherit it. These limits
    /// are far above what Meta accepts, and keep the memory of every command small: 64 KiB a text with its constants, 1 MiB
    /// that the constants of one template add, 4 MiB of texts that its languages inherit, 200 languages, and 32 levels of
    /// lists and maps in `raw` and in the inputs of a library template.
    pub static SIZE_LIMIT = {
        id: "size-limit",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A key does not exist.
    ///
    /// A misspelt key would be left out of what is sent, and the template would go to review without it.
    ///
    /// ```yaml fails
    /// foter: Thank you
    /// ```
    ///
    /// ```yaml passes
    /// footer: Thank you
    /// ```
    pub static UNKNOWN_KEY = {
        id: "unknown-key",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["unknown-field", "allow-category-change", "component-type", "tap-target-create", "header-format", "carousel-card-footer", "auth-app-legacy-keys"],
        subcode: Some(100),
        reference: "templates/template-management",
    }
}

rule! {
    /// A language code is not one of Meta's.
    ///
    /// Meta knows 111 codes, written with an underscore, and refuses every other spelling.
    ///
    /// ```yaml fails
    /// language: en-US
    /// ```
    ///
    /// ```yaml passes
    /// language: en_US
    /// ```
    pub static UNKNOWN_LANGUAGE = {
        id: "unknown-language",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["language-supported", "language-hyphen"],
        subcode: Some(100),
        reference: "templates/supported-languages",
    }
}

rule! {
    /// A key takes another kind of value.
    ///
    /// A list where a map belongs, or a map where a text belongs, is nearly always a slip of the indentation.
    ///
    /// ```yaml fails
    /// buttons: { text: Track }
    /// ```
    ///
    /// ```yaml passes
    /// buttons: [{ type: quick_reply, text: Track }]
    /// ```
    pub static WRONG_KIND = {
        id: "wrong-kind",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["copy-code-example-type", "example-shape"],
        subcode: Some(100),
        reference: "templates/components",
    }
}
