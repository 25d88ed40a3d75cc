//! Events that webhooks report, with the payload that Meta sends for each.

use serde_json::{Map, Value, json};

use crate::model::template::Template;

/// Something that an app is told.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) field: &'static str,
    value: Map<String, Value>,
    /// The same in the other form, where there are two.
    other: Option<(&'static str, Map<String, Value>)>,
    at: i64,
}

impl Event {
    /// The status of a template changed (Meta: status update webhook).
    pub(crate) fn status(template: &Template, title: Option<&str>, now: i64) -> Self {
        let status = template.status.as_str();
        let event = match title {
            Some("UNPAUSE") => "REINSTATED",
            None if status == "APPROVED" && template.archived_from.is_some() => "UNARCHIVED",
            _ => status,
        };
        let reason = match status {
            "PENDING_DELETION" => Value::Null,
            _ => Value::from(template.rejected_reason.as_str()),
        };
        let mut value = map(&json!({
            "event": event,
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": dashed(&template.language),
            "reason": reason,
            "message_template_category": template.category,
        }));
        if status == "DISABLED" {
            value.insert("disable_info".to_owned(), json!({"disable_date": now}));
        }
        if let Some(title) = title {
            let described = format!("The template is now {status}.");
            value.insert("other_info".to_owned(), json!({"title": title, "description": described}));
        }
        let mut other = value.clone();
        other.insert("message_template_language".to_owned(), json!(template.language));
        if let Some(info) = template.rejection_info.as_ref().filter(|_| status == "REJECTED") {
            value.insert("rejection_info".to_owned(), info.clone());
            other.insert(BESIDE.to_owned(), json!({"rejection_info": info}));
        }
        Self { field: STATUS, value, other: Some((STATUS, other)), at: now }
    }

    /// The quality of a template changed; one of Meta's pages prints it under the wrong field.
    pub(crate) fn quality(template: &Template, previous: &str) -> Self {
        let value = map(&json!({
            "previous_quality_score": previous,
            "new_quality_score": template.quality,
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": dashed(&template.language),
        }));
        let other = Some((STATUS, value.clone()));
        Self { field: "message_template_quality_update", value, other, at: template.status_changed }
    }

    /// The category of a template is another now; the other form names only the new one.
    pub(crate) fn category_changed(template: &Template) -> Self {
        let value = map(&json!({
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": dashed(&template.language),
            "previous_category": template.previous_category,
            "new_category": template.category,
        }));
        let mut other = value.clone();
        other.shift_remove("previous_category");
        Self { field: CATEGORY, value, other: Some((CATEGORY, other)), at: template.updated }
    }

    /// The category of a template is going to be another; here `new_category` is the present one.
    pub(crate) fn category_announced(template: &Template, now: i64) -> Self {
        let (correct, category) = (&template.correct_category, &template.category);
        let value = map(&json!({
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": dashed(&template.language),
            "new_category": category,
            "correct_category": correct,
            "category_update_timestamp": now,
        }));
        let other = map(&json!({
            "category": category,
            "correct_category": correct,
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": template.language,
        }));
        Self { field: CATEGORY, value, other: Some(("template_correct_category_detection", other)), at: now }
    }

    /// The words of a template changed, through the API or in the console.
    pub(crate) fn components(template: &Template) -> Self {
        let mut value = map(&json!({
            "message_template_id": number(&template.id),
            "message_template_name": template.name,
            "message_template_language": dashed(&template.language),
        }));
        for component in &template.components {
            let kind = component.get("type").and_then(Value::as_str).unwrap_or_default();
            let (key, words) = match kind {
                "HEADER" => ("message_template_title", component.get("text").cloned()),
                "BODY" => ("message_template_element", component.get("text").cloned()),
                "FOOTER" => ("message_template_footer", component.get("text").cloned()),
                "BUTTONS" => ("message_template_buttons", component.get("buttons").map(buttons)),
                _ => continue,
            };
            value.extend(words.map(|words| (key.to_owned(), words)));
        }
        let field = "message_template_components_update";
        Self { field, value, other: None, at: template.updated }
    }

    /// What became of a message.
    pub(crate) fn message(value: Value, now: i64) -> Self {
        Self { field: "messages", value: map(&value), other: None, at: now }
    }

    /// The whole body of a delivery.
    pub(crate) fn body(&self, waba: &str, other_form: bool) -> Value {
        let (field, mut value) = match self.other.as_ref().filter(|_| other_form) {
            Some((field, value)) => (*field, value.clone()),
            None => (self.field, self.value.clone()),
        };
        let beside = value.shift_remove(BESIDE);
        let mut change = map(&json!({"field": field, "value": value}));
        change.extend(beside.as_ref().and_then(Value::as_object).cloned().unwrap_or_default());
        let mut entry = map(&json!({"id": waba, "changes": [change]}));
        // Meta's samples of `messages` have no time.
        if field != "messages" {
            entry.insert("time".to_owned(), json!(self.at));
        }
        json!({"object": "whatsapp_business_account", "entry": [entry]})
    }
}

const STATUS: &str = "message_template_status_update";
const CATEGORY: &str = "template_category_update";
// What stands beside `value` in a payload of the other form; no key of Meta's looks like this.
const BESIDE: &str = "\u{0}beside";

// Ids are numbers in webhooks, and texts everywhere else.
fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| Value::from(id), Value::from)
}

// Languages have a hyphen in the samples of webhooks, and an underscore everywhere else.
fn dashed(language: &str) -> String {
    language.replace('_', "-")
}

fn buttons(buttons: &Value) -> Value {
    let one = |button: &Value| {
        let text = |key: &str| button.get(key).and_then(Value::as_str);
        let mut told = Map::new();
        for (key, own) in
            [("type", "type"), ("text", "text"), ("url", "url"), ("phone_number", "phone_number")]
        {
            let name = format!("message_template_button_{key}");
            told.extend(text(own).map(|value| (name, Value::from(value))));
        }
        Value::Object(told)
    };
    buttons.as_array().into_iter().flatten().map(one).collect()
}

fn map(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
