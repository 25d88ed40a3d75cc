//! What some of Meta's answers look like, and most do not: on only where a scenario asks for it.

use serde_json::{Value, json};

use crate::model::template::Template;
use crate::scenario::{Quirk, Scenario};

/// The status, as one fixture of another project has it.
pub(crate) fn status(template: &Template, scenario: &Scenario) -> String {
    match scenario.has(Quirk::LowerCaseStatus) {
        true => template.status.to_ascii_lowercase(),
        false => template.status.clone(),
    }
}

/// Components that were made ready to be shown.
pub(crate) fn components(mut shown: Vec<Value>, template: &Template, scenario: &Scenario) -> Vec<Value> {
    if scenario.has(Quirk::OtpButtons) && template.category == "AUTHENTICATION" {
        restore_buttons(&mut shown, template);
    }
    if scenario.has(Quirk::MissingSamples) {
        shown.iter_mut().for_each(remove_samples);
    }
    if scenario.has(Quirk::EncodedBraces) {
        shown.iter_mut().for_each(encode_braces);
    }
    if scenario.has(Quirk::ShuffledComponents) && !shown.is_empty() {
        let by = 1 % shown.len();
        shown.rotate_left(by);
        shown.reverse();
    }
    shown
}

// Buttons as they were sent, with a label.
fn restore_buttons(shown: &mut [Value], template: &Template) {
    let sent = template.sent.iter().find_map(|component| component.get("buttons"));
    let sent = sent.and_then(Value::as_array).into_iter().flatten();
    let labels: Vec<Value> = shown
        .iter()
        .filter_map(|component| component.get("buttons")?.as_array())
        .flatten()
        .map(|button| button.get("text").cloned().unwrap_or_default())
        .collect();
    let buttons: Vec<Value> = sent
        .zip(labels)
        .map(|(button, label)| {
            let kind = button.get("otp_type").and_then(Value::as_str).unwrap_or_default();
            json!({"otp_type": kind.to_ascii_uppercase(), "text": label, "type": "OTP"})
        })
        .collect();
    for component in shown.iter_mut().filter_map(Value::as_object_mut) {
        if component.contains_key("buttons") {
            component.insert("buttons".to_owned(), Value::from(buttons.clone()));
        }
    }
}

fn remove_samples(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.shift_remove("example");
            object.values_mut().for_each(remove_samples);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_samples),
        _ => {}
    }
}

// Only in the samples of links.
fn encode_braces(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let is_link = object.contains_key("url");
            for (key, inner) in object {
                match inner {
                    Value::Array(samples) if is_link && key == "example" => {
                        samples.iter_mut().for_each(encode)
                    }
                    inner => encode_braces(inner),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(encode_braces),
        _ => {}
    }
}

fn encode(sample: &mut Value) {
    if let Some(text) = sample.as_str() {
        *sample = Value::from(text.replace('{', "%7B").replace('}', "%7D"));
    }
}
