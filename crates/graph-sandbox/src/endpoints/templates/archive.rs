//! `POST /{waba}/message_templates/archive` and `…/unarchive`, without a version: Meta serves them on another host.

use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::graph_error::GraphError;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::protocol::request::ApiRequest;
use crate::review;

// Ids of one call (Meta: template archival).
const MAX_IDS: usize = 100;

/// Returns whether an edge of the templates archives them; the other one brings them back.
pub(crate) fn archives(call: &ApiRequest, edge: &str) -> Result<bool, GraphError> {
    match (call.method.as_str(), call.version.as_ref(), edge) {
        ("POST", None, "archive") => Ok(true),
        ("POST", None, "unarchive") => Ok(false),
        _ => Err(GraphError::unknown_path(&call.whole_path)),
    }
}

/// Archives templates, or brings them back; each is handled by itself.
pub(crate) fn templates(emulator: &mut Emulator, call: &ApiRequest, away: bool) -> Result<Value, GraphError> {
    let ids = call.list("hsm_ids").ok_or_else(|| GraphError::missing("hsm_ids"))?;
    if ids.is_empty() || ids.len() > MAX_IDS {
        return Err(GraphError::parameter(format!("The parameter hsm_ids takes 1 to {MAX_IDS} ids.")));
    }
    let (mut done, mut failed) = (Vec::new(), Map::new());
    for id in ids {
        let result =
            if away { archive(&mut emulator.account, &id) } else { unarchive(&mut emulator.account, &id) };
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
