//! Who answers which path, after the token was looked at.

use serde_json::Value;

use crate::emulator::World;
use crate::endpoints::templates::{archive, compare, create, delete, edit, list, migrate, upsert};
use crate::endpoints::token::{self, MANAGEMENT, MESSAGING, Token};
use crate::endpoints::{library, messages, nodes, preview, quota, subscriptions, uploads};
use crate::graph_error::Refusal;
use crate::protocol::request::Call;

/// What an id in a path stands for; its account is the one that the call is about from then on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Object {
    Account,
    Phone,
    App,
    Template,
}

/// Answers one call of the Graph API.
pub(crate) fn respond(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    if let ["oauth", "access_token"] = path.as_slice() {
        return nodes::app_token(world, call);
    }
    let token = token::token(world, call)?;
    if let Some(reason) = &call.malformed {
        return Err(Refusal::parameter(reason.as_str()));
    }
    match (call.method.as_str(), path.as_slice()) {
        ("GET", ["debug_token"]) => nodes::debug_token(world, call),
        ("GET", ["me", "permissions"]) => Ok(nodes::permissions(&token)),
        ("GET", ["message_template_library"]) => library::search(call),
        (_, [session]) if session.starts_with("upload:") => uploads::session(world, call),
        (_, [id]) => node(world, call, id, &token),
        (_, [id, edge]) => edge_of(world, call, [id, edge], &token),
        (_, [id, "message_templates", edge]) => {
            let away = archive::archives(call, edge)?;
            manage(world, call, id, &token)?;
            archive::templates(world, call, away)
        }
        _ => Err(Refusal::unknown_path(&call.whole_path)),
    }
}

fn locate(world: &mut World, call: &Call, id: &str, token: &Token) -> Result<Object, Refusal> {
    let object = if world.select(id) {
        Object::Account
    } else if world.select_owner(|account| account.phone == id) {
        Object::Phone
    } else if world.select_owner(|account| account.by_id(id).is_some()) {
        Object::Template
    } else if id == token.app {
        Object::App
    } else {
        return Err(Refusal::unknown_object(&call.method, id));
    };
    if object != Object::App {
        token.check_account(&call.method, &world.account.id, id)?;
    }
    quota::count_call(world);
    quota::check_calls(world)?;
    Ok(object)
}

/// Makes an account the one that the call is about, if the token may manage it.
fn manage(world: &mut World, call: &Call, id: &str, token: &Token) -> Result<(), Refusal> {
    if locate(world, call, id, token)? != Object::Account {
        return Err(Refusal::unknown_object(&call.method, id));
    }
    token.check_scope(MANAGEMENT)
}

fn node(world: &mut World, call: &Call, id: &str, token: &Token) -> Result<Value, Refusal> {
    let object = locate(world, call, id, token)?;
    if object == Object::App {
        return match call.method.as_str() {
            "GET" => nodes::app(world, call),
            method => Err(Refusal::unknown_object(method, id)),
        };
    }
    token.check_scope(MANAGEMENT)?;
    match (call.method.as_str(), object) {
        ("GET", Object::Account) => nodes::account(world, call),
        ("POST", Object::Account) => nodes::change_account(world, call),
        ("GET", Object::Phone) => nodes::phone_number(world, call),
        ("GET", Object::Template) => list::one(world, call, id),
        ("POST", Object::Template) => edit::template(world, call, id, token),
        (method, _) => Err(Refusal::unknown_object(method, id)),
    }
}

fn edge_of(world: &mut World, call: &Call, [id, edge]: [&str; 2], token: &Token) -> Result<Value, Refusal> {
    let object = locate(world, call, id, token)?;
    let method = call.method.as_str();
    match (object, method, edge) {
        (Object::App, "POST", "uploads") => return uploads::start(world, call, token),
        (Object::App, "POST" | "GET" | "DELETE", "subscriptions") => {
            return subscriptions::of_app(world, call, token);
        }
        (Object::Phone, "POST", "messages") => {
            token.check_scope(MESSAGING)?;
            return messages::send(world, call);
        }
        _ => token.check_scope(MANAGEMENT)?,
    }
    match (object, method, edge) {
        (Object::Account, _, edge) => edge_of_account(world, call, edge, token),
        (Object::Template, "POST", "unpause") => edit::unpause(world, id),
        (Object::Template, "GET", "compare") => compare::templates(world, call, id),
        _ => Err(Refusal::unknown_path(&format!("/{edge}"))),
    }
}

fn edge_of_account(world: &mut World, call: &Call, edge: &str, token: &Token) -> Result<Value, Refusal> {
    match (call.method.as_str(), edge) {
        ("GET", "message_templates") => list::page(world, call),
        ("POST", "message_templates") => create::template(world, call, token),
        ("DELETE", "message_templates") => delete::templates(world, call),
        ("POST", "upsert_message_templates") => upsert::templates(world, call),
        ("GET", "message_template_previews") => preview::templates(call),
        ("GET", "message_template_library") => library::search(call),
        ("POST", "migrate_message_templates") => migrate::templates(world, call, token),
        ("GET", "phone_numbers") => nodes::phone_numbers(world, call),
        ("GET" | "POST" | "DELETE", "subscribed_apps") => subscriptions::of_account(world, call),
        _ => Err(Refusal::unknown_path(&format!("/{edge}"))),
    }
}
