//! `undescriptive-name`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use crate::rule;

rule! {
    /// The name doesn't describe the template.
    ///
    /// Reviewers see the name too. Names such as `test` are reported to delay the review or to cause a
    /// rejection. Names that start with `auto_generated` are a warning: Meta's own direct sending uses them.
    ///
    /// ```yaml fails
    /// name: template_1
    /// ```
    ///
    /// ```yaml passes
    /// name: order_shipped
    /// ```
    pub(crate) static RULE = {
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

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    let Some(name) = &template.name else { return Vec::new() };
    let text = name.value.as_str();
    let bare = text.trim_end_matches(|last: char| last.is_ascii_digit()).trim_end_matches('_');
    let (message, severity) = if text.starts_with("auto_generated") {
        ("names that start with `auto_generated` are used by Meta".to_owned(), Severity::Warning)
    } else if UNDESCRIPTIVE.contains(&bare) {
        (format!("`{name}` does not describe the template"), RULE.severity)
    } else {
        return Vec::new();
    };
    let diagnostic = Diagnostic::new(&RULE, name.span, message).severity(severity);
    vec![diagnostic.help("use a descriptive name, such as `order_shipped`")]
}

cases! {
    fails: [
        "name: «template_1»",
        "name: «test»",
        "name: «hello2026»",
        "name: «my_template__3»",
        "name: «auto_generated_x1»",
        "name: «\"demo\"»",
        "template «sample» {\n  category utility\n  language en_US\n  body \"Your order is on its way to you.\"\n}",
    ],
    passes: [
        "name: order_shipped",
        "name: test_results_ready",
        "name: hello_after_signup",
        "name: contest",
        "name: barista_message",
        "name: \"2026_message_of_january\"",
        "name: order_test_kit_sent",
    ],
}
