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
    /// A key is defined twice.
    ///
    /// Most YAML parsers silently keep one of the two values, while reviewers of a pull request see both.
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
    /// A name contains invalid characters.
    ///
    /// Template names consist of lowercase letters a to z, digits and underscores, at most 512 characters.
    /// Meta rejects other names. Names of variables start with a letter.
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
    /// An account pattern is invalid.
    ///
    /// `accounts` lists names and globs. A glob that can't be parsed, is longer than 1 KiB, or exceeds the
    /// limit of 256 globs, matches no account. The template would then count as removed, so commands that
    /// change an account stop.
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
    /// A key has an invalid value.
    ///
    /// Categories, formats, types and durations are fixed words or numbers.
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
    /// A required key is missing.
    ///
    /// A template needs a name, a category and a language, and a button needs the keys of its type. Meta
    /// rejects templates that lack them.
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
    /// A template exceeds the size limits of watpl.
    ///
    /// A file of a few kilobytes can expand to gigabytes, because constants repeat in a text and languages
    /// inherit it. The following limits keep the memory use of every command small. They are far above what
    /// Meta accepts: 64 KiB for a text with its constants, 1 MiB added by the constants of one template, 4
    /// MiB of texts that its languages inherit, 200 languages, and 32 levels of lists and maps in `raw` and
    /// in the inputs of a library template.
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
    /// A key is unknown.
    ///
    /// A misspelled key would be missing from the payload, and the template would be submitted without it.
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
    /// A language code is not supported by Meta.
    ///
    /// Meta supports 111 codes, written with an underscore, and rejects every other spelling.
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
    /// A value has the wrong type.
    ///
    /// A list instead of a map, or a map instead of a text, is usually an indentation mistake.
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
