//! Buttons as they read back.

use serde_json::{Map, Value, json};

use crate::model::json::plain;
use crate::readback::values::{each, upper};
use crate::readback::{generated_text, phone};

// Keys whose values are names out of a fixed set.
const ENUMS: [&str; 4] = ["type", "flow_action", "icon", "otp_type"];

/// The buttons of a template in one language.
pub(super) fn all(buttons: &Value, language: &str) -> Value {
    each(buttons, |button| button.as_object().map(|button| one(button, language)).into())
}

fn one(button: &Map<String, Value>, language: &str) -> Map<String, Value> {
    let kind = button.get("type").and_then(Value::as_str).unwrap_or_default().to_ascii_uppercase();
    let mut shown: Map<String, Value> =
        button.iter().map(|(key, value)| (key.clone(), entry(&kind, key, value))).collect();
    match (kind.as_str(), shown.contains_key("text")) {
        ("COPY_CODE", _) => set(&mut shown, generated_text::of(language).copy_offer_code),
        (_, true) => {}
        (kind, false) => fixed_label(kind).into_iter().for_each(|label| set(&mut shown, label)),
    }
    shown
}

fn entry(kind: &str, key: &str, value: &Value) -> Value {
    match (kind, key) {
        (_, key) if ENUMS.contains(&key) => upper(value),
        ("PHONE_NUMBER", "phone_number") => Value::from(phone::stored(&plain(value))),
        ("COPY_CODE" | "URL", "example") if !value.is_array() => json!([value]),
        _ => value.clone(),
    }
}

fn set(button: &mut Map<String, Value>, label: &str) {
    button.insert("text".to_owned(), Value::from(label));
}

// Labels that come by themselves (Meta: calling, catalogs, contact information).
fn fixed_label(kind: &str) -> Option<&'static str> {
    match kind {
        "VOICE_CALL" => Some("Call Now"),
        "CATALOG" => Some("View catalog"),
        "MPM" => Some("View items"),
        "SPM" => Some("View"),
        "ORDER_DETAILS" => Some("Review and Pay"),
        "REQUEST_CONTACT_INFO" => Some("Share Contact Info"),
        _ => None,
    }
}
