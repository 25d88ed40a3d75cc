//! The account, its phone number, its app, its subscription, and the token.

use serde_json::{Map, Value, json};

use crate::sandbox::account::Subscription;
use crate::sandbox::call::Call;
use crate::sandbox::fields::{self, Node};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::world::World;

// Fields of the account (Meta's SDK) and those that come unasked (Meta's OpenAPI description).
const ACCOUNT: Node = Node {
    name: "WhatsAppBusinessAccount",
    all: &[
        "id",
        "name",
        "message_template_namespace",
        "timezone_id",
        "currency",
        "status",
        "account_review_status",
        "business_verification_status",
        "country",
        "ownership_type",
        "owner_business_info",
        "on_behalf_of_business_info",
        "primary_business_location",
        "health_status",
        "is_enabled_for_insights",
        "marketing_messages_onboarding_status",
        "marketing_messages_lite_api_status",
        "disable_marketing_messages_on_cloud_api",
        "template_auto_archival_enabled",
        "whatsapp_business_manager_messaging_limit",
    ],
    default: &["id", "name", "timezone_id", "message_template_namespace"],
};

const PHONE: Node = Node {
    name: "WhatsAppBusinessPhoneNumber",
    all: &[
        "id",
        "verified_name",
        "display_phone_number",
        "quality_rating",
        "code_verification_status",
        "platform_type",
        "throughput",
        "status",
        "name_status",
    ],
    default: &[
        "verified_name",
        "code_verification_status",
        "display_phone_number",
        "quality_rating",
        "platform_type",
        "throughput",
        "id",
    ],
};

const APP: Node =
    Node { name: "Application", all: &["id", "name", "link"], default: &["link", "name", "id"] };

// An override address may not be longer (Meta: webhook overrides).
const LONGEST_OVERRIDE: usize = 200;

/// `GET /{waba}`.
pub(crate) fn account(world: &World, call: &Call) -> Result<Value, Refusal> {
    let node = json!({
        "id": world.settings.waba,
        "name": "Sandbox",
        "timezone_id": "1",
        "message_template_namespace": "5a4d0b0c_5a4d_0b0c_5a4d_0b0c5a4d0b0c",
        "currency": "USD",
        "status": "ACTIVE",
        "account_review_status": "APPROVED",
        "business_verification_status": "not_verified",
        "country": "US",
        "ownership_type": "SELF",
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
        "is_enabled_for_insights": false,
    });
    show(call, &ACCOUNT, &node)
}

/// `GET /{phone-number-id}`.
pub(crate) fn phone_number(world: &World, call: &Call) -> Result<Value, Refusal> {
    let node = json!({
        "id": world.settings.phone,
        "verified_name": "Sandbox",
        "display_phone_number": "+1 555-078-3881",
        "quality_rating": "UNKNOWN",
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "name_status": "APPROVED",
    });
    show(call, &PHONE, &node)
}

/// `GET /{waba}/phone_numbers`.
pub(crate) fn phone_numbers(world: &World, call: &Call) -> Result<Value, Refusal> {
    let cursors = json!({"before": "QVFIUA", "after": "QVFIUA"});
    Ok(json!({"data": [phone_number(world, call)?], "paging": {"cursors": cursors}}))
}

/// `GET /{app}`.
pub(crate) fn app(world: &World, call: &Call) -> Result<Value, Refusal> {
    show(call, &APP, &app_node(world))
}

/// `/{waba}/subscribed_apps`: whether and where the app gets webhooks.
pub(crate) fn subscribed_apps(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    match call.method.as_str() {
        "GET" => return Ok(json!({"data": subscriptions(world)})),
        "DELETE" => world.account.subscription = None,
        _ => world.account.subscription = Some(subscription(call)?),
    }
    Ok(json!({"success": true}))
}

/// `GET /debug_token`: only the sandbox's own token is valid, it never expires and sees the one account.
pub(crate) fn debug_token(world: &World, call: &Call) -> Result<Value, Refusal> {
    let asked = call
        .text("input_token")
        .ok_or_else(|| Refusal::parameter("The parameter input_token is required."))?;
    if asked != world.settings.token {
        let error = json!({"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"});
        return Ok(json!({"data": {"error": error, "is_valid": false, "scopes": []}}));
    }
    let targets = [&world.settings.waba];
    Ok(json!({"data": {
        "app_id": world.settings.app,
        "type": "SYSTEM_USER",
        "application": "Sandbox",
        "data_access_expires_at": 0,
        "expires_at": 0,
        "is_valid": true,
        "issued_at": world.account.now(),
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [
            {"scope": "whatsapp_business_management", "target_ids": targets},
            {"scope": "whatsapp_business_messaging", "target_ids": targets},
        ],
        "user_id": "400000000000000",
    }}))
}

fn subscriptions(world: &World) -> Vec<Value> {
    let entry = |subscription: &Subscription| {
        let mut entry = Map::from_iter([("whatsapp_business_api_data".to_owned(), app_node(world))]);
        if let Some(address) = &subscription.override_callback_uri {
            entry.insert("override_callback_uri".to_owned(), Value::from(address.as_str()));
        }
        Value::Object(entry)
    };
    world.account.subscription.iter().map(entry).collect()
}

fn subscription(call: &Call) -> Result<Subscription, Refusal> {
    let Some(address) = call.text("override_callback_uri") else { return Ok(Subscription::default()) };
    if address.len() > LONGEST_OVERRIDE || !address.starts_with("https://") {
        return Err(Refusal::parameter(format!(
            "Param override_callback_uri must be an https URL of at most {LONGEST_OVERRIDE} characters"
        )));
    }
    if call.text("verify_token").is_none_or(str::is_empty) {
        return Err(Refusal::parameter(
            "The parameter verify_token is required along with override_callback_uri.",
        ));
    }
    Ok(Subscription { override_callback_uri: Some(address.to_owned()) })
}

fn app_node(world: &World) -> Value {
    json!({"link": "https://www.facebook.com/games/?app_id=0", "name": "Sandbox", "id": world.settings.app})
}

fn show(call: &Call, kind: &Node, node: &Value) -> Result<Value, Refusal> {
    let wanted = fields::wanted(call, kind)?;
    Ok(node.as_object().map(|node| fields::project(node, &wanted)).unwrap_or_default())
}
