//! `POST /{waba}/migrate_message_templates`: copies of another account's templates.

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::token::Token;
use crate::graph_error::Refusal;
use crate::identifiers;
use crate::model::account::Account;
use crate::model::json::plain;
use crate::model::template::Template;
use crate::protocol::request::Call;

// Templates of one call (Meta: template migration).
const SET: usize = 500;

/// Copies what is approved and not of bad quality; says why for the rest.
pub(crate) fn templates(world: &mut World, call: &Call, token: &Token) -> Result<Value, Refusal> {
    let source =
        call.parameters.get("source_waba_id").map(plain).ok_or_else(|| Refusal::missing("source_waba_id"))?;
    token.check_account("GET", &source, &source)?;
    let from = world.others.get(&source).ok_or_else(|| Refusal::unknown_object("GET", &source))?;
    let chosen: Vec<Template> = chosen(from, call)?.into_iter().cloned().collect();
    let limit = world.settings.scenario.limits.templates;
    let (mut migrated, mut failed) = (Vec::new(), Map::new());
    for template in chosen {
        let id = template.id.clone();
        match copy(&mut world.account, template, limit) {
            Ok(()) => migrated.push(Value::from(id)),
            Err(reason) => drop(failed.insert(id, Value::from(reason))),
        }
    }
    Ok(json!({"migrated_templates": migrated, "failed_templates": failed}))
}

fn chosen<'a>(from: &'a Account, call: &Call) -> Result<Vec<&'a Template>, Refusal> {
    let eligible = |template: &&Template| {
        template.status == "APPROVED" && ["GREEN", "UNKNOWN"].contains(&template.quality.as_str())
    };
    if let Some(ids) = call.list("template_ids") {
        if ids.is_empty() || ids.len() > SET {
            return Err(Refusal::parameter(format!("The parameter template_ids takes 1 to {SET} ids.")));
        }
        let find = |id: &String| from.by_id(id).ok_or_else(|| Refusal::unknown_object("GET", id));
        let found: Vec<&Template> = ids.iter().map(find).collect::<Result<_, _>>()?;
        return Ok(found.into_iter().filter(eligible).collect());
    }
    let number = |key: &str, usual: usize| match call.parameters.get(key).map(plain) {
        None => Ok(usual),
        Some(text) => {
            text.parse().map_err(|_| Refusal::parameter(format!("Param {key} must be an integer.")))
        }
    };
    let (page, count) = (number("page_number", 0)?, number("count", SET)?);
    if count == 0 || count > SET {
        return Err(Refusal::parameter(format!("Param count must be between 1 and {SET}.")));
    }
    let all = from.templates.newest().map(|(_, template)| template).filter(eligible);
    Ok(all.skip(page.saturating_mul(count)).take(count).collect())
}

fn copy(account: &mut Account, template: Template, limit: Option<usize>) -> Result<(), &'static str> {
    if template.sample || account.find(&template.name, &template.language).is_some() {
        return Err("Template already exists");
    }
    if account.category_of(&template.name).is_some_and(|category| category != template.category) {
        return Err("Incorrect category");
    }
    if limit.is_some_and(|limit| account.templates.len() >= limit) {
        return Err("Template limit reached");
    }
    let mut id = identifiers::template();
    while account.by_id(&id).is_some() {
        id = identifiers::template();
    }
    let now = account.now();
    let fresh = Template {
        created: now,
        updated: now,
        used: now,
        sends: 0,
        edits: Vec::new(),
        agenda: Vec::new(),
        ..template
    };
    account.templates.insert(Template { id: id.clone(), ..fresh });
    account.schedule(&id);
    Ok(())
}
