//! Templates in Meta's JSON, both ways.

use serde_json::{Map, Value, json};

use super::text;
use crate::model::{FlowAction, MediaFormat, OtpType, ParameterFormat};
use crate::payload::{
    Button, Component, Deployed, FixedButton, Library, MediaSample, Payload, Samples, Status, VersionKey,
};

/// The address that an authentication template's code button reads back as.
const OTP_ADDRESS: &str = "https://www.whatsapp.com/otp/code/";

/// The body of a creation. Keys have a fixed order, so that equal payloads are equal bytes.
pub fn payload_json(payload: &Payload) -> Value {
    let mut fields = Map::new();
    fields.insert("name".into(), payload.key.name.as_str().into());
    fields.insert("language".into(), payload.key.language.as_str().into());
    fields.insert("category".into(), payload.category.as_str().to_ascii_uppercase().into());
    fields.insert("parameter_format".into(), payload.parameter_format.as_str().to_ascii_uppercase().into());
    if let Some(ttl) = payload.ttl {
        fields.insert("message_send_ttl_seconds".into(), ttl.into());
    }
    for (name, value) in &payload.options {
        fields.insert((*name).into(), value.clone());
    }
    match &payload.library {
        Some(library) => library_json(&mut fields, library),
        None => {
            drop(fields.insert("components".into(), payload.components.iter().map(component_json).collect()))
        }
    }
    Value::Object(fields)
}

/// Inputs travel as JSON in a string (templates/template-library).
fn library_json(fields: &mut Map<String, Value>, library: &Library) {
    fields.insert("library_template_name".into(), library.template.as_str().into());
    let inputs = [
        ("library_template_button_inputs", &library.buttons),
        ("library_template_body_inputs", &library.body),
    ];
    for (key, input) in inputs {
        if let Some(input) = input {
            fields.insert(key.into(), input.to_string().into());
        }
    }
}

/// A component as it is sent.
pub fn component_json(component: &Component) -> Value {
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
                "format": format.as_str().to_ascii_uppercase(),
                "example": { "header_handle": [sample] },
            })
        }
        Component::HeaderLocation => json!({ "type": "HEADER", "format": "LOCATION" }),
        Component::HeaderProduct => json!({ "type": "HEADER", "format": "PRODUCT" }),
        Component::LimitedTimeOffer { text, has_expiration } => {
            let mut offer = json!({ "text": text });
            put(&mut offer, "has_expiration", has_expiration.map(Value::from));
            json!({ "type": "LIMITED_TIME_OFFER", "limited_time_offer": offer })
        }
        Component::CallPermissionRequest => json!({ "type": "CALL_PERMISSION_REQUEST" }),
        Component::Carousel(cards) => {
            let card = |card: &Vec<Component>| json!({ "components": card.iter().map(component_json).collect::<Vec<_>>() });
            json!({ "type": "CAROUSEL", "cards": cards.iter().map(card).collect::<Vec<_>>() })
        }
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

/// Adds a field that is there.
fn put(value: &mut Value, key: &str, field: Option<Value>) {
    if let (Some(fields), Some(field)) = (value.as_object_mut(), field) {
        fields.insert(key.into(), field);
    }
}

fn button_json(button: &Button) -> Value {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    match button {
        Button::QuickReply { text } => json!({ "type": "QUICK_REPLY", "text": text }),
        Button::Url { text, url, example, app_deep_link } => {
            let mut value = json!({ "type": "URL", "text": text, "url": url });
            put(&mut value, "example", example.as_ref().map(|example| json!([example])));
            let link: Map<_, _> =
                app_deep_link.iter().map(|(key, text)| ((*key).to_owned(), text.as_str().into())).collect();
            put(&mut value, "app_deep_link", (!link.is_empty()).then_some(Value::Object(link)));
            value
        }
        Button::PhoneNumber { text, phone_number } => {
            json!({ "type": "PHONE_NUMBER", "text": text, "phone_number": phone_number })
        }
        Button::CopyCode { example } => json!({ "type": "COPY_CODE", "example": example }),
        Button::Otp { otp_type, text: label, autofill_text, supported_apps, zero_tap_terms_accepted } => {
            let mut value = json!({ "type": "OTP", "otp_type": otp_type.as_str().to_ascii_uppercase() });
            put(&mut value, "text", text(label));
            put(&mut value, "autofill_text", text(autofill_text));
            put(&mut value, "zero_tap_terms_accepted", zero_tap_terms_accepted.map(Value::from));
            let app =
                |(name, hash): &(String, String)| json!({ "package_name": name, "signature_hash": hash });
            let apps: Vec<_> = supported_apps.iter().map(app).collect();
            put(&mut value, "supported_apps", (!apps.is_empty()).then(|| apps.into()));
            value
        }
        Button::Flow { text: label, flow: (key, flow), action, navigate_screen, icon } => {
            let mut value = json!({ "type": "FLOW", "text": label });
            put(&mut value, key, Some(flow.as_str().into()));
            put(&mut value, "flow_action", action.map(|action| action.as_str().to_ascii_uppercase().into()));
            put(&mut value, "navigate_screen", text(navigate_screen));
            put(&mut value, "icon", text(icon));
            value
        }
        Button::Fixed(fixed) => fixed_json(*fixed),
        Button::VoiceCall { text, ttl_minutes } => {
            let mut value = json!({ "type": "VOICE_CALL", "text": text });
            put(&mut value, "ttl_minutes", ttl_minutes.map(Value::from));
            value
        }
        Button::OrderDetails { text } => json!({ "type": "ORDER_DETAILS", "text": text }),
        Button::Opaque(value) => value.clone(),
    }
}

/// Labels that Meta fixes and wants all the same (catalogs/catalog-template-messages and its siblings).
fn fixed_json(button: FixedButton) -> Value {
    match button {
        FixedButton::Catalog => json!({ "type": "CATALOG", "text": "View catalog" }),
        FixedButton::Mpm => json!({ "type": "MPM", "text": "View items" }),
        FixedButton::Spm => json!({ "type": "SPM", "text": "View" }),
        FixedButton::RequestContactInfo => json!({ "type": "REQUEST_CONTACT_INFO" }),
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
        updated: text(value, "last_updated_time").filter(|time| !time.is_empty()),
        library: text(value, "library_template_name").filter(|name| !name.is_empty()),
        auto_generated: upper("source").is_some_and(|word| word == "AUTO_GENERATED"),
        options: read_options(value),
        components: components.unwrap_or_default(),
        json: value.get("components").and_then(Value::as_array).cloned().unwrap_or_default(),
        category,
    })
}

/// Further fields that carry information. Plain marketing templates read back with `CUSTOM`.
fn read_options(value: &Value) -> Vec<(&'static str, Value)> {
    let word = |key: &'static str| {
        let word = text(value, key)?.to_ascii_uppercase();
        (!word.is_empty() && word != "CUSTOM").then(|| (key, word.into()))
    };
    let flag =
        |key: &'static str| value.get(key)?.as_bool().filter(|flag| *flag).map(|flag| (key, flag.into()));
    let fields = [
        word("sub_category"),
        word("display_format"),
        flag("cta_url_link_tracking_opted_out"),
        flag("is_primary_device_delivery_only"),
    ];
    fields.into_iter().flatten().collect()
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// Reads a component; what is not known stays as it is. The text of an authentication template is Meta's.
pub fn read_component(value: &Value, authentication: bool) -> Component {
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
        ("LIMITED_TIME_OFFER", _) => value.get("limited_time_offer").and_then(read_offer),
        ("CALL_PERMISSION_REQUEST", _) => Some(Component::CallPermissionRequest),
        ("CAROUSEL", _) => value.get("cards").and_then(Value::as_array).map(|cards| {
            Component::Carousel(cards.iter().map(|card| read_card(card, authentication)).collect())
        }),
        ("BUTTONS", _) => value
            .get("buttons")
            .and_then(Value::as_array)
            .map(|buttons| Component::Buttons(buttons.iter().map(read_button).collect())),
        _ => None,
    };
    known.unwrap_or_else(|| Component::Opaque(value.clone()))
}

fn read_offer(value: &Value) -> Option<Component> {
    let has_expiration = value.get("has_expiration").and_then(Value::as_bool);
    Some(Component::LimitedTimeOffer { text: text(value, "text")?, has_expiration })
}

fn read_card(value: &Value, authentication: bool) -> Vec<Component> {
    let components = value.get("components").and_then(Value::as_array);
    components.into_iter().flatten().map(|component| read_component(component, authentication)).collect()
}

fn read_header(value: &Value, format: &str, own_text: Option<String>) -> Option<Component> {
    match format {
        "TEXT" | "" => {
            Some(Component::HeaderText { text: own_text?, samples: read_samples(value, "header_text") })
        }
        "LOCATION" => Some(Component::HeaderLocation),
        "PRODUCT" => Some(Component::HeaderProduct),
        _ => {
            let format =
                MediaFormat::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(format))?;
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
    let known = match (kind.as_str(), label) {
        ("QUICK_REPLY", Some(text)) => Some(Button::QuickReply { text }),
        ("URL", Some(label)) => text(value, "url").and_then(|url| read_url(value, label, url)),
        ("PHONE_NUMBER", Some(label)) => {
            text(value, "phone_number").map(|phone_number| Button::PhoneNumber { text: label, phone_number })
        }
        ("COPY_CODE", _) => Some(Button::CopyCode { example: read_example(value) }),
        ("OTP", label) => read_otp(value, label),
        ("FLOW", Some(label)) => read_flow(value, label),
        ("CATALOG", _) => Some(Button::Fixed(FixedButton::Catalog)),
        ("MPM", _) => Some(Button::Fixed(FixedButton::Mpm)),
        ("SPM", _) => Some(Button::Fixed(FixedButton::Spm)),
        ("REQUEST_CONTACT_INFO", _) => Some(Button::Fixed(FixedButton::RequestContactInfo)),
        ("VOICE_CALL", Some(text)) => {
            Some(Button::VoiceCall { text, ttl_minutes: value.get("ttl_minutes").and_then(number) })
        }
        ("ORDER_DETAILS", Some(text)) => Some(Button::OrderDetails { text }),
        _ => None,
    };
    known.unwrap_or_else(|| Button::Opaque(value.clone()))
}

fn read_example(value: &Value) -> Option<String> {
    match value.get("example") {
        Some(Value::String(one)) => Some(one.clone()),
        Some(Value::Array(items)) => items.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// A URL button, or the code button that reads back as one.
fn read_url(value: &Value, label: String, url: String) -> Option<Button> {
    if url.starts_with(OTP_ADDRESS) {
        let mut words = OtpType::ALL.into_iter();
        let otp_type =
            words.find(|kind| url.contains(&format!("otp_type={}", kind.as_str().to_ascii_uppercase())))?;
        return Some(otp_of_address(otp_type, label, &url));
    }
    let link = ["meta_app_id", "android_deep_link", "android_fallback_playstore_url"];
    let deep_link = value.get("app_deep_link");
    let link = link.into_iter().filter_map(|key| Some((key, text(deep_link?, key)?)));
    Some(Button::Url { text: label, url, example: read_example(value), app_deep_link: link.collect() })
}

fn read_otp(value: &Value, label: Option<String>) -> Option<Button> {
    let apps = value.get("supported_apps").and_then(Value::as_array);
    let app = |app: &Value| Some((text(app, "package_name")?, text(app, "signature_hash")?));
    Some(Button::Otp {
        otp_type: OtpType::new(&text(value, "otp_type")?)?,
        text: label,
        autofill_text: text(value, "autofill_text"),
        supported_apps: apps.into_iter().flatten().filter_map(app).collect(),
        zero_tap_terms_accepted: value.get("zero_tap_terms_accepted").and_then(Value::as_bool),
    })
}

/// A code button that reads back as an address. Apps and the second label are expected in its query, and unseen.
fn otp_of_address(otp_type: OtpType, label: String, url: &str) -> Button {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = || url::form_urlencoded::parse(query.as_bytes());
    let all =
        |key: &'static str| pairs().filter(move |(own, _)| own == key).map(|(_, text)| text.into_owned());
    Button::Otp {
        otp_type,
        text: Some(label),
        autofill_text: all("cta_display_name").next(),
        supported_apps: all("package_name").zip(all("signature_hash")).collect(),
        zero_tap_terms_accepted: None,
    }
}

/// Names and definitions are expected to come back as ids alone.
fn read_flow(value: &Value, label: String) -> Option<Button> {
    let flow =
        ["flow_id", "flow_name", "flow_json"].into_iter().find_map(|key| Some((key, text(value, key)?)))?;
    Some(Button::Flow {
        text: label,
        flow,
        action: text(value, "flow_action").and_then(|word| FlowAction::new(&word)),
        navigate_screen: text(value, "navigate_screen"),
        icon: text(value, "icon").map(|word| word.to_ascii_uppercase()),
    })
}
