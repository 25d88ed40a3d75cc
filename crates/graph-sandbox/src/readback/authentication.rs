//! Authentication templates: flags come back as texts, and the button as a link.

use serde_json::{Map, Value, json};

use crate::model::submission::{Object, Submission};
use crate::readback::generated_text::{self, Wording};

// Where the rewritten button points (observed).
const ADDRESS: &str = "https://www.whatsapp.com/otp/code/";
// The code in generated samples (observed).
const SAMPLE: &str = "123456";

/// All components, in the order in which they were sent.
pub(super) fn components(submission: &Submission) -> Vec<Value> {
    let wording = generated_text::of(&submission.language);
    let minutes = submission.components.iter().find_map(|component| component.get("code_expiration_minutes"));
    let show = |component: &Object| match component.get("type").and_then(Value::as_str) {
        Some("BODY") => body(component, wording),
        Some("FOOTER") => footer(component, wording),
        _ => buttons(component, wording, minutes),
    };
    submission.components.iter().map(show).collect()
}

fn body(component: &Object, wording: &Wording) -> Value {
    let advised = component.get("add_security_recommendation");
    let warning =
        if advised == Some(&Value::Bool(true)) { format!(" {}", wording.warning) } else { String::new() };
    let mut shown = Map::new();
    shown.insert("type".to_owned(), json!("BODY"));
    shown.insert("text".to_owned(), json!(format!("{}{warning}", wording.code)));
    if let Some(flag) = advised {
        shown.insert("add_security_recommendation".to_owned(), flag.clone());
    }
    shown.insert("example".to_owned(), json!({"body_text": [[SAMPLE]]}));
    Value::Object(shown)
}

fn footer(component: &Object, wording: &Wording) -> Value {
    let Some(minutes) = component.get("code_expiration_minutes") else { return json!({"type": "FOOTER"}) };
    let [before, after] = wording.expiry;
    json!({"type": "FOOTER", "text": format!("{before}{minutes}{after}"), "code_expiration_minutes": minutes})
}

fn buttons(component: &Object, wording: &Wording, minutes: Option<&Value>) -> Value {
    let sent = component.get("buttons").and_then(Value::as_array).into_iter().flatten();
    let shown: Vec<Value> = sent.map(|button| link(button, wording, minutes)).collect();
    json!({"type": "BUTTONS", "buttons": shown})
}

fn link(button: &Value, wording: &Wording, minutes: Option<&Value>) -> Value {
    let address = format!("{ADDRESS}?{}", query(button, wording, minutes));
    let label = button.get("text").and_then(Value::as_str).unwrap_or(wording.copy_code);
    json!({
        "type": "URL",
        "text": label,
        "url": format!("{address}&code=otp{{{{1}}}}"),
        "example": [format!("{address}&code=otp{SAMPLE}")],
    })
}

// Kind and minutes stand there in real answers; the rest is expected of the kinds that fill the code in,
// but unseen.
fn query(button: &Value, wording: &Wording, minutes: Option<&Value>) -> String {
    let kind = button.get("otp_type").and_then(Value::as_str).unwrap_or_default().to_ascii_uppercase();
    let mut parts = vec![format!("otp_type={kind}")];
    parts.extend(minutes.map(|minutes| format!("code_expiration_minutes={minutes}")));
    if kind != "COPY_CODE" {
        let label = button.get("autofill_text").and_then(Value::as_str).unwrap_or(wording.autofill);
        parts.push(pair("cta_display_name", label));
    }
    for app in button.get("supported_apps").and_then(Value::as_array).into_iter().flatten() {
        let values =
            ["package_name", "signature_hash"].map(|key| (key, app.get(key).and_then(Value::as_str)));
        parts.extend(values.into_iter().filter_map(|(key, value)| value.map(|value| pair(key, value))));
    }
    parts.join("&")
}

fn pair(key: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair(key, value).finish()
}
