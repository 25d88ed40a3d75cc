//! Webhook subscriptions: the app's to fields, and the account's to the app.

use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::endpoints::nodes;
use crate::endpoints::token::Token;
use crate::graph_error::GraphError;
use crate::model::account::Subscription;
use crate::model::webhook_target::{WebhookTarget, is_loopback_url};
use crate::protocol::request::ApiRequest;
use crate::state::store::WebhookRegistration;

// An override address may not be longer (Meta: webhook overrides).
const MAX_OVERRIDE_LEN: usize = 200;

/// The address of this machine that a call wants webhooks at, and its token: to be verified before the call is
/// answered.
pub(crate) fn callback(call: &ApiRequest) -> Option<(String, String)> {
    let edge = call.path.get(1).map(String::as_str);
    let key = match (call.method.as_str(), edge) {
        ("POST", Some("subscriptions")) => "callback_url",
        ("POST", Some("subscribed_apps")) => "override_callback_uri",
        _ => return None,
    };
    let (address, token) = (call.text(key)?, call.text("verify_token")?);
    is_loopback_url(address).then(|| (address.to_owned(), token.to_owned()))
}

/// `/{waba}/subscribed_apps`: the account's subscription, and an override URL for message webhooks.
pub(crate) fn for_account(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    match call.method.as_str() {
        "GET" => return Ok(json!({"data": subscriptions(emulator)})),
        "DELETE" => emulator.account.data.subscription = None,
        _ => emulator.account.data.subscription = Some(wanted(emulator, call)?),
    }
    Ok(json!({"success": true}))
}

/// `/{app}/subscriptions`: webhook target and fields. Only the app's token may set them.
pub(crate) fn for_app(
    emulator: &mut Emulator,
    call: &ApiRequest,
    token: &Token,
) -> Result<Value, GraphError> {
    if token.kind != "APP" {
        return Err(GraphError::forbidden(15, "This method must be called with an app access_token."));
    }
    match call.method.as_str() {
        "GET" => return Ok(json!({"data": emulator.target().map(describe).into_iter().collect::<Vec<_>>()})),
        "DELETE" => emulator.registered = Some(WebhookRegistration { target: None }),
        _ => emulator.registered = Some(WebhookRegistration { target: Some(target(emulator, call)?) }),
    }
    Ok(json!({"success": true}))
}

fn target(emulator: &Emulator, call: &ApiRequest) -> Result<WebhookTarget, GraphError> {
    let required =
        |key: &str| call.text(key).filter(|text| !text.is_empty()).ok_or_else(|| GraphError::missing(key));
    if required("object")? != "whatsapp_business_account" {
        return Err(GraphError::parameter("Param object must be whatsapp_business_account."));
    }
    let address = required("callback_url")?;
    check_webhooks(emulator)?;
    if !is_loopback_url(address) {
        return Err(GraphError::parameter("The sandbox calls http addresses of this machine only"));
    }
    check_callback(call)?;
    let usual = emulator.target().cloned().unwrap_or_else(|| WebhookTarget::new(address));
    Ok(WebhookTarget {
        url: address.to_owned(),
        verify_token: required("verify_token")?.to_owned(),
        fields: call.list("fields").unwrap_or_default(),
        ..usual
    })
}

fn describe(target: &WebhookTarget) -> Value {
    let fields = target.fields.iter().map(|name| json!({"name": name, "version": "v26.0"}));
    json!({
        "object": "whatsapp_business_account",
        "callback_url": target.url,
        "active": true,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn subscriptions(emulator: &Emulator) -> Vec<Value> {
    let entry = |subscription: &Subscription| {
        let app = nodes::app_node(emulator);
        let mut entry = Map::from_iter([("whatsapp_business_api_data".to_owned(), app)]);
        if let Some(address) = &subscription.override_callback_uri {
            entry.insert("override_callback_uri".to_owned(), Value::from(address.as_str()));
        }
        Value::Object(entry)
    };
    emulator.account.data.subscription.iter().map(entry).collect()
}

fn wanted(emulator: &Emulator, call: &ApiRequest) -> Result<Subscription, GraphError> {
    let Some(address) = call.text("override_callback_uri") else { return Ok(Subscription::default()) };
    check_webhooks(emulator)?;
    let allowed = address.starts_with("https://") || is_loopback_url(address);
    if address.len() > MAX_OVERRIDE_LEN || !allowed {
        return Err(GraphError::parameter(format!(
            "Param override_callback_uri must be an https URL of at most {MAX_OVERRIDE_LEN} characters"
        )));
    }
    let Some(token) = call.text("verify_token").filter(|token| !token.is_empty()) else {
        return Err(GraphError::parameter(
            "The parameter verify_token is required along with override_callback_uri.",
        ));
    };
    check_callback(call)?;
    Ok(Subscription { override_callback_uri: Some(address.to_owned()), verify_token: Some(token.to_owned()) })
}

/// Refuses to register an address where none is ever called.
pub(crate) fn check_webhooks(emulator: &Emulator) -> Result<(), GraphError> {
    match emulator.settings.webhooks {
        true => Ok(()),
        false => Err(GraphError::parameter("This sandbox calls no webhooks; start `watpl sandbox` for them")),
    }
}

// General Graph behaviour.
fn check_callback(call: &ApiRequest) -> Result<(), GraphError> {
    match &call.unverified {
        None => Ok(()),
        Some(reason) => Err(GraphError::callback(format!("Callback verification failed: {reason}"))),
    }
}
