//! How a submission reads back: never quite as it was sent.

mod authentication;
mod buttons;
mod generated_text;
mod phone;
pub(crate) mod quirks;
mod values;

use serde_json::{Map, Value, json};

use crate::identifiers;
use crate::model::account::Account;
use crate::model::json::plain;
use crate::model::submission::{Object, Submission};
use crate::model::template::Template;
use crate::readback::values::{each, upper};

/// Writes what a submission says over a template, in the form in which it will be read.
pub(crate) fn write(template: &mut Template, submission: &Submission, now: i64) {
    template.category.clone_from(&submission.category);
    template.display_format.clone_from(&submission.display_format);
    template.message_send_ttl_seconds = submission.ttl;
    template.cta_url_link_tracking_opted_out = submission.tracking_opted_out;
    template.is_primary_device_delivery_only = submission.primary_device_only;
    template.parameter_format = if submission.named { "NAMED" } else { "POSITIONAL" }.to_owned();
    template.degrees_of_freedom_spec = submission.degrees_of_freedom.as_ref().map(features);
    template.updated = now;
    if !submission.components.is_empty() {
        template.components = components(submission);
        template.sent = submission.components.iter().cloned().map(Value::Object).collect();
    }
    template.sub_category =
        sub_category(submission.sub_category.as_deref(), &template.category, &template.components);
}

/// The template that a submission makes, not in the account yet.
pub(crate) fn new_template(account: &Account, submission: &Submission) -> Template {
    let now = account.now();
    let mut template = Template::blank(&submission.name, &submission.language, now);
    while account.by_id(&template.id).is_some() {
        template.id = identifiers::template();
    }
    write(&mut template, submission, now);
    template
}

/// What Meta writes by itself into an authentication template.
pub(crate) struct Generated {
    pub(crate) body: String,
    pub(crate) footer: Option<String>,
    pub(crate) copy_code: &'static str,
    pub(crate) autofill: &'static str,
}

/// The texts of an authentication template in one language.
pub(crate) fn generated(language: &str, advised: bool, minutes: Option<i64>) -> Generated {
    let wording = generated_text::of(language);
    let [before, after] = wording.expiry;
    let warning = if advised { format!(" {}", wording.warning) } else { String::new() };
    Generated {
        body: format!("{}{warning}", wording.code),
        footer: minutes.map(|minutes| format!("{before}{minutes}{after}")),
        copy_code: wording.copy_code,
        autofill: wording.autofill,
    }
}

/// Plain marketing templates read back with a sub-category that nobody sent (observed).
pub(crate) fn sub_category(sent: Option<&str>, category: &str, components: &[Value]) -> Option<String> {
    let plain = |component: &Value| {
        let kind = component.get("type").and_then(Value::as_str).unwrap_or_default();
        ["HEADER", "BODY", "FOOTER", "BUTTONS"].contains(&kind)
    };
    let custom = category == "MARKETING" && components.iter().all(plain);
    sent.map(ToOwned::to_owned).or_else(|| custom.then(|| "CUSTOM".to_owned()))
}

// Written as a map, read as a list (observed by the authors of clients).
fn features(sent: &Value) -> Value {
    let mut shown = sent.clone();
    let features = shown.get_mut("creative_features_spec");
    if let Some((features, entries)) =
        features.and_then(|features| features.as_object().cloned().map(|entries| (features, entries)))
    {
        let listed = entries.into_iter().map(|(key, value)| json!({"key": key, "value": value}));
        *features = listed.collect();
    }
    shown
}

fn components(submission: &Submission) -> Vec<Value> {
    if submission.category == "AUTHENTICATION" {
        return authentication::components(submission);
    }
    submission
        .components
        .iter()
        .map(|component| Value::Object(one(component, &submission.language)))
        .collect()
}

fn one(component: &Object, language: &str) -> Object {
    let entry = |(key, value): (&String, &Value)| {
        let shown = match key.as_str() {
            "type" | "format" => upper(value),
            "example" => example(value),
            "buttons" => buttons::all(value, language),
            "cards" => each(value, |card| cards_components(card, language)),
            _ => value.clone(),
        };
        (key.clone(), shown)
    };
    component.iter().map(entry).collect()
}

fn cards_components(card: &Value, language: &str) -> Value {
    let components = card.get("components").unwrap_or(&Value::Null);
    let shown =
        each(components, |component| component.as_object().map(|object| one(object, language)).into());
    json!({ "components": shown })
}

// Samples of a body come back as a list in a list, however they were sent.
fn example(value: &Value) -> Value {
    let Some(object) = value.as_object() else { return value.clone() };
    let entry = |(key, value): (&String, &Value)| {
        (key.clone(), if key == "body_text" { nested(value) } else { value.clone() })
    };
    object.iter().map(entry).collect::<Map<_, _>>().into()
}

fn nested(value: &Value) -> Value {
    match value {
        Value::Array(items) if items.first().is_some_and(Value::is_array) => value.clone(),
        Value::Array(items) => json!([items]),
        other => json!([[plain(other)]]),
    }
}
