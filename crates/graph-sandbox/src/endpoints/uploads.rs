//! Resumable upload: a session, the bytes, a handle (Meta: upload guide).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::token::Token;
use crate::graph_error::Refusal;
use crate::identifiers;
use crate::model::account::{Account, Handle, Session};
use crate::model::json::plain;
use crate::model::submission::Submission;
use crate::protocol::request::Call;

// What all uploads together may take: these end, from the oldest on, when there are more.
const MOST_SESSIONS: usize = 1_000;
const MOST_HANDLES: usize = 10_000;
// No type is longer (RFC 6838).
const LONGEST_TYPE: usize = 255;

/// `POST /{app}/uploads`.
pub(crate) fn start(world: &mut World, call: &Call, token: &Token) -> Result<Value, Refusal> {
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
    if mime.len() > LONGEST_TYPE {
        return Err(Refusal::parameter(format!(
            "Param file_type must have at most {LONGEST_TYPE} characters."
        )));
    }
    let id = format!("upload:{}?sig={}", identifiers::random(24), identifiers::random(12));
    let sessions = Arc::make_mut(&mut world.account.books.sessions);
    forget_oldest(sessions, MOST_SESSIONS);
    sessions.push(Session { id: id.clone(), app: token.app.clone(), mime, length, received: 0 });
    Ok(json!({"id": id}))
}

/// `GET` (how far it is) and `POST` (the bytes) on `/upload:<session>`.
pub(crate) fn session(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let id = session_id(call);
    // Uploads belong to an app, which may stand for several accounts: they lie in whichever was there first.
    world.select_owner(|account| account.books.sessions.iter().any(|session| session.id == id));
    let at = world.account.books.sessions.iter().position(|session| session.id == id);
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
    let session =
        world.account.books.sessions.get(at).ok_or_else(|| Refusal::internal("the session is gone"))?;
    Ok(json!({"id": session.id, "file_offset": session.received.to_string()}))
}

fn receive(world: &mut World, call: &Call, at: usize) -> Result<Value, Refusal> {
    let gone = || Refusal::internal("the session is gone");
    let mut session = world.account.books.sessions.get(at).cloned().ok_or_else(gone)?;
    let offset = call.header("file_offset").and_then(|offset| offset.parse::<u64>().ok());
    if offset != Some(session.received) {
        return Err(Refusal::parameter(format!("The header file_offset must be {}", session.received)));
    }
    session.received = session.received.saturating_add(call.file);
    if session.received > session.length {
        return Err(Refusal::parameter(format!(
            "More than the announced {} bytes were sent",
            session.length
        )));
    }
    let sessions = Arc::make_mut(&mut world.account.books.sessions);
    if session.received < session.length {
        *sessions.get_mut(at).ok_or_else(gone)? = session;
        return progress(world, at);
    }
    sessions.remove(at);
    Ok(json!({"h": finish(world, &session)}))
}

// Every account of the app may use the file.
fn finish(world: &mut World, session: &Session) -> String {
    let (now, life) = (world.account.now(), world.settings.scenario.limits.handle_life);
    let expires = now.saturating_add(life);
    let handle = identifiers::handle(&session.mime, &session.app, expires);
    for account in world.accounts_mut() {
        let handles = Arc::make_mut(&mut account.books.handles);
        handles.retain(|handle| handle.expires > now);
        let (mime, app) = (session.mime.clone(), session.app.clone());
        forget_oldest(handles, MOST_HANDLES);
        handles.push(Handle { handle: handle.clone(), mime, app, expires });
    }
    handle
}

// Makes room for one more.
fn forget_oldest<T>(list: &mut Vec<T>, most: usize) {
    let more = (list.len() + 1).saturating_sub(most);
    list.drain(..more);
}

/// Refuses samples that were uploaded for another app: to this one they are not there.
pub(crate) fn check_owner(submission: &Submission, account: &Account, app: &str) -> Result<(), Refusal> {
    let mut used = Vec::new();
    submission.components.iter().flat_map(Map::values).for_each(|value| handles(value, &mut used));
    let foreign = |handle: &&Handle| handle.app != app && used.contains(&handle.handle.as_str());
    match account.books.handles.iter().find(foreign) {
        Some(_) => Err(Refusal::media_handle("The uploaded sample belongs to another app")),
        None => Ok(()),
    }
}

fn handles<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            let own = object.get("header_handle").and_then(Value::as_array).into_iter().flatten();
            found.extend(own.filter_map(Value::as_str));
            object.values().for_each(|inner| handles(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| handles(inner, found)),
        _ => {}
    }
}
