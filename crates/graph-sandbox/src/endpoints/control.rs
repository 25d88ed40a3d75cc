//! `/_sandbox/…`: what tests use to play Meta's reviewers, the console, the calendar and a bad network.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::{messages, subscriptions};
use crate::faults::plan::Fault;
use crate::graph_error::Refusal;
use crate::model::clock;
use crate::model::event::Event;
use crate::model::schedule::Change;
use crate::model::submission::{self, Submission};
use crate::model::template::Template;
use crate::model::webhook_target::{Target, is_near};
use crate::protocol::request::Call;
use crate::state::store::Registered;
use crate::{readback, review, validate};

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
    world.catch_up();
    choose_account(world, call)?;
    match (call.method.as_str(), path.as_slice()) {
        ("POST", ["review"]) => review(world, call),
        ("POST", ["category"]) => categorise(world, &read(call)?),
        ("POST", ["console"]) => console(world, read(call)?),
        ("POST", ["clock"]) => Ok(advance(world, &read(call)?)),
        ("POST", ["faults"]) => Ok(plan_faults(world, read(call)?)),
        ("POST", ["webhook"]) => aim(world, read(call)?),
        ("POST", ["message"]) => message(world, &read(call)?),
        ("POST", ["reset"]) => {
            world.reset().map_err(|error| Refusal::internal(error.to_string()))?;
            Ok(json!({"success": true}))
        }
        ("GET", ["requests"]) => Ok(json!({"requests": world.log})),
        ("GET", ["webhooks"]) => Ok(json!({"webhooks": world.deliveries})),
        ("GET", ["dump"]) => Ok(dump(world)),
        _ => Err(Refusal::unknown_path(&call.whole_path)),
    }
}

// Control calls are about the main account, unless they name another.
fn choose_account(world: &mut World, call: &Call) -> Result<(), Refusal> {
    let main = world.settings.waba.clone();
    let id = call.text("account").unwrap_or(&main);
    match world.select(id) {
        true => Ok(()),
        false => Err(Refusal::parameter(format!("There is no account {id}"))),
    }
}

/// The rest of the keys is what changes.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Chosen {
    id: Option<String>,
    name: Option<String>,
    language: Option<String>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    id: String,
    to: String,
    status: String,
}

fn read<T: DeserializeOwned>(call: &Call) -> Result<T, Refusal> {
    if let Some(reason) = &call.malformed {
        return Err(Refusal::parameter(reason.as_str()));
    }
    parse(call.parameters.clone())
}

fn parse<T: DeserializeOwned>(mut keys: Map<String, Value>) -> Result<T, Refusal> {
    keys.shift_remove("account");
    serde_json::from_value(Value::Object(keys)).map_err(|error| Refusal::parameter(error.to_string()))
}

fn review(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let (chosen, change): (Map<_, _>, Map<_, _>) = call
        .parameters
        .clone()
        .into_iter()
        .partition(|(key, _)| ["id", "name", "language"].contains(&key.as_str()));
    let (chosen, change): (Chosen, Change) = (parse(chosen)?, parse(change)?);
    let status = change.status.as_ref().map(|status| status.to_ascii_uppercase());
    if status.as_ref().is_some_and(|status| !STATUSES.contains(&status.as_str())) {
        return Err(Refusal::parameter(format!("Param status must be one of {STATUSES:?}")));
    }
    for category in [&change.category, &change.correct_category].into_iter().flatten() {
        submission::category(category)?;
    }
    let chosen: Vec<String> = match (&chosen.id, &chosen.name) {
        (Some(id), _) => world.account.by_id(id).map(|template| template.id.clone()).into_iter().collect(),
        (None, Some(name)) => named(world, name, chosen.language.as_deref()),
        (None, None) => Vec::new(),
    };
    chosen.iter().for_each(|id| review::apply(&mut world.account, id, &change));
    changed(chosen.len())
}

fn named(world: &World, name: &str, language: Option<&str>) -> Vec<String> {
    let all = world.account.templates.named(name);
    let fits = |template: &&Template| language.is_none_or(|language| template.language == language);
    all.filter(fits).map(|template| template.id.clone()).collect()
}

fn categorise(world: &mut World, wanted: &Categorising) -> Result<Value, Refusal> {
    let category = submission::category(&wanted.category)?;
    let chosen = named(world, &wanted.name, wanted.language.as_deref());
    let change = Change { category: Some(category), ..Change::default() };
    chosen.iter().for_each(|id| review::apply(&mut world.account, id, &change));
    changed(chosen.len())
}

fn console(world: &mut World, edit: ConsoleEdit) -> Result<Value, Refusal> {
    let now = world.account.now();
    let template = world.account.find(&edit.name, &edit.language).cloned();
    let template = template.ok_or_else(|| Refusal::parameter("There is no such template"))?;
    let parameters = Map::from_iter([("components".to_owned(), edit.components)]);
    let submission = Submission::revise(&template, &parameters)?;
    validate::check(&submission, &world.account)?;
    let template = world.account.by_id_mut("POST", &template.id)?;
    readback::write(template, &submission, now);
    let event = Event::components(template);
    world.account.events.push(event);
    changed(1)
}

// Time passes in all accounts alike.
fn advance(world: &mut World, step: &Advance) -> Value {
    for account in world.accounts_mut() {
        let offset = &mut account.books.clock_offset;
        *offset = offset.saturating_add(i64::from(step.advance_seconds)).min(clock::FURTHEST);
    }
    world.catch_up();
    json!({"success": true, "now": world.account.now()})
}

fn plan_faults(world: &mut World, planned: Faults) -> Value {
    world.faults = planned.faults;
    json!({"success": true})
}

// Who sets a target wants to be told: the account is subscribed along with it.
fn aim(world: &mut World, target: Target) -> Result<Value, Refusal> {
    subscriptions::check_webhooks(world)?;
    if !is_near(&target.url) {
        return Err(Refusal::parameter("The sandbox calls http addresses of this machine only"));
    }
    world.registered = Some(Registered { target: Some(target) });
    for account in world.accounts_mut() {
        account.books.subscription.get_or_insert_default();
    }
    Ok(json!({"success": true}))
}

fn message(world: &mut World, wanted: &Message) -> Result<Value, Refusal> {
    let value = messages::report(world, [&wanted.id, &wanted.to, &wanted.status], None);
    let now = world.account.now();
    world.account.events.push(Event::message(value, now));
    changed(1)
}

fn dump(world: &World) -> Value {
    let others: Vec<_> = world.others.values().collect();
    json!({"now": world.account.now(), "account": world.account, "others": others})
}

fn changed(count: usize) -> Result<Value, Refusal> {
    match count {
        0 => Err(Refusal::parameter("There is no such template")),
        count => Ok(json!({"success": true, "templates": count})),
    }
}
