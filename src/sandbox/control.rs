//! `/_sandbox/…`: what tests use to play Meta's reviewers, the console, the calendar and a bad network.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::sandbox::call::Call;
use crate::sandbox::faults::Fault;
use crate::sandbox::readback;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::submission::{self, Submission};
use crate::sandbox::template::Template;
use crate::sandbox::validate;
use crate::sandbox::world::World;

// Statuses that a template can be in (Meta: message template reference).
const STATUSES: [&str; 10] = [
    "APPROVED",
    "ARCHIVED",
    "DELETED",
    "DISABLED",
    "IN_APPEAL",
    "LIMIT_EXCEEDED",
    "PAUSED",
    "PENDING",
    "PENDING_DELETION",
    "REJECTED",
];

/// Answers one control call; no token is needed, the sandbox listens on loopback only.
pub(crate) fn respond(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let path: Vec<&str> = call.path.iter().skip(1).map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", ["review"]) => review(world, read(call)?),
        ("POST", ["category"]) => categorise(world, read(call)?),
        ("POST", ["console"]) => console(world, read(call)?),
        ("POST", ["clock"]) => advance(world, &read(call)?),
        ("POST", ["faults"]) => plan_faults(world, read(call)?),
        ("POST", ["reset"]) => {
            world.reset();
            Ok(json!({"success": true}))
        }
        ("GET", ["requests"]) => Ok(json!({"requests": world.log})),
        ("GET", ["dump"]) => Ok(json!({"now": world.account.now(), "account": world.account})),
        _ => Err(Refusal::unknown_path(&call.whole_path)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    id: Option<String>,
    name: Option<String>,
    language: Option<String>,
    status: String,
    reason: Option<String>,
    quality: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Categorising {
    name: String,
    language: Option<String>,
    category: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsoleEdit {
    name: String,
    language: String,
    components: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    faults: Vec<Fault>,
}

fn read<T: DeserializeOwned>(call: &Call) -> Result<T, Refusal> {
    if let Some(reason) = &call.malformed {
        return Err(Refusal::parameter(reason.as_str()));
    }
    serde_json::from_value(Value::Object(call.parameters.clone()))
        .map_err(|error| Refusal::parameter(error.to_string()))
}

fn review(world: &mut World, verdict: Verdict) -> Result<Value, Refusal> {
    let status = verdict.status.to_ascii_uppercase();
    if !STATUSES.contains(&status.as_str()) {
        return Err(Refusal::parameter(format!("Param status must be one of {STATUSES:?}")));
    }
    let chosen = |template: &&mut Template| match (&verdict.id, &verdict.name) {
        (Some(id), _) => template.id == *id,
        (None, Some(name)) => {
            template.name == *name
                && verdict.language.as_ref().is_none_or(|wanted| template.language == *wanted)
        }
        (None, None) => false,
    };
    let mut count = 0;
    for template in world.account.templates.iter_mut().filter(chosen) {
        template.status.clone_from(&status);
        template.rejected_reason = verdict.reason.clone().unwrap_or_else(|| "NONE".to_owned());
        template.quality = verdict.quality.clone().unwrap_or_else(|| template.quality.clone());
        count += 1;
    }
    changed(count)
}

// Meta changes the category, keeps the old one readable and forgets the time to live (Meta: time to live).
fn categorise(world: &mut World, wanted: Categorising) -> Result<Value, Refusal> {
    let category = submission::category(&wanted.category)?;
    let chosen = |template: &&mut Template| {
        template.name == wanted.name
            && wanted.language.as_ref().is_none_or(|language| template.language == *language)
    };
    let mut count = 0;
    for template in world.account.templates.iter_mut().filter(chosen) {
        template.previous_category = Some(std::mem::replace(&mut template.category, category.clone()));
        template.message_send_ttl_seconds = None;
        template.sub_category = readback::sub_category(None, &template.category, &template.components);
        count += 1;
    }
    changed(count)
}

fn console(world: &mut World, edit: ConsoleEdit) -> Result<Value, Refusal> {
    let now = world.account.now();
    let template = world.account.find(&edit.name, &edit.language).cloned();
    let template = template.ok_or_else(|| Refusal::parameter("There is no such template"))?;
    let parameters = Map::from_iter([("components".to_owned(), edit.components)]);
    let submission = Submission::revise(&template, &parameters)?;
    validate::check(&submission, &world.account)?;
    readback::write(world.account.by_id_mut("POST", &template.id)?, &submission, now);
    changed(1)
}

fn advance(world: &mut World, step: &Advance) -> Result<Value, Refusal> {
    world.account.clock_offset += i64::from(step.advance_seconds);
    Ok(json!({"success": true, "now": world.account.now()}))
}

fn plan_faults(world: &mut World, planned: Faults) -> Result<Value, Refusal> {
    world.faults = planned.faults;
    Ok(json!({"success": true}))
}

fn changed(count: usize) -> Result<Value, Refusal> {
    match count {
        0 => Err(Refusal::parameter("There is no such template")),
        _ => Ok(json!({"success": true, "templates": count})),
    }
}
