//! Resumable upload: a session, the bytes, a handle (Meta: upload guide).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::endpoints::token::Token;
use crate::graph_error::GraphError;
use crate::identifiers;
use crate::model::account::{Account, UploadHandle, UploadSession};
use crate::model::json::plain;
use crate::model::submission::Submission;
use crate::protocol::request::ApiRequest;

// What all uploads together may take: these end, from the oldest on, when there are more.
const MAX_SESSIONS: usize = 1_000;
const MAX_HANDLES: usize = 10_000;
// No type is longer (RFC 6838).
const MAX_TYPE_LEN: usize = 255;

/// `POST /{app}/uploads`.
pub(crate) fn start(emulator: &mut Emulator, call: &ApiRequest, token: &Token) -> Result<Value, GraphError> {
    let required = |key: &str| {
        let value = call.parameters.get(key).map(plain).filter(|value| !value.is_empty());
        value.ok_or_else(|| GraphError::parameter(format!("The parameter {key} is required.")))
    };
    let length = required("file_length")?;
    let length: u64 =
        length.parse().map_err(|_| GraphError::parameter("Param file_length must be an integer."))?;
    if length == 0 {
        return Err(GraphError::parameter("Param file_length must be greater than 0."));
    }
    let mime = required("file_type")?;
    if mime.len() > MAX_TYPE_LEN {
        return Err(GraphError::parameter(format!(
            "Param file_type must have at most {MAX_TYPE_LEN} characters."
        )));
    }
    let id = format!("upload:{}?sig={}", identifiers::random(24), identifiers::random(12));
    let sessions = Arc::make_mut(&mut emulator.account.data.sessions);
    forget_oldest(sessions, MAX_SESSIONS);
    sessions.push(UploadSession { id: id.clone(), app: token.app.clone(), mime, length, received: 0 });
    Ok(json!({"id": id}))
}

/// `GET` (how far it is) and `POST` (the bytes) on `/upload:<session>`.
pub(crate) fn session(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let id = session_id(call);
    // Uploads belong to an app, which may stand for several accounts: they lie in whichever was there first.
    emulator.select_owner(|account| account.data.sessions.iter().any(|session| session.id == id));
    let at = emulator.account.data.sessions.iter().position(|session| session.id == id);
    let at = at.ok_or_else(|| GraphError::unknown_object(&call.method, &id))?;
    match call.method.as_str() {
        "GET" => progress(emulator, at),
        "POST" => receive(emulator, call, at),
        method => Err(GraphError::unknown_object(method, &id)),
    }
}

// The session id contains a query string.
fn session_id(call: &ApiRequest) -> String {
    let path = call.path.first().map_or("", String::as_str);
    let signature = call.query.iter().find(|(key, _)| key == "sig").map_or("", |(_, value)| value.as_str());
    format!("{path}?sig={signature}")
}

fn progress(emulator: &Emulator, at: usize) -> Result<Value, GraphError> {
    let session = emulator
        .account
        .data
        .sessions
        .get(at)
        .ok_or_else(|| GraphError::internal("the session no longer exists"))?;
    Ok(json!({"id": session.id, "file_offset": session.received.to_string()}))
}

fn receive(emulator: &mut Emulator, call: &ApiRequest, at: usize) -> Result<Value, GraphError> {
    let missing = || GraphError::internal("the session no longer exists");
    let mut session = emulator.account.data.sessions.get(at).cloned().ok_or_else(missing)?;
    let offset = call.header("file_offset").and_then(|offset| offset.parse::<u64>().ok());
    if offset != Some(session.received) {
        return Err(GraphError::parameter(format!("The header file_offset must be {}", session.received)));
    }
    session.received = session.received.saturating_add(call.file);
    if session.received > session.length {
        return Err(GraphError::parameter(format!(
            "More than the announced {} bytes were sent",
            session.length
        )));
    }
    let sessions = Arc::make_mut(&mut emulator.account.data.sessions);
    if session.received < session.length {
        *sessions.get_mut(at).ok_or_else(missing)? = session;
        return progress(emulator, at);
    }
    sessions.remove(at);
    Ok(json!({"h": finish(emulator, &session)}))
}

// Every account of the app may use the file.
fn finish(emulator: &mut Emulator, session: &UploadSession) -> String {
    let (now, life) = (emulator.account.now(), emulator.settings.scenario.limits.handle_life);
    let expires = now.saturating_add(life);
    let handle = identifiers::handle(&session.mime, &session.app, expires);
    for account in emulator.accounts_mut() {
        let handles = Arc::make_mut(&mut account.data.handles);
        handles.retain(|handle| handle.expires > now);
        let (mime, app) = (session.mime.clone(), session.app.clone());
        forget_oldest(handles, MAX_HANDLES);
        handles.push(UploadHandle { handle: handle.clone(), mime, app, expires });
    }
    handle
}

// Makes room for one more.
fn forget_oldest<T>(list: &mut Vec<T>, most: usize) {
    let more = (list.len() + 1).saturating_sub(most);
    list.drain(..more);
}

/// Refuses samples that were uploaded for another app: to this one they are not there.
pub(crate) fn check_owner(submission: &Submission, account: &Account, app: &str) -> Result<(), GraphError> {
    let mut used = Vec::new();
    submission.components.iter().flat_map(Map::values).for_each(|value| handles(value, &mut used));
    let foreign = |handle: &&UploadHandle| handle.app != app && used.contains(&handle.handle.as_str());
    match account.data.handles.iter().find(foreign) {
        Some(_) => Err(GraphError::media_handle("The uploaded sample belongs to another app")),
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
