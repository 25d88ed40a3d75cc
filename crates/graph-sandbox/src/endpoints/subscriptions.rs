//! Who gets webhooks: the app's subscription to fields, and the account's to the app.

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::nodes;
use crate::endpoints::token::Token;
use crate::graph_error::Refusal;
use crate::model::account::Subscription;
use crate::model::webhook_target::{Target, is_near};
use crate::protocol::request::Call;
use crate::state::store::Registered;

// An override address may not be longer (Meta: webhook overrides).
const LONGEST_OVERRIDE: usize = 200;

/// The address of this machine that a call wants webhooks at, and its token: to be verified before the call is
/// answered.
pub(crate) fn callback(call: &Call) -> Option<(String, String)> {
    let edge = call.path.get(1).map(String::as_str);
    let key = match (call.method.as_str(), edge) {
        ("POST", Some("subscriptions")) => "callback_url",
        ("POST", Some("subscribed_apps")) => "override_callback_uri",
        _ => return None,
    };
    let (address, token) = (call.text(key)?, call.text("verify_token")?);
    is_near(address).then(|| (address.to_owned(), token.to_owned()))
}

/// `/{waba}/subscribed_apps`: whether the app gets webhooks, and where to those of messages go.
pub(crate) fn of_account(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    match call.method.as_str() {
        "GET" => return Ok(json!({"data": subscriptions(world)})),
        "DELETE" => world.account.books.subscription = None,
        _ => world.account.books.subscription = Some(wanted(world, call)?),
    }
    Ok(json!({"success": true}))
}

/// `/{app}/subscriptions`: where webhooks go, and which. Only a token of the app itself may say.
pub(crate) fn of_app(world: &mut World, call: &Call, token: &Token) -> Result<Value, Refusal> {
    if token.kind != "APP" {
        return Err(Refusal::forbidden(15, "This method must be called with an app access_token."));
    }
    match call.method.as_str() {
        "GET" => return Ok(json!({"data": world.target().map(describe).into_iter().collect::<Vec<_>>()})),
        "DELETE" => world.registered = Some(Registered { target: None }),
        _ => world.registered = Some(Registered { target: Some(target(world, call)?) }),
    }
    Ok(json!({"success": true}))
}

fn target(world: &World, call: &Call) -> Result<Target, Refusal> {
    let required =
        |key: &str| call.text(key).filter(|text| !text.is_empty()).ok_or_else(|| Refusal::missing(key));
    if required("object")? != "whatsapp_business_account" {
        return Err(Refusal::parameter("Param object must be whatsapp_business_account."));
    }
    let address = required("callback_url")?;
    check_webhooks(world)?;
    if !is_near(address) {
        return Err(Refusal::parameter("The sandbox calls http addresses of this machine only"));
    }
    check_callback(call)?;
    let usual = world.target().cloned().unwrap_or_else(|| Target::new(address));
    Ok(Target {
        url: address.to_owned(),
        verify_token: required("verify_token")?.to_owned(),
        fields: call.list("fields").unwrap_or_default(),
        ..usual
    })
}

fn describe(target: &Target) -> Value {
    let fields = target.fields.iter().map(|name| json!({"name": name, "version": "v26.0"}));
    json!({
        "object": "whatsapp_business_account",
        "callback_url": target.url,
        "active": true,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn subscriptions(world: &World) -> Vec<Value> {
    let entry = |subscription: &Subscription| {
        let app = nodes::app_node(world);
        let mut entry = Map::from_iter([("whatsapp_business_api_data".to_owned(), app)]);
        if let Some(address) = &subscription.override_callback_uri {
            entry.insert("override_callback_uri".to_owned(), Value::from(address.as_str()));
        }
        Value::Object(entry)
    };
    world.account.books.subscription.iter().map(entry).collect()
}

fn wanted(world: &World, call: &Call) -> Result<Subscription, Refusal> {
    let Some(address) = call.text("override_callback_uri") else { return Ok(Subscription::default()) };
    check_webhooks(world)?;
    let allowed = address.starts_with("https://") || is_near(address);
    if address.len() > LONGEST_OVERRIDE || !allowed {
        return Err(Refusal::parameter(format!(
            "Param override_callback_uri must be an https URL of at most {LONGEST_OVERRIDE} characters"
        )));
    }
    let Some(token) = call.text("verify_token").filter(|token| !token.is_empty()) else {
        return Err(Refusal::parameter(
            "The parameter verify_token is required along with override_callback_uri.",
        ));
    };
    check_callback(call)?;
    Ok(Subscription { override_callback_uri: Some(address.to_owned()), verify_token: Some(token.to_owned()) })
}

/// Refuses to register an address where none is ever called.
pub(crate) fn check_webhooks(world: &World) -> Result<(), Refusal> {
    match world.settings.webhooks {
        true => Ok(()),
        false => Err(Refusal::parameter("This sandbox calls no webhooks; start `watpl sandbox` for them")),
    }
}

// General Graph behaviour.
fn check_callback(call: &Call) -> Result<(), Refusal> {
    match &call.unverified {
        None => Ok(()),
        Some(reason) => Err(Refusal::callback(format!("Callback verification failed: {reason}"))),
    }
}
