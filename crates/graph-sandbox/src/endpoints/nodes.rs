//! The account, its phone number, its app, its subscription, and the token.

use serde_json::{Value, json};

use crate::emulator::World;
use crate::endpoints::fields::{self, Node};
use crate::endpoints::token::{self, Token};
use crate::graph_error::Refusal;
use crate::protocol::request::Call;

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

// What can be set (Meta's SDK).
const SWITCHES: [&str; 3] =
    ["is_enabled_for_insights", "disable_marketing_messages_on_cloud_api", "template_auto_archival_enabled"];

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

/// `GET /{waba}`.
pub(crate) fn account(world: &World, call: &Call) -> Result<Value, Refusal> {
    let flags = &world.account.books.flags;
    let node = json!({
        "id": world.account.id,
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
        "is_enabled_for_insights": flags.is_enabled_for_insights,
        "disable_marketing_messages_on_cloud_api": flags.disable_marketing_messages_on_cloud_api,
        "template_auto_archival_enabled": !flags.no_template_archival,
    });
    show(call, &ACCOUNT, &node)
}

/// `POST /{waba}`: its switches.
pub(crate) fn change_account(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let mut flags = world.account.books.flags.clone();
    let mut some = false;
    for key in SWITCHES {
        let Some(value) = call.parameters.get(key) else { continue };
        let on = value.as_bool().or_else(|| value.as_str()?.parse().ok());
        let on = on.ok_or_else(|| Refusal::parameter(format!("Param {key} must be a boolean.")))?;
        match key {
            // Once they are on, they stay on (Meta: analytics).
            "is_enabled_for_insights" if !on && flags.is_enabled_for_insights => {
                return Err(Refusal::general(200_006, "Insights cannot be disabled"));
            }
            "is_enabled_for_insights" => flags.is_enabled_for_insights = on,
            "disable_marketing_messages_on_cloud_api" => flags.disable_marketing_messages_on_cloud_api = on,
            _ => flags.no_template_archival = !on,
        }
        some = true;
    }
    if !some {
        return Err(Refusal::parameter(format!("One of {SWITCHES:?} is required.")));
    }
    world.account.books.flags = flags;
    Ok(json!({"id": world.account.id}))
}

/// `GET /{phone-number-id}`.
pub(crate) fn phone_number(world: &World, call: &Call) -> Result<Value, Refusal> {
    let node = json!({
        "id": world.account.phone,
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

/// `GET /debug_token`: what a token is good for; one that nobody knows is told about, not refused.
pub(crate) fn debug_token(world: &World, call: &Call) -> Result<Value, Refusal> {
    let asked = call.text("input_token").ok_or_else(|| Refusal::missing("input_token"))?;
    match token::known(world, asked) {
        Some(token) => Ok(json!({"data": token.describe(world)})),
        None => {
            let message = "Invalid OAuth access token - Cannot parse access token";
            let error = json!({"code": 190, "message": message});
            Ok(json!({"data": {"error": error, "is_valid": false, "scopes": []}}))
        }
    }
}

/// `GET /me/permissions`.
pub(crate) fn permissions(token: &Token) -> Value {
    let rows = token.scopes.iter().map(|scope| json!({"permission": scope, "status": "granted"}));
    json!({"data": rows.collect::<Vec<_>>()})
}

/// `GET /oauth/access_token`: the app's own token, for its id and secret.
pub(crate) fn app_token(world: &World, call: &Call) -> Result<Value, Refusal> {
    let settings = &world.settings;
    let is = |key: &str, wanted: &str| call.text(key) == Some(wanted);
    if !is("grant_type", "client_credentials") {
        return Err(Refusal::parameter("Param grant_type must be client_credentials."));
    }
    if !is("client_id", &settings.app) || !is("client_secret", &settings.scenario.app.secret) {
        return Err(Refusal::parameter("Error validating client secret."));
    }
    let token = format!("{}|{}", settings.app, settings.scenario.app.secret);
    Ok(json!({"access_token": token, "token_type": "bearer"}))
}

/// The app as answers show it.
pub(crate) fn app_node(world: &World) -> Value {
    json!({"link": "https://www.facebook.com/games/?app_id=0", "name": "Sandbox", "id": world.settings.app})
}

fn show(call: &Call, kind: &Node, node: &Value) -> Result<Value, Refusal> {
    let wanted = fields::wanted(call, kind)?;
    Ok(node.as_object().map(|node| fields::project(node, &wanted)).unwrap_or_default())
}
