//! `POST /{waba}/message_templates/archive` and `…/unarchive`: on a host of their own at Meta, and so without a version.

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::graph_error::Refusal;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::protocol::request::Call;
use crate::review;

// Ids of one call (Meta: template archival).
const MOST_IDS: usize = 100;

/// Returns whether an edge of the templates archives them; the other one brings them back.
pub(crate) fn archives(call: &Call, edge: &str) -> Result<bool, Refusal> {
    match (call.method.as_str(), call.version.as_ref(), edge) {
        ("POST", None, "archive") => Ok(true),
        ("POST", None, "unarchive") => Ok(false),
        _ => Err(Refusal::unknown_path(&call.whole_path)),
    }
}

/// Archives templates, or brings them back; each is handled by itself.
pub(crate) fn templates(world: &mut World, call: &Call, away: bool) -> Result<Value, Refusal> {
    let ids = call.list("hsm_ids").ok_or_else(|| Refusal::missing("hsm_ids"))?;
    if ids.is_empty() || ids.len() > MOST_IDS {
        return Err(Refusal::parameter(format!("The parameter hsm_ids takes 1 to {MOST_IDS} ids.")));
    }
    let (mut done, mut failed) = (Vec::new(), Map::new());
    for id in ids {
        let result = if away { archive(&mut world.account, &id) } else { unarchive(&mut world.account, &id) };
        match result {
            Ok(()) => done.push(Value::from(id)),
            Err(reason) => drop(failed.insert(id, Value::from(reason))),
        }
    }
    let key = if away { "archived_templates" } else { "unarchived_templates" };
    Ok(json!({key: done, "failed_templates": failed}))
}

fn archive(account: &mut Account, id: &str) -> Result<(), String> {
    let template = account.by_id(id).ok_or("There is no such template")?;
    if template.sample || !["APPROVED", "REJECTED"].contains(&template.status.as_str()) {
        return Err(format!("A template that is {} cannot be archived", template.status));
    }
    let now = account.now();
    review::archive(account, id, now);
    Ok(())
}

fn unarchive(account: &mut Account, id: &str) -> Result<(), String> {
    let now = account.now();
    let template = account.templates.by_id_mut(id).ok_or("There is no such template")?;
    if template.status != "ARCHIVED" {
        return Err(format!("The template is not archived but {}", template.status));
    }
    template.status = template.archived_from.clone().unwrap_or_else(|| "APPROVED".to_owned());
    template.status_changed = now;
    template.used = now;
    let event = Event::status(template, None, now);
    template.archived_from = None;
    account.events.push(event);
    account.schedule(id);
    Ok(())
}
