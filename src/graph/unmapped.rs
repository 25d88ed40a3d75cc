//! Detects parts of a component's JSON that parsing did not keep. They have to travel as JSON.

use serde_json::Value;

use super::template::component_json;
use crate::payload::Component;

/// Keys that only reading back has, or whose shape differs on the way back; their content was read.
const REWRITTEN: [&str; 4] = ["example", "url", "phone_number", "header_handle"];
/// Keys of what Meta writes by itself.
const GENERATED: [&str; 4] = ["type", "text", "example", "url"];

/// Returns whether a component's JSON contains something that its parsed form does not.
pub fn has_unmapped_fields(value: &Value, component: &Component) -> bool {
    match component {
        Component::Opaque(_) => false,
        Component::Buttons(buttons) => {
            let listed = value.get("buttons").and_then(Value::as_array);
            let sent = component_json(component);
            let sent = sent.get("buttons").and_then(Value::as_array);
            let pairs = listed.into_iter().flatten().zip(sent.into_iter().flatten());
            let mut more = pairs.zip(buttons).map(|((own, sent), button)| {
                let generated = matches!(
                    button,
                    crate::payload::Button::Otp { .. }
                        | crate::payload::Button::Fixed(_)
                        | crate::payload::Button::CopyCode { .. }
                );
                more_keys(own, sent, generated)
            });
            more.any(|more| more) || more_keys(value, &component_json(component), false)
        }
        Component::Carousel(cards) => {
            let listed = value.get("cards").and_then(Value::as_array);
            let mut pairs = listed.into_iter().flatten().zip(cards);
            pairs.any(|(own, card)| card_holds_more(own, card))
                || more_keys(value, &component_json(component), false)
        }
        Component::AuthenticationBody { .. } | Component::AuthenticationFooter { .. } => {
            more_keys(value, &component_json(component), true)
        }
        _ => more_keys(value, &component_json(component), false),
    }
}

fn card_holds_more(value: &Value, card: &[Component]) -> bool {
    let other = value.as_object().is_some_and(|fields| fields.keys().any(|key| key != "components"));
    let listed = value.get("components").and_then(Value::as_array);
    other
        || listed.into_iter().flatten().zip(card).any(|(own, component)| has_unmapped_fields(own, component))
}

/// Returns whether an object has a key, or a value other than a list or an example, that the payload lacks.
fn more_keys(own: &Value, sent: &Value, generated: bool) -> bool {
    let Some(fields) = own.as_object() else { return true };
    fields.iter().any(|(key, value)| {
        let is_generated = generated && GENERATED.contains(&key.as_str());
        !is_generated && !says_nothing(value) && !is_same(key, value, sent.get(key))
    })
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn is_same(key: &str, own: &Value, sent: Option<&Value>) -> bool {
    let Some(sent) = sent else {
        // A header without a format is a text, and one button may lack a type that follows from its address.
        return key == "example";
    };
    match (own, sent) {
        _ if REWRITTEN.contains(&key) => true,
        (Value::Object(fields), Value::Object(_)) => {
            fields.iter().all(|(key, value)| says_nothing(value) || is_same(key, value, sent.get(key)))
        }
        (Value::Array(_), Value::Array(_)) => true,
        _ => word(own) == word(sent),
    }
}

/// A scalar in its compared form: case and quotes around a number do not count.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_ascii_uppercase(),
        other => other.to_string().to_ascii_uppercase(),
    }
}
