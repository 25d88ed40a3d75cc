//! Who answers which path, after the token was looked at.

use serde_json::Value;

use crate::sandbox::call::Call;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::world::World;
use crate::sandbox::{create, delete, edit, list, nodes, quota, upload, upsert};

/// Answers one call of the Graph API.
pub(crate) fn respond(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    check_token(world, call)?;
    quota::check_calls(&world.calls)?;
    if let Some(reason) = &call.malformed {
        return Err(Refusal::parameter(reason.as_str()));
    }
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["debug_token"] if call.method == "GET" => nodes::debug_token(world, call),
        [session] if session.starts_with("upload:") => upload::session(world, call),
        [id] => node(world, call, id),
        [id, edge] => edge_of(world, call, id, edge),
        _ => Err(Refusal::unknown_path(&call.whole_path)),
    }
}

fn check_token(world: &World, call: &Call) -> Result<(), Refusal> {
    match call.token() {
        None => Err(Refusal::token("An access token is required to request this resource.")),
        Some(token) if token != world.settings.token => {
            Err(Refusal::token("Invalid OAuth access token - Cannot parse access token"))
        }
        Some(_) => Ok(()),
    }
}

fn node(world: &mut World, call: &Call, id: &str) -> Result<Value, Refusal> {
    let is_template = world.account.by_id(id).is_some();
    match call.method.as_str() {
        "GET" if id == world.settings.waba => nodes::account(world, call),
        "GET" if id == world.settings.phone => nodes::phone_number(world, call),
        "GET" if id == world.settings.app => nodes::app(world, call),
        "GET" if is_template => list::one(world, call, id),
        "POST" if is_template => edit::template(world, call, id),
        method => Err(Refusal::unknown_object(method, id)),
    }
}

fn edge_of(world: &mut World, call: &Call, id: &str, edge: &str) -> Result<Value, Refusal> {
    if id == world.settings.waba {
        return edge_of_account(world, call, edge);
    }
    match (call.method.as_str(), edge) {
        ("POST", "uploads") if id == world.settings.app => upload::start(world, call),
        ("POST", "unpause") if world.account.by_id(id).is_some() => edit::unpause(world, id),
        (method, _) if !is_known(world, id) => Err(Refusal::unknown_object(method, id)),
        _ => Err(Refusal::unknown_path(&format!("/{edge}"))),
    }
}

fn edge_of_account(world: &mut World, call: &Call, edge: &str) -> Result<Value, Refusal> {
    match (call.method.as_str(), edge) {
        ("GET", "message_templates") => list::page(world, call),
        ("POST", "message_templates") => create::template(world, call),
        ("DELETE", "message_templates") => delete::templates(world, call),
        ("POST", "upsert_message_templates") => upsert::templates(world, call),
        ("GET", "phone_numbers") => nodes::phone_numbers(world, call),
        ("GET" | "POST" | "DELETE", "subscribed_apps") => nodes::subscribed_apps(world, call),
        _ => Err(Refusal::unknown_path(&format!("/{edge}"))),
    }
}

fn is_known(world: &World, id: &str) -> bool {
    let settings = &world.settings;
    [&settings.waba, &settings.app, &settings.phone].iter().any(|known| *known == id)
        || world.account.by_id(id).is_some()
}
