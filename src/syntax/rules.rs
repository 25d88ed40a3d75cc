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
    let message = format!("{whole} holds the control character U+{:04X}", u32::from(character));
    Diagnostic::new(&CONTROL_CHARACTER, span, message).label("no message can hold it").help("delete it")
}

rule! {
    /// A file holds a control character.
    ///
    /// Escape sequences, bells and null bytes are never part of a message. YAML forbids them, and a terminal
    /// that shows the file obeys them.
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
    /// In YAML a blank and a `#` begin a comment, also in the middle of a sentence that is not quoted. The text
    /// that goes to review ends there, without its placeholders.
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
    /// A line of the DSL cannot be read.
    ///
    /// A statement is a word, its values on the same line, attributes in parentheses and perhaps a block in
    /// braces. What fits nothing is left out; everything else of the file is read and checked.
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
    /// A template file holds no template.
    ///
    /// An empty file, or one that holds only comments or a list, defines nothing that could be sent.
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
    /// Other encodings cannot be told apart with certainty, and a guess would put wrong letters before your
    /// customers. What stands before the first wrong byte is checked all the same.
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
    /// A text that begins with `{{` is not quoted.
    ///
    /// YAML reads an opening brace at the start of a value as the start of a map, so the text never reaches
    /// Meta as it was meant, and the error that other tools give speaks of keys and mappings.
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
    /// A file uses YAML that templates have no use for.
    ///
    /// Tags, merge keys, keys that are maps, second documents and undefined aliases would be dropped silently by
    /// many readers. What a template says should be what it looks like.
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
    /// The entry that does not parse is left out; everything else of the file is read and checked, so that one
    /// run shows every mistake.
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
    /// A comment for the linter cannot be understood.
    ///
    /// `# watpl: ignore[rule-id] reason` leaves out what a rule finds in the key below it, or on its own line when it
    /// stands behind something. The reason is required: who reads the file next year wants to know whether it still
    /// holds. A comment that says less ignores nothing.
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
    /// A comment ignores a rule that finds nothing.
    ///
    /// Either the problem is gone, or the comment never covered it. Left standing, it would hide the next one.
    ///
    /// ```yaml fails
    /// # watpl: ignore[body-too-long] our legal department insists
    /// body: Your order is on its way and will be with you soon.
    /// ```
    ///
    /// ```yaml passes
    /// # watpl: ignore[stray-blanks] the customer's name may be long, and the blanks set it apart
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
