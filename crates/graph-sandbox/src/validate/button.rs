//! One button: its keys, its label, and what its kind asks for.

use serde_json::Value;

use crate::graph_error::{self, GraphError};
use crate::model::submission::{JsonObject, integer, one_of};
use crate::validate::button_kinds::ButtonKind;
use crate::validate::object::{at_most, required, text, upper};
use crate::validate::{characters, placeholders, url_button};

// Characters of a phone number (Meta: components).
const PHONE: usize = 20;
// Minutes that a call button stays (Meta: calling).
const CALL_MINUTES: std::ops::RangeInclusive<i64> = 1_440..=43_200;
// Ways to name a flow, of which there must be one (Meta: message template reference).
const FLOWS: [&str; 3] = ["flow_id", "flow_name", "flow_json"];

/// A button of this kind; a coupon code may have so many characters.
pub(super) fn check(
    button: &JsonObject,
    kind: &ButtonKind,
    named: bool,
    code: usize,
) -> Result<(), GraphError> {
    if let Some(stray) = button.keys().find(|key| *key != "type" && !kind.keys.contains(&key.as_str())) {
        return Err(GraphError::parameter(format!(
            "Unexpected key \"{stray}\" on button of type {}",
            kind.name
        )));
    }
    check_kind_label(button, kind)?;
    match kind.name {
        "URL" => url_button::check(button, named),
        "PHONE_NUMBER" => check_phone(button),
        "COPY_CODE" => check_code(button, code),
        "FLOW" => check_flow(button),
        "VOICE_CALL" => check_call(button),
        _ => Ok(()),
    }
}

/// A label of at most so many characters: no variables, breaks, emoji or formatting.
pub(super) fn check_label(label: &str, limit: usize) -> Result<(), GraphError> {
    at_most(label, limit, "button text")?;
    let has_disallowed = placeholders::any(label)
        || characters::has_newline(label)
        || characters::has_formatting_marker(label);
    match has_disallowed
        || characters::has_control(label)
        || characters::emoji(label) > 0
        || label.trim().is_empty()
    {
        true => {
            Err(format_error("Buttons can't have any variables, newlines, emojis or formatting characters."))
        }
        false => Ok(()),
    }
}

fn check_kind_label(button: &JsonObject, kind: &ButtonKind) -> Result<(), GraphError> {
    match button.get("text") {
        Some(Value::String(label)) => check_label(label, kind.label),
        None if !kind.labelled => Ok(()),
        _ => Err(format_error("The button needs a text")),
    }
}

fn format_error(detail: &str) -> GraphError {
    GraphError::template(graph_error::BUTTON_FORMAT, detail)
}

fn check_phone(button: &JsonObject) -> Result<(), GraphError> {
    let number = required(button, "phone_number", "BUTTONS")?;
    at_most(number, PHONE, "phone number")?;
    let digits = number.strip_prefix('+').unwrap_or(number);
    match !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => {
            Err(GraphError::phone_number(format!("{number} is not a phone number with its country code")))
        }
    }
}

// A bare string, although it reads back as a list (Meta: coupon templates).
fn check_code(button: &JsonObject, limit: usize) -> Result<(), GraphError> {
    at_most(required(button, "example", "BUTTONS")?, limit, "coupon code")
}

fn check_flow(button: &JsonObject) -> Result<(), GraphError> {
    if FLOWS.iter().filter(|key| button.contains_key(**key)).count() != 1 {
        return Err(GraphError::parameter(
            "A button of type FLOW needs exactly one of flow_id, flow_name and flow_json",
        ));
    }
    if text(button, "flow_json").is_some_and(|json| serde_json::from_str::<Value>(json).is_err()) {
        return Err(GraphError::parameter("Param flow_json is not valid JSON"));
    }
    let action = upper(button, "flow_action").unwrap_or_else(|| "NAVIGATE".to_owned());
    one_of("flow_action", &action, &["NAVIGATE", "DATA_EXCHANGE"])?;
    if action != "NAVIGATE" && button.contains_key("navigate_screen") {
        return Err(GraphError::parameter("navigate_screen needs the flow_action navigate"));
    }
    let icon = upper(button, "icon").map(|icon| one_of("icon", &icon, &["DOCUMENT", "PROMOTION", "REVIEW"]));
    icon.map_or(Ok(()), |icon| icon.map(drop))
}

fn check_call(button: &JsonObject) -> Result<(), GraphError> {
    let minutes = button.get("ttl_minutes").map(|value| integer("ttl_minutes", value)).transpose()?;
    if minutes.is_some_and(|minutes| !CALL_MINUTES.contains(&minutes)) {
        let (least, most) = (CALL_MINUTES.start(), CALL_MINUTES.end());
        return Err(GraphError::parameter(format!("Param ttl_minutes must be between {least} and {most}")));
    }
    Ok(())
}
