//! The rules that parsing itself holds files to.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Rule, Severity};
use crate::rule;
use crate::source::Span;

/// Every rule of this stage.
pub static RULES: [&Rule; 9] = [
    &CONTROL_CHARACTER,
    &DSL_SYNTAX,
    &EMPTY_FILE,
    &MALFORMED_IGNORE,
    &NOT_UTF8,
    &UNQUOTED_PLACEHOLDER,
    &UNSUPPORTED_YAML,
    &UNUSED_IGNORE,
    &YAML_SYNTAX,
];

/// A control character, in the file itself or in a text that an escape puts it into.
pub fn control_character(span: Span, whole: &str, character: char) -> Diagnostic {
    let message = format!("{whole} contains the control character U+{:04X}", u32::from(character));
    Diagnostic::new(&CONTROL_CHARACTER, span, message).label("not allowed in messages").help("delete it")
}

rule! {
    /// A file contains a control character.
    ///
    /// Escape sequences, bells and null bytes are never part of a message. YAML forbids them, and a terminal
    /// that shows the file interprets them.
    pub static CONTROL_CHARACTER = {
        id: "control-character",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Inferred,
        entries: ["text-control-chars"],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A comment cuts off the rest of a text.
    ///
    /// In YAML, a space followed by `#` starts a comment, even in the middle of an unquoted sentence. The
    /// submitted text would end there, without its remaining placeholders.
    ///
    /// ```yaml fails
    /// body: Your order has arrived #thanks to {{driver}} and it is ready for you
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order has arrived #thanks to our driver and it is ready for you"
    /// ```
    pub static CUT_BY_COMMENT = {
        id: "cut-by-comment",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A `.watpl` file contains a syntax error.
    ///
    /// A statement is a word, its values on the same line, attributes in parentheses and an optional block in
    /// braces. Statements that can't be parsed are skipped; the rest of the file is still checked.
    ///
    /// ```watpl fails
    /// template order_shipped {
    ///   category utility
    ///   body "Your order is on its way.
    /// }
    /// ```
    ///
    /// ```watpl passes
    /// template order_shipped {
    ///   category utility
    ///   body "Your order is on its way."
    /// }
    /// ```
    pub static DSL_SYNTAX = {
        id: "dsl-syntax",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A template file contains no template.
    ///
    /// A file that is empty, or that contains only comments or a list, defines no template.
    ///
    /// ```yaml fails whole
    /// # nothing yet
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub static EMPTY_FILE = {
        id: "empty-file",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["components-required"],
        subcode: Some(100),
        reference: "templates/components",
    }
}

rule! {
    /// A file is not UTF-8.
    ///
    /// Other encodings can't be detected reliably, and a wrong guess would change the text that recipients
    /// see. The text before the first invalid byte is still checked.
    pub static NOT_UTF8 = {
        id: "not-utf8",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A text that starts with `{{` is not quoted.
    ///
    /// YAML parses an opening brace at the start of a value as the start of a map, so the text is lost. Other
    /// tools report confusing errors about keys and mappings.
    ///
    /// ```yaml fails
    /// variables: { order: SO042 }
    /// header: {{order}} is on its way
    /// body: It left our warehouse today.
    /// ```
    ///
    /// ```yaml passes
    /// variables: { order: SO042 }
    /// header: "{{order}} is on its way"
    /// body: It left our warehouse today.
    /// ```
    pub static UNQUOTED_PLACEHOLDER = {
        id: "unquoted-placeholder",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A file uses YAML features that templates don't support.
    ///
    /// Many parsers silently drop tags, merge keys, keys that are maps, second documents and undefined
    /// aliases. A template should mean what it looks like.
    ///
    /// ```yaml fails
    /// body: !!str Your order is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// body: Your order is on its way.
    /// ```
    pub static UNSUPPORTED_YAML = {
        id: "unsupported-yaml",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A file is not valid YAML.
    ///
    /// Entries that can't be parsed are skipped; the rest of the file is still checked, so that one run
    /// reports every mistake.
    ///
    /// ```yaml fails
    /// body: "Your order is on its way.
    /// ```
    ///
    /// ```yaml passes
    /// body: "Your order is on its way."
    /// ```
    pub static YAML_SYNTAX = {
        id: "yaml-syntax",
        severity: Severity::Error,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: [],
        subcode: None,
        reference: "templates/components",
    }
}

rule! {
    /// A suppression comment is malformed.
    ///
    /// `# watpl: ignore[rule-id] reason` suppresses findings of a rule in the key below it, or on its own
    /// line if it follows a value. The reason is required, so that later readers can tell whether it still
    /// applies. A malformed comment suppresses nothing.
    ///
    /// ```yaml fails
    /// # watpl: ignore[marketing-without-optout]
    /// body: Your order is on its way and will be with you soon.
    /// ```
    ///
    /// ```yaml passes
    /// # Nothing here is for the linter.
    /// body: Your order is on its way and will be with you soon.
    /// ```
    pub static MALFORMED_IGNORE = {
        id: "malformed-ignore",
        severity: Severity::Error,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/overview",
    }
}

rule! {
    /// A suppression comment suppresses no finding.
    ///
    /// Either the problem was fixed, or the comment never covered it. Delete it, so that it doesn't hide the
    /// next finding.
    ///
    /// ```yaml fails
    /// # watpl: ignore[body-too-long] our legal department insists
    /// body: Your order is on its way and will be with you soon.
    /// ```
    ///
    /// ```yaml passes
    /// # watpl: ignore[stray-whitespace] the customer's name may be long, and the blanks set it apart
    /// body: "Your order is on its way      and will be with you soon."
    /// ```
    pub static UNUSED_IGNORE = {
        id: "unused-ignore",
        severity: Severity::Warning,
        class: Consequence::Risk,
        confidence: Confidence::Inferred,
        entries: [],
        subcode: None,
        reference: "templates/overview",
    }
}
