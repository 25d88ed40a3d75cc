//! The template library: search, and templates created from it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::graph_error::GraphError;
use crate::model::json::{plain, structured};
use crate::model::submission::JsonObject;
use crate::protocol::request::ApiRequest;

// Written for the sandbox: Meta's library has other templates, and hundreds of them.
const LIBRARY: &str = include_str!("library.json");

// Sentences that a call can add to the body.
const SENTENCES: [(&str, &str); 4] = [
    ("add_contact_number", "Do you have questions? Call us at any time."),
    ("add_learn_more_link", "Follow the link below for details."),
    ("add_track_package_link", "Follow your parcel by the link below."),
    ("add_security_recommendation", "Do not share this with anyone."),
];

/// A template of the library.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LibraryTemplate {
    name: String,
    language: String,
    category: String,
    topic: String,
    usecase: String,
    industry: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    body: String,
    body_params: Vec<String>,
    body_param_types: Vec<String>,
    buttons: Vec<Value>,
    id: String,
}

/// A create call that names a library template, rewritten as an ordinary one.
pub(crate) struct ExpandedCall {
    pub(crate) name: String,
    pub(crate) parameters: JsonObject,
    pub(crate) parameter_types: Vec<String>,
}

/// `GET /message_template_library`.
pub(crate) fn search(call: &ApiRequest) -> Result<Value, GraphError> {
    let wanted = |key: &str| call.text(key).unwrap_or_default().to_lowercase();
    let (search, name) = (wanted("search"), wanted("name"));
    let is = |key: &str, own: &str| {
        call.list(key).is_none_or(|list| list.iter().any(|item| item.eq_ignore_ascii_case(own)))
    };
    let fits = |entry: &LibraryTemplate| {
        let text = format!("{} {} {}", entry.name, entry.header.as_deref().unwrap_or_default(), entry.body);
        text.to_lowercase().contains(&search)
            && entry.name.contains(&name)
            && is("topic", &entry.topic)
            && is("usecase", &entry.usecase)
            && is("language", &entry.language)
            && call.list("industry").is_none_or(|list| list.iter().any(|item| entry.industry.contains(item)))
    };
    let found: Vec<LibraryTemplate> = entries()?.into_iter().filter(fits).collect();
    Ok(json!({"data": found}))
}

/// Expands a create call that names a library template; `None` for other calls.
pub(crate) fn expand(parameters: &JsonObject) -> Result<Option<ExpandedCall>, GraphError> {
    let Some(name) = parameters.get("library_template_name").and_then(Value::as_str) else {
        return Ok(None);
    };
    let language =
        parameters.get("language").and_then(Value::as_str).ok_or_else(|| GraphError::missing("language"))?;
    let entry = entries()?.into_iter().find(|entry| entry.name == name && entry.language == language);
    let entry = entry.ok_or_else(|| {
        GraphError::parameter(format!("The template library has no template {name} in {language}"))
    })?;
    if parameters.contains_key("components") {
        return Err(GraphError::parameter("A template out of the library takes no components"));
    }
    let category = parameters.get("category").and_then(Value::as_str).unwrap_or(&entry.category);
    if !category.eq_ignore_ascii_case(&entry.category) {
        return Err(GraphError::parameter(format!(
            "The template {name} of the library is {}",
            entry.category
        )));
    }
    let mut expanded = parameters.clone();
    let mut take = |key: &str| expanded.shift_remove(key).map_or(Value::Null, |value| structured(&value));
    let (buttons, body) = (take("library_template_button_inputs"), take("library_template_body_inputs"));
    drop(take("library_template_name"));
    expanded.insert("category".to_owned(), Value::from(entry.category.as_str()));
    expanded.insert("components".to_owned(), components(&entry, &buttons, &body)?);
    Ok(Some(ExpandedCall { name: entry.name, parameters: expanded, parameter_types: entry.body_param_types }))
}

fn entries() -> Result<Vec<LibraryTemplate>, GraphError> {
    serde_json::from_str(LIBRARY).map_err(|error| GraphError::internal(error.to_string()))
}

fn components(entry: &LibraryTemplate, buttons: &Value, body: &Value) -> Result<Value, GraphError> {
    if entry.category == "AUTHENTICATION" {
        return authentication(entry, buttons, body);
    }
    let mut text = entry.body.clone();
    let wanted = |key: &str| body.get(key).map(plain).as_deref() == Some("true");
    for (_, sentence) in SENTENCES.iter().filter(|(key, _)| wanted(key)) {
        text = format!("{text} {sentence}");
    }
    let mut components = Vec::new();
    components
        .extend(entry.header.iter().map(|text| json!({"type": "HEADER", "format": "TEXT", "text": text})));
    components.push(json!({"type": "BODY", "text": text, "example": {"body_text": [entry.body_params]}}));
    let shown = inputs(entry, buttons)?;
    if !shown.is_empty() {
        components.push(json!({"type": "BUTTONS", "buttons": shown}));
    }
    Ok(Value::from(components))
}

fn authentication(entry: &LibraryTemplate, buttons: &Value, body: &Value) -> Result<Value, GraphError> {
    let advised = body.get("add_security_recommendation").map(plain).as_deref() == Some("true");
    let mut components = vec![json!({"type": "BODY", "add_security_recommendation": advised})];
    if let Some(minutes) = body.get("code_expiration_minutes") {
        components.push(json!({"type": "FOOTER", "code_expiration_minutes": minutes}));
    }
    components.push(json!({"type": "BUTTONS", "buttons": inputs(entry, buttons)?}));
    Ok(Value::from(components))
}

// The buttons of the library template, with the inputs of the call, in order.
fn inputs(entry: &LibraryTemplate, inputs: &Value) -> Result<Vec<Value>, GraphError> {
    let inputs = inputs.as_array().cloned().unwrap_or_default();
    if inputs.len() != entry.buttons.len() && !(inputs.is_empty() && entry.category == "AUTHENTICATION") {
        return Err(GraphError::parameter(format!(
            "The template {} takes {} library_template_button_inputs - got {}.",
            entry.name,
            entry.buttons.len(),
            inputs.len()
        )));
    }
    let blank = json!({});
    entry
        .buttons
        .iter()
        .enumerate()
        .map(|(at, button)| fill(button, inputs.get(at).unwrap_or(&blank)))
        .collect()
}

fn fill(button: &Value, input: &Value) -> Result<Value, GraphError> {
    let kind = button.get("type").and_then(Value::as_str).unwrap_or_default();
    let sent = input.get("type").and_then(Value::as_str);
    if sent.is_some_and(|sent| !sent.eq_ignore_ascii_case(kind)) {
        return Err(GraphError::parameter(format!(
            "The button is of type {kind}, not {}",
            sent.unwrap_or_default()
        )));
    }
    let missing_parameter =
        |key: &str| GraphError::parameter(format!("The button of type {kind} needs {key}"));
    let mut filled = button.as_object().cloned().unwrap_or_default();
    match kind {
        "URL" => {
            let url = input.get("url").ok_or_else(|| missing_parameter("url"))?;
            let base = url.get("base_url").ok_or_else(|| missing_parameter("base_url"))?;
            filled.insert("url".to_owned(), base.clone());
            let sample = url.get("url_suffix_example").map(|sample| ("example".to_owned(), json!([sample])));
            filled.extend(sample);
        }
        "PHONE_NUMBER" => {
            let number = input.get("phone_number").ok_or_else(|| missing_parameter("phone_number"))?;
            filled.insert("phone_number".to_owned(), Value::from(plain(number)));
        }
        _ => {
            filled.insert("otp_type".to_owned(), json!("COPY_CODE"));
            let own = input.as_object().cloned().unwrap_or_default();
            filled.extend(own.into_iter().filter(|(key, _)| key != "type").collect::<Map<_, _>>());
        }
    }
    Ok(Value::Object(filled))
}
