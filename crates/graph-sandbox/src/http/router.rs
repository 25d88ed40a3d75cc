//! Routes a call to its endpoint, after checking the token.

use serde_json::Value;

use crate::emulator::Emulator;
use crate::endpoints::templates::{archive, compare, create, delete, edit, list, migrate, upsert};
use crate::endpoints::token::{self, MANAGEMENT, MESSAGING, Token};
use crate::endpoints::{library, messages, nodes, preview, quota, subscriptions, uploads};
use crate::graph_error::GraphError;
use crate::protocol::request::ApiRequest;

/// The type of the object that an id in a path names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NodeKind {
    Account,
    Phone,
    App,
    Template,
}

/// Answers one call of the Graph API.
pub(crate) fn respond(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    if let ["oauth", "access_token"] = path.as_slice() {
        return nodes::app_token(emulator, call);
    }
    let token = token::token(emulator, call)?;
    if let Some(reason) = &call.malformed {
        return Err(GraphError::parameter(reason.as_str()));
    }
    match (call.method.as_str(), path.as_slice()) {
        ("GET", ["debug_token"]) => nodes::debug_token(emulator, call),
        ("GET", ["me", "permissions"]) => Ok(nodes::permissions(&token)),
        ("GET", ["message_template_library"]) => library::search(call),
        (_, [session]) if session.starts_with("upload:") => uploads::session(emulator, call),
        (_, [id]) => node(emulator, call, id, &token),
        (_, [id, edge]) => edge_of(emulator, call, [id, edge], &token),
        (_, [id, "message_templates", edge]) => {
            let away = archive::archives(call, edge)?;
            manage(emulator, call, id, &token)?;
            archive::templates(emulator, call, away)
        }
        _ => Err(GraphError::unknown_path(&call.whole_path)),
    }
}

fn locate(
    emulator: &mut Emulator,
    call: &ApiRequest,
    id: &str,
    token: &Token,
) -> Result<NodeKind, GraphError> {
    let object = if emulator.select(id) {
        NodeKind::Account
    } else if emulator.select_owner(|account| account.phone == id) {
        NodeKind::Phone
    } else if emulator.select_owner(|account| account.by_id(id).is_some()) {
        NodeKind::Template
    } else if id == token.app {
        NodeKind::App
    } else {
        return Err(GraphError::unknown_object(&call.method, id));
    };
    if object != NodeKind::App {
        token.check_account(&call.method, &emulator.account.id, id)?;
    }
    quota::count_call(emulator);
    quota::check_calls(emulator)?;
    Ok(object)
}

/// Makes an account the one that the call is about, if the token may manage it.
fn manage(emulator: &mut Emulator, call: &ApiRequest, id: &str, token: &Token) -> Result<(), GraphError> {
    if locate(emulator, call, id, token)? != NodeKind::Account {
        return Err(GraphError::unknown_object(&call.method, id));
    }
    token.check_scope(MANAGEMENT)
}

fn node(emulator: &mut Emulator, call: &ApiRequest, id: &str, token: &Token) -> Result<Value, GraphError> {
    let object = locate(emulator, call, id, token)?;
    if object == NodeKind::App {
        return match call.method.as_str() {
            "GET" => nodes::app(emulator, call),
            method => Err(GraphError::unknown_object(method, id)),
        };
    }
    token.check_scope(MANAGEMENT)?;
    match (call.method.as_str(), object) {
        ("GET", NodeKind::Account) => nodes::account(emulator, call),
        ("POST", NodeKind::Account) => nodes::change_account(emulator, call),
        ("GET", NodeKind::Phone) => nodes::phone_number(emulator, call),
        ("GET", NodeKind::Template) => list::one(emulator, call, id),
        ("POST", NodeKind::Template) => edit::template(emulator, call, id, token),
        (method, _) => Err(GraphError::unknown_object(method, id)),
    }
}

fn edge_of(
    emulator: &mut Emulator,
    call: &ApiRequest,
    [id, edge]: [&str; 2],
    token: &Token,
) -> Result<Value, GraphError> {
    let object = locate(emulator, call, id, token)?;
    let method = call.method.as_str();
    match (object, method, edge) {
        (NodeKind::App, "POST", "uploads") => return uploads::start(emulator, call, token),
        (NodeKind::App, "POST" | "GET" | "DELETE", "subscriptions") => {
            return subscriptions::for_app(emulator, call, token);
        }
        (NodeKind::Phone, "POST", "messages") => {
            token.check_scope(MESSAGING)?;
            return messages::send(emulator, call);
        }
        _ => token.check_scope(MANAGEMENT)?,
    }
    match (object, method, edge) {
        (NodeKind::Account, _, edge) => edge_of_account(emulator, call, edge, token),
        (NodeKind::Template, "POST", "unpause") => edit::unpause(emulator, id),
        (NodeKind::Template, "GET", "compare") => compare::templates(emulator, call, id),
        _ => Err(GraphError::unknown_path(&format!("/{edge}"))),
    }
}

fn edge_of_account(
    emulator: &mut Emulator,
    call: &ApiRequest,
    edge: &str,
    token: &Token,
) -> Result<Value, GraphError> {
    match (call.method.as_str(), edge) {
        ("GET", "message_templates") => list::page(emulator, call),
        ("POST", "message_templates") => create::template(emulator, call, token),
        ("DELETE", "message_templates") => delete::templates(emulator, call),
        ("POST", "upsert_message_templates") => upsert::templates(emulator, call),
        ("GET", "message_template_previews") => preview::templates(call),
        ("GET", "message_template_library") => library::search(call),
        ("POST", "migrate_message_templates") => migrate::templates(emulator, call, token),
        ("GET", "phone_numbers") => nodes::phone_numbers(emulator, call),
        ("GET" | "POST" | "DELETE", "subscribed_apps") => subscriptions::for_account(emulator, call),
        _ => Err(GraphError::unknown_path(&format!("/{edge}"))),
    }
}
