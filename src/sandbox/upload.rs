//! Resumable upload: a session, the bytes, a handle (Meta: upload guide).

use serde_json::{Value, json};

use crate::sandbox::account::{Handle, Session};
use crate::sandbox::call::{Call, plain};
use crate::sandbox::clock::DAY;
use crate::sandbox::identifiers;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::world::World;

// Meta says that handles expire, not when: the sandbox takes a day.
const HANDLE_LIFE: i64 = DAY;

/// `POST /{app}/uploads`.
pub(crate) fn start(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let required = |key: &str| {
        let value = call.parameters.get(key).map(plain).filter(|value| !value.is_empty());
        value.ok_or_else(|| Refusal::parameter(format!("The parameter {key} is required.")))
    };
    let length = required("file_length")?;
    let length: u64 =
        length.parse().map_err(|_| Refusal::parameter("Param file_length must be an integer."))?;
    if length == 0 {
        return Err(Refusal::parameter("Param file_length must be greater than 0."));
    }
    let mime = required("file_type")?;
    let id = format!("upload:{}?sig={}", identifiers::random(24), identifiers::random(12));
    world.account.sessions.push(Session { id: id.clone(), mime, length, received: 0 });
    Ok(json!({"id": id}))
}

/// `GET` (how far it is) and `POST` (the bytes) on `/upload:<session>`.
pub(crate) fn session(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let id = session_id(call);
    let at = world.account.sessions.iter().position(|session| session.id == id);
    let at = at.ok_or_else(|| Refusal::unknown_object(&call.method, &id))?;
    match call.method.as_str() {
        "GET" => progress(world, at),
        "POST" => receive(world, call, at),
        method => Err(Refusal::unknown_object(method, &id)),
    }
}

// The id holds a query string of its own, which belongs to it.
fn session_id(call: &Call) -> String {
    let path = call.path.first().map_or("", String::as_str);
    let signature = call.query.iter().find(|(key, _)| key == "sig").map_or("", |(_, value)| value.as_str());
    format!("{path}?sig={signature}")
}

fn progress(world: &World, at: usize) -> Result<Value, Refusal> {
    let session = world.account.sessions.get(at).ok_or_else(|| Refusal::internal("the session is gone"))?;
    Ok(json!({"id": session.id, "file_offset": session.received.to_string()}))
}

fn receive(world: &mut World, call: &Call, at: usize) -> Result<Value, Refusal> {
    let expires = world.account.now() + HANDLE_LIFE;
    let app = world.settings.app.clone();
    let session =
        world.account.sessions.get_mut(at).ok_or_else(|| Refusal::internal("the session is gone"))?;
    let offset = call.header("file_offset").and_then(|offset| offset.parse::<u64>().ok());
    if offset != Some(session.received) {
        return Err(Refusal::parameter(format!("The header file_offset must be {}", session.received)));
    }
    session.received += call.body.len() as u64;
    if session.received > session.length {
        return Err(Refusal::parameter(format!(
            "More than the announced {} bytes were sent",
            session.length
        )));
    }
    if session.received < session.length {
        return progress(world, at);
    }
    let session = world.account.sessions.remove(at);
    let handle = identifiers::handle(&session.mime, &app, expires);
    world.account.handles.push(Handle { handle: handle.clone(), mime: session.mime, expires });
    Ok(json!({"h": handle}))
}
