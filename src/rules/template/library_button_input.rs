//! `library-button-input`.

use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use crate::lint::TemplateView;
use serde_json::Value;

use crate::model::Library;
use crate::rule;

rule! {
    /// An input for a library template's buttons is incomplete.
    ///
    /// Each input has a `type`. An input of type `url` needs `url` with a `base_url`, and a
    /// `url_suffix_example` if that ends with a placeholder. An input of type `phone_number` needs a
    /// `phone_number`. Only Meta knows how many inputs a library template needs.
    ///
    /// ```yaml fails whole
    /// name: delivery_update
    /// category: utility
    /// language: en_US
    /// library:
    ///   template: delivery_update_1
    ///   buttons: [{ type: url, url: { base_url: "https://shop.example/t/{{1}}" } }]
    /// ```
    ///
    /// ```yaml passes whole
    /// name: delivery_update
    /// category: utility
    /// language: en_US
    /// library:
    ///   template: delivery_update_1
    ///   buttons:
    ///     - { type: url, url: { base_url: "https://shop.example/t/{{1}}", url_suffix_example: "https://shop.example/t/A1" } }
    /// ```
    pub(crate) static RULE = {
        id: "library-button-input",
        severity: Severity::Warning,
        class: Consequence::Refused,
        confidence: Confidence::Documented,
        entries: ["library-button-inputs"],
        subcode: Some(100),
        reference: "templates/template-library",
    }
}

/// The types that inputs have.
const TYPES: [&str; 9] =
    ["quick_reply", "url", "phone_number", "otp", "mpm", "catalog", "flow", "voice_call", "app"];

pub(crate) fn check(template: &TemplateView<'_>) -> Vec<Diagnostic> {
    template.library.iter().flat_map(of_library).collect()
}

fn of_library(library: &Library) -> Vec<Diagnostic> {
    let Some(inputs) = library.buttons.as_ref().and_then(Value::as_array) else { return Vec::new() };
    let problems = inputs.iter().enumerate().filter_map(|(index, input)| Some((index + 1, problem(input)?)));
    problems
        .map(|(number, (problem, help))| {
            let message = format!("input {number} of the library buttons {problem}");
            Diagnostic::new(&RULE, library.template.span, message).help(help)
        })
        .collect()
}

/// Returns the problem of an input, and the help.
fn problem(input: &Value) -> Option<(String, &'static str)> {
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = text(input, "type").to_ascii_lowercase();
    if kind.is_empty() {
        return Some(("has no `type`".to_owned(), "add a `type`, for example `type: url`"));
    }
    if !TYPES.contains(&kind.as_str()) {
        return Some((
            format!("has the unknown type {}", crate::rules::support::quote::quoted(&kind)),
            "use `url`, `phone_number` or another type of the library",
        ));
    }
    let url = input.get("url").cloned().unwrap_or_default();
    match kind.as_str() {
        "phone_number" if text(input, "phone_number").is_empty() => {
            Some(("has no `phone_number`".to_owned(), "add the number with its country code"))
        }
        "url" if text(&url, "base_url").is_empty() => {
            Some(("has no `base_url`".to_owned(), "add `url: { base_url: https://… }`"))
        }
        "url" if text(&url, "base_url").contains("{{") && text(&url, "url_suffix_example").is_empty() => {
            Some((
                "has no `url_suffix_example`".to_owned(),
                "add the whole URL with a sample in place of the placeholder",
            ))
        }
        _ => None,
    }
}

cases! {
    fails: [
        "library:\n  template: «delivery_update_1»\n  buttons: [{ type: url, url: { base_url: \"https://shop.example/t/{{1}}\" } }]",
        "library:\n  template: «delivery_update_1»\n  buttons: [{ type: url }]",
        "library:\n  template: «delivery_update_1»\n  buttons: [{ type: phone_number }]",
        "library:\n  template: «\"delivery_update_1\"»\n  buttons: [{ type: link, url: { base_url: \"https://shop.example/\" } }]",
    ],
    passes: [
        "library:\n  template: delivery_update_1\n  buttons: [{ type: url, url: { base_url: \"https://shop.example/t/{{1}}\", url_suffix_example: \"https://shop.example/t/A1\" } }]",
        "library:\n  template: delivery_update_1\n  buttons: [{ type: URL, url: { base_url: \"https://shop.example/t\" } }]",
        "library:\n  template: delivery_update_1\n  buttons: [{ type: phone_number, phone_number: \"+15550051310\" }, { type: quick_reply }]",
        "library: delivery_update_1",
        "buttons: [{ type: url, text: Track, url: \"https://shop.example/\" }]",
    ],
}
