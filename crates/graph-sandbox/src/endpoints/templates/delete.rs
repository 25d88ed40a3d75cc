//! `DELETE /{waba}/message_templates`: by name, by id and name, or by many ids.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::emulator::World;
use crate::endpoints::templates::edit;
use crate::graph_error::Refusal;
use crate::model::account::{Account, Lock};
use crate::model::clock::DAY;
use crate::model::event::Event;
use crate::model::template::Template;
use crate::protocol::request::Call;
use crate::scenario::Quirk;

// How long the name and language of a deleted approved template stay blocked (Meta: template management).
const LOCK: i64 = 30 * DAY;
// Ids of one call (Meta: template management).
const MOST_IDS: usize = 100;

/// Deletes all that the call names, or nothing.
pub(crate) fn templates(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let lingers = world.settings.scenario.has(Quirk::LingeringDeletions);
    let account = &mut world.account;
    match (call.text("name"), call.text("hsm_id"), call.list("hsm_ids")) {
        (None, None, Some(ids)) => by_ids(account, &ids, lingers)?,
        (Some(name), Some(id), None) => by_id(account, name, id, lingers)?,
        (Some(name), None, None) => by_name(account, name, lingers)?,
        (None, Some(_), None) => {
            return Err(Refusal::parameter("The parameter name is required along with hsm_id."));
        }
        (None, None, None) => return Err(Refusal::parameter("The parameter name or hsm_ids is required.")),
        _ => return Err(Refusal::parameter("The parameter hsm_ids cannot be combined with name or hsm_id.")),
    }
    Ok(json!({"success": true}))
}

fn by_name(account: &mut Account, name: &str, lingers: bool) -> Result<(), Refusal> {
    let ids: Vec<String> = account.templates.named(name).map(|template| template.id.clone()).collect();
    if ids.is_empty() {
        return delete_again(account, name);
    }
    ids.iter().try_for_each(|id| remove(account, id, lingers))
}

// A second delete of a name that is going away starts its month anew (observed).
fn delete_again(account: &mut Account, name: &str) -> Result<(), Refusal> {
    let now = account.now();
    let goes = |lock: &Lock| lock.name == name && lock.until > now;
    if !account.books.locks.iter().any(goes) {
        return Err(not_found(name));
    }
    let locks = Arc::make_mut(&mut account.books.locks);
    locks.iter_mut().filter(|lock| goes(lock)).for_each(|lock| lock.until = now + LOCK);
    Ok(())
}

fn by_id(account: &mut Account, name: &str, id: &str, lingers: bool) -> Result<(), Refusal> {
    if account.by_id(id).is_none_or(|template| template.name != name) {
        return Err(not_found(name));
    }
    remove(account, id, lingers)
}

fn by_ids(account: &mut Account, ids: &[String], lingers: bool) -> Result<(), Refusal> {
    if ids.is_empty() || ids.len() > MOST_IDS {
        return Err(Refusal::parameter(format!(
            "The parameter hsm_ids takes 1 to {MOST_IDS} ids - got {}.",
            ids.len()
        )));
    }
    ids.iter().try_for_each(|id| remove(account, id, lingers))
}

fn remove(account: &mut Account, id: &str, lingers: bool) -> Result<(), Refusal> {
    let template = account.by_id(id).ok_or_else(|| not_found(id))?.clone();
    edit::check_mine(&template)?;
    if template.status == "DISABLED" {
        return Err(Refusal::parameter(format!(
            "The template {} is disabled and cannot be deleted",
            template.name
        )));
    }
    if template.status == "APPROVED" {
        lock(account, &template);
    }
    if lingers && template.status == "APPROVED" {
        return linger(account, id);
    }
    drop(account.templates.remove(id));
    let gone = Template { status: "DELETED".to_owned(), ..template };
    account.events.push(Event::status(&gone, None, account.now()));
    Ok(())
}

// While messages made from it are under way, it is still there (Meta: template management).
fn linger(account: &mut Account, id: &str) -> Result<(), Refusal> {
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
    let locks = Arc::make_mut(&mut account.books.locks);
    locks.retain(|lock| lock.until > now);
    locks.push(Lock { name: template.name.clone(), language: template.language.clone(), until: now + LOCK });
}

fn not_found(name: &str) -> Refusal {
    Refusal {
        title: "Message Template Not Found".to_owned(),
        ..Refusal::parameter(format!("The message template {name} was not found"))
    }
}
