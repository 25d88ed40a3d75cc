//! `DELETE /{waba}/message_templates`: by name, by id and name, or by many ids.

use serde_json::{Value, json};

use crate::sandbox::account::{Account, Lock};
use crate::sandbox::call::Call;
use crate::sandbox::clock::DAY;
use crate::sandbox::edit;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::template::Template;
use crate::sandbox::world::World;

// How long the name and language of a deleted approved template stay blocked (Meta: template management).
const LOCK: i64 = 30 * DAY;
// Ids of one call (Meta: template management).
const MOST_IDS: usize = 100;

/// Deletes all that the call names, or nothing.
pub(crate) fn templates(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let account = &mut world.account;
    match (call.text("name"), call.text("hsm_id"), call.list("hsm_ids")) {
        (None, None, Some(ids)) => by_ids(account, &ids)?,
        (Some(name), Some(id), None) => by_id(account, name, id)?,
        (Some(name), None, None) => by_name(account, name)?,
        (None, Some(_), None) => {
            return Err(Refusal::parameter("The parameter name is required along with hsm_id."));
        }
        (None, None, None) => return Err(Refusal::parameter("The parameter name or hsm_ids is required.")),
        _ => return Err(Refusal::parameter("The parameter hsm_ids cannot be combined with name or hsm_id.")),
    }
    Ok(json!({"success": true}))
}

fn by_name(account: &mut Account, name: &str) -> Result<(), Refusal> {
    let ids: Vec<String> = account
        .templates
        .iter()
        .filter(|template| template.name == name)
        .map(|template| template.id.clone())
        .collect();
    if ids.is_empty() {
        return delete_again(account, name);
    }
    ids.iter().try_for_each(|id| remove(account, id))
}

// A second delete of a name that is going away starts its month anew (observed).
fn delete_again(account: &mut Account, name: &str) -> Result<(), Refusal> {
    let now = account.now();
    let mut going: Vec<&mut Lock> =
        account.locks.iter_mut().filter(|lock| lock.name == name && lock.until > now).collect();
    if going.is_empty() {
        return Err(not_found(name));
    }
    going.iter_mut().for_each(|lock| lock.until = now + LOCK);
    Ok(())
}

fn by_id(account: &mut Account, name: &str, id: &str) -> Result<(), Refusal> {
    if account.by_id(id).is_none_or(|template| template.name != name) {
        return Err(not_found(name));
    }
    remove(account, id)
}

fn by_ids(account: &mut Account, ids: &[String]) -> Result<(), Refusal> {
    if ids.is_empty() || ids.len() > MOST_IDS {
        return Err(Refusal::parameter(format!(
            "The parameter hsm_ids takes 1 to {MOST_IDS} ids - got {}.",
            ids.len()
        )));
    }
    ids.iter().try_for_each(|id| remove(account, id))
}

fn remove(account: &mut Account, id: &str) -> Result<(), Refusal> {
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
    account.templates.retain(|other| other.id != id);
    Ok(())
}

fn lock(account: &mut Account, template: &Template) {
    let now = account.now();
    account.locks.retain(|lock| lock.until > now);
    account.locks.push(Lock {
        name: template.name.clone(),
        language: template.language.clone(),
        until: now + LOCK,
    });
}

fn not_found(name: &str) -> Refusal {
    Refusal {
        title: "Message Template Not Found".to_owned(),
        ..Refusal::parameter(format!("The message template {name} was not found"))
    }
}
