//! `undescriptive-name`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::rule;

rule! {
    /// A name does not say what the template is for.
    ///
    /// Reviewers see the name too, and names such as `test` are said to slow the review down or to end it. Names
    /// that begin with `auto_generated` are a warning: Meta's own direct sending uses them.
    ///
    /// ```yaml fails
    /// name: template_1
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// ```
    pub(super) static RULE = {
        id: "undescriptive-name",
        severity: Severity::Info,
        class: Consequence::Rejected,
        confidence: Confidence::Reported,
        entries: ["name-sample-test", "name-reserved-auto"],
        subcode: None,
        reference: "templates/template-review",
    }
}

const UNDESCRIPTIVE: [&str; 16] = [
    "test",
    "testing",
    "template",
    "sample",
    "hello",
    "demo",
    "example",
    "untitled",
    "new_template",
    "my_template",
    "temp",
    "tmp",
    "foo",
    "bar",
    "message",
    "test_template",
];

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    let Some(name) = &template.name else { return Vec::new() };
    let text = name.value.as_str();
    let bare = text.trim_end_matches(|last: char| last.is_ascii_digit()).trim_end_matches('_');
    let (message, severity) = if text.starts_with("auto_generated") {
        ("names that begin with `auto_generated` are Meta's".to_owned(), Severity::Warning)
    } else if UNDESCRIPTIVE.contains(&bare) {
        (format!("`{name}` does not say what the template is for"), RULE.severity)
    } else {
        return Vec::new();
    };
    let diagnostic = Diagnostic::new(&RULE, name.span, message).severity(severity);
    vec![diagnostic.help("name what it tells people, such as `order_shipped`")]
}
