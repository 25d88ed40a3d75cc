//! `DELETE /{waba}/message_templates`: by name, by id and name, or by many ids.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::endpoints::templates::edit;
use crate::graph_error::GraphError;
use crate::model::account::{Account, NameLock};
use crate::model::clock::DAY;
use crate::model::event::Event;
use crate::model::template::Template;
use crate::protocol::request::ApiRequest;
use crate::scenario::Quirk;

// How long the name and language of a deleted approved template stay blocked (Meta: template management).
const LOCK: i64 = 30 * DAY;
// Ids of one call (Meta: template management).
const MAX_IDS: usize = 100;

/// Deletes all that the call names, or nothing.
pub(crate) fn templates(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let keeps_deleted = emulator.settings.scenario.has(Quirk::LingeringDeletions);
    let account = &mut emulator.account;
    match (call.text("name"), call.text("hsm_id"), call.list("hsm_ids")) {
        (None, None, Some(ids)) => by_ids(account, &ids, keeps_deleted)?,
        (Some(name), Some(id), None) => by_id(account, name, id, keeps_deleted)?,
        (Some(name), None, None) => by_name(account, name, keeps_deleted)?,
        (None, Some(_), None) => {
            return Err(GraphError::parameter("The parameter name is required along with hsm_id."));
        }
        (None, None, None) => {
            return Err(GraphError::parameter("The parameter name or hsm_ids is required."));
        }
        _ => {
            return Err(GraphError::parameter(
                "The parameter hsm_ids cannot be combined with name or hsm_id.",
            ));
        }
    }
    Ok(json!({"success": true}))
}

fn by_name(account: &mut Account, name: &str, keeps_deleted: bool) -> Result<(), GraphError> {
    let ids: Vec<String> = account.templates.named(name).map(|template| template.id.clone()).collect();
    if ids.is_empty() {
        return delete_again(account, name);
    }
    ids.iter().try_for_each(|id| remove(account, id, keeps_deleted))
}

// Deleting a locked name again restarts the lock (observed).
fn delete_again(account: &mut Account, name: &str) -> Result<(), GraphError> {
    let now = account.now();
    let is_locked = |lock: &NameLock| lock.name == name && lock.until > now;
    if !account.data.locks.iter().any(is_locked) {
        return Err(not_found(name));
    }
    let locks = Arc::make_mut(&mut account.data.locks);
    locks.iter_mut().filter(|lock| is_locked(lock)).for_each(|lock| lock.until = now + LOCK);
    Ok(())
}

fn by_id(account: &mut Account, name: &str, id: &str, keeps_deleted: bool) -> Result<(), GraphError> {
    if account.by_id(id).is_none_or(|template| template.name != name) {
        return Err(not_found(name));
    }
    remove(account, id, keeps_deleted)
}

fn by_ids(account: &mut Account, ids: &[String], keeps_deleted: bool) -> Result<(), GraphError> {
    if ids.is_empty() || ids.len() > MAX_IDS {
        return Err(GraphError::parameter(format!(
            "The parameter hsm_ids takes 1 to {MAX_IDS} ids - got {}.",
            ids.len()
        )));
    }
    ids.iter().try_for_each(|id| remove(account, id, keeps_deleted))
}

fn remove(account: &mut Account, id: &str, keeps_deleted: bool) -> Result<(), GraphError> {
    let template = account.by_id(id).ok_or_else(|| not_found(id))?.clone();
    edit::check_not_sample(&template)?;
    if template.status == "DISABLED" {
        return Err(GraphError::parameter(format!(
            "The template {} is disabled and cannot be deleted",
            template.name
        )));
    }
    if template.status == "APPROVED" {
        lock(account, &template);
    }
    if keeps_deleted && template.status == "APPROVED" {
        return keep_deleted(account, id);
    }
    drop(account.templates.remove(id));
    let gone = Template { status: "DELETED".to_owned(), ..template };
    account.events.push(Event::status(&gone, None, account.now()));
    Ok(())
}

// The template remains while its messages are being delivered (Meta: template management).
fn keep_deleted(account: &mut Account, id: &str) -> Result<(), GraphError> {
    let now = account.now();
    let template = account.by_id_mut("DELETE", id)?;
    "PENDING_DELETION".clone_into(&mut template.status);
    template.status_changed = now;
    let event = Event::status(template, None, now);
    account.events.push(event);
    account.schedule(id);
    Ok(())
}

fn lock(account: &mut Account, template: &Template) {
    let now = account.now();
    let locks = Arc::make_mut(&mut account.data.locks);
    locks.retain(|lock| lock.until > now);
    locks.push(NameLock {
        name: template.name.clone(),
        language: template.language.clone(),
        until: now + LOCK,
    });
}

fn not_found(name: &str) -> GraphError {
    GraphError {
        title: "Message Template Not Found".to_owned(),
        ..GraphError::parameter(format!("The message template {name} was not found"))
    }
}
