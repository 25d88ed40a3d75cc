//! `library-button-input`.

use super::View;
use crate::diagnostic::{Confidence, Consequence, Diagnostic, Severity};
use serde_json::Value;

use crate::model::Library;
use crate::rule;

rule! {
    /// An input for a button of Meta's library is not complete.
    ///
    /// Each input has a `type`. One of type `url` has `url` with a `base_url`, and a `url_suffix_example` where that ends with
    /// a placeholder; one of type `phone_number` has a `phone_number`. How many inputs a template needs is known to Meta alone.
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
    pub(super) static RULE = {
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

pub(super) fn check(template: &View<'_>) -> Vec<Diagnostic> {
    template.library.iter().flat_map(of_library).collect()
}

fn of_library(library: &Library) -> Vec<Diagnostic> {
    let Some(inputs) = library.buttons.as_ref().and_then(Value::as_array) else { return Vec::new() };
    let problems = inputs.iter().enumerate().filter_map(|(index, input)| Some((index + 1, problem(input)?)));
    problems
        .map(|(number, (problem, help))| {
            let message = format!("input {number} for the library's buttons {problem}");
            Diagnostic::new(&RULE, library.template.span, message).help(help)
        })
        .collect()
}

/// What is wrong with an input, and what to do.
fn problem(input: &Value) -> Option<(String, &'static str)> {
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = text(input, "type").to_ascii_lowercase();
    if kind.is_empty() {
        return Some(("has no `type`".to_owned(), "write `type: url`, or another type"));
    }
    if !TYPES.contains(&kind.as_str()) {
        return Some((
            format!("has the unknown type {}", super::quote::quoted(&kind)),
            "write `url`, `phone_number` or another type of the library",
        ));
    }
    let url = input.get("url").cloned().unwrap_or_default();
    match kind.as_str() {
        "phone_number" if text(input, "phone_number").is_empty() => {
            Some(("has no `phone_number`".to_owned(), "write the number with its country code"))
        }
        "url" if text(&url, "base_url").is_empty() => {
            Some(("has no `base_url`".to_owned(), "write `url: { base_url: https://… }`"))
        }
        "url" if text(&url, "base_url").contains("{{") && text(&url, "url_suffix_example").is_empty() => {
            Some(("has no `url_suffix_example`".to_owned(), "write the whole address with a sample in it"))
        }
        _ => None,
    }
}
