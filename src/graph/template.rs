//! Templates in Meta's JSON, both ways.

use serde_json::{Map, Value, json};

use super::text;
use crate::model::{MediaFormat, OtpType, ParameterFormat};
use crate::payload::{Button, Component, Deployed, MediaSample, Payload, Samples, Status, VersionKey};

/// The address that an authentication template's code button reads back as.
const OTP_ADDRESS: &str = "https://www.whatsapp.com/otp/code/";

/// The body of a creation. Keys stand in a fixed order, so that equal payloads are equal bytes.
pub fn payload_json(payload: &Payload) -> Value {
    let mut fields = Map::new();
    fields.insert("name".into(), payload.key.name.as_str().into());
    fields.insert("language".into(), payload.key.language.as_str().into());
    fields.insert("category".into(), payload.category.word().to_ascii_uppercase().into());
    fields.insert("parameter_format".into(), payload.parameter_format.word().to_ascii_uppercase().into());
    if let Some(ttl) = payload.ttl {
        fields.insert("message_send_ttl_seconds".into(), ttl.into());
    }
    for (name, value) in &payload.options {
        fields.insert((*name).into(), value.clone());
    }
    fields.insert("components".into(), payload.components.iter().map(component_json).collect());
    Value::Object(fields)
}

fn component_json(component: &Component) -> Value {
    match component {
        Component::HeaderText { text, samples } => {
            let value = json!({ "type": "HEADER", "format": "TEXT", "text": text });
            with_example(value, samples, "header_text", false)
        }
        Component::HeaderMedia { format, sample } => {
            let sample = match sample {
                MediaSample::File { path: text, .. }
                | MediaSample::Handle(text)
                | MediaSample::Link(text) => text,
            };
            json!({
                "type": "HEADER",
                "format": format.word().to_ascii_uppercase(),
                "example": { "header_handle": [sample] },
            })
        }
        Component::HeaderLocation => json!({ "type": "HEADER", "format": "LOCATION" }),
        Component::Body { text, samples } => {
            with_example(json!({ "type": "BODY", "text": text }), samples, "body_text", true)
        }
        Component::AuthenticationBody { add_security_recommendation } => {
            json!({ "type": "BODY", "add_security_recommendation": add_security_recommendation })
        }
        Component::Footer { text } => json!({ "type": "FOOTER", "text": text }),
        Component::AuthenticationFooter { code_expiration_minutes } => {
            json!({ "type": "FOOTER", "code_expiration_minutes": code_expiration_minutes })
        }
        Component::Buttons(buttons) => {
            let buttons: Vec<_> = buttons.iter().map(button_json).collect();
            json!({ "type": "BUTTONS", "buttons": buttons })
        }
        Component::Opaque(value) => value.clone(),
    }
}

/// Samples in the nested shape that reads back, which is the one that Meta's examples have.
fn with_example(mut value: Value, samples: &Samples, key: &str, nested: bool) -> Value {
    let example = match samples {
        _ if samples.is_empty() => return value,
        Samples::Positional(samples) if nested => json!({ key: [samples] }),
        Samples::Positional(samples) => json!({ key: samples }),
        Samples::Named(samples) => {
            let key = format!("{key}_named_params");
            let params: Vec<_> = samples
                .iter()
                .map(|(name, sample)| json!({ "param_name": name, "example": sample }))
                .collect();
            json!({ key: params })
        }
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("example".into(), example);
    }
    value
}

fn button_json(button: &Button) -> Value {
    match button {
        Button::QuickReply { text } => json!({ "type": "QUICK_REPLY", "text": text }),
        Button::Url { text, url, example: None } => json!({ "type": "URL", "text": text, "url": url }),
        Button::Url { text, url, example: Some(example) } => {
            json!({ "type": "URL", "text": text, "url": url, "example": [example] })
        }
        Button::PhoneNumber { text, phone_number } => {
            json!({ "type": "PHONE_NUMBER", "text": text, "phone_number": phone_number })
        }
        Button::CopyCode { example } => json!({ "type": "COPY_CODE", "example": example }),
        Button::Otp { otp_type: OtpType::CopyCode, text: None } => {
            json!({ "type": "OTP", "otp_type": "COPY_CODE" })
        }
        Button::Otp { otp_type: OtpType::CopyCode, text: Some(text) } => {
            json!({ "type": "OTP", "otp_type": "COPY_CODE", "text": text })
        }
        Button::Opaque(value) => value.clone(),
    }
}

/// Reads a version; `None` where it lacks what identifies it.
pub fn read_deployed(value: &Value) -> Option<Deployed> {
    let upper = |key: &str| text(value, key).map(|word| word.to_ascii_uppercase());
    let category = upper("category").unwrap_or_default();
    let authentication = category == "AUTHENTICATION";
    let components = value.get("components").and_then(Value::as_array);
    let components =
        components.map(|list| list.iter().map(|item| read_component(item, authentication)).collect());
    let named = upper("parameter_format").is_some_and(|word| word == "NAMED");
    Some(Deployed {
        id: text(value, "id")?,
        key: VersionKey { name: text(value, "name")?, language: text(value, "language")?.replace('-', "_") },
        status: Status::new(&text(value, "status").unwrap_or_default()),
        previous_category: upper("previous_category").filter(|word| !word.is_empty()),
        correct_category: upper("correct_category").filter(|word| !word.is_empty()),
        parameter_format: if named { ParameterFormat::Named } else { ParameterFormat::Positional },
        ttl: value.get("message_send_ttl_seconds").and_then(number),
        rejected_reason: upper("rejected_reason").filter(|word| word != "NONE" && !word.is_empty()),
        quality: value.pointer("/quality_score/score").and_then(Value::as_str).map(str::to_ascii_uppercase),
        auto_generated: upper("source").is_some_and(|word| word == "AUTO_GENERATED"),
        components: components.unwrap_or_default(),
        category,
    })
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

fn read_component(value: &Value, authentication: bool) -> Component {
    let word = |key: &str| text(value, key).unwrap_or_default().to_ascii_uppercase();
    let own_text = text(value, "text");
    let known = match (word("type").as_str(), own_text) {
        ("HEADER", own_text) => read_header(value, &word("format"), own_text),
        ("BODY", _) if authentication || value.get("add_security_recommendation").is_some() => {
            let flag = value.get("add_security_recommendation").and_then(Value::as_bool).unwrap_or(false);
            Some(Component::AuthenticationBody { add_security_recommendation: flag })
        }
        ("BODY", Some(text)) => Some(Component::Body { text, samples: read_samples(value, "body_text") }),
        ("FOOTER", own_text) => match (value.get("code_expiration_minutes").and_then(number), own_text) {
            (Some(minutes), _) => Some(Component::AuthenticationFooter { code_expiration_minutes: minutes }),
            (None, Some(text)) => Some(Component::Footer { text }),
            (None, None) => None,
        },
        ("BUTTONS", _) => value
            .get("buttons")
            .and_then(Value::as_array)
            .map(|buttons| Component::Buttons(buttons.iter().map(read_button).collect())),
        _ => None,
    };
    known.unwrap_or_else(|| Component::Opaque(value.clone()))
}

fn read_header(value: &Value, format: &str, own_text: Option<String>) -> Option<Component> {
    match format {
        "TEXT" | "" => {
            Some(Component::HeaderText { text: own_text?, samples: read_samples(value, "header_text") })
        }
        "LOCATION" => Some(Component::HeaderLocation),
        _ => {
            let format =
                MediaFormat::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(format))?;
            let link = value.pointer("/example/header_handle/0").and_then(Value::as_str).unwrap_or_default();
            Some(Component::HeaderMedia { format, sample: MediaSample::Link(link.to_owned()) })
        }
    }
}

/// Samples in any of the shapes that have been seen: nested, flat, a bare text, named, or none.
fn read_samples(value: &Value, key: &str) -> Samples {
    let example = value.get("example").unwrap_or(&Value::Null);
    if let Some(named) = example.get(format!("{key}_named_params")).and_then(Value::as_array) {
        let pair =
            |item: &Value| Some((text(item, "param_name")?, text(item, "example").unwrap_or_default()));
        return Samples::Named(named.iter().filter_map(pair).collect());
    }
    let texts = |items: &[Value]| items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let samples = match example.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(items)) => match items.first() {
            Some(Value::Array(inner)) => texts(inner),
            _ => texts(items),
        },
        _ => Vec::new(),
    };
    Samples::Positional(samples)
}

fn read_button(value: &Value) -> Button {
    let kind = text(value, "type").unwrap_or_default().to_ascii_uppercase();
    let label = text(value, "text");
    let example = || match value.get("example") {
        Some(Value::String(one)) => Some(one.clone()),
        Some(Value::Array(items)) => items.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let known = match (kind.as_str(), label) {
        ("QUICK_REPLY", Some(text)) => Some(Button::QuickReply { text }),
        ("URL", Some(text)) => self::text(value, "url").and_then(|url| read_url(text, url, example())),
        ("PHONE_NUMBER", Some(text)) => {
            self::text(value, "phone_number").map(|phone_number| Button::PhoneNumber { text, phone_number })
        }
        ("COPY_CODE", _) => Some(Button::CopyCode { example: example() }),
        ("OTP", text) if is_copy_code(value) => Some(Button::Otp { otp_type: OtpType::CopyCode, text }),
        _ => None,
    };
    known.unwrap_or_else(|| Button::Opaque(value.clone()))
}

fn is_copy_code(value: &Value) -> bool {
    text(value, "otp_type").is_some_and(|word| word.eq_ignore_ascii_case("COPY_CODE"))
}

/// A URL button, or the code button that reads back as one.
fn read_url(text: String, url: String, example: Option<String>) -> Option<Button> {
    if !url.starts_with(OTP_ADDRESS) {
        return Some(Button::Url { text, url, example });
    }
    url.contains("otp_type=COPY_CODE")
        .then_some(Button::Otp { otp_type: OtpType::CopyCode, text: Some(text) })
}
