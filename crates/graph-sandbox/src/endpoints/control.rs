//! `/_sandbox/…`: control calls for tests (reviews, console edits, time, faults).

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::endpoints::{messages, subscriptions};
use crate::faults::plan::Fault;
use crate::graph_error::GraphError;
use crate::model::clock;
use crate::model::event::Event;
use crate::model::schedule::TemplateChange;
use crate::model::submission::{self, Submission};
use crate::model::template::Template;
use crate::model::webhook_target::{WebhookTarget, is_loopback_url};
use crate::protocol::request::ApiRequest;
use crate::state::store::WebhookRegistration;
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
pub(crate) fn respond(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let path: Vec<&str> = call.path.iter().skip(1).map(String::as_str).collect();
    emulator.run_due();
    choose_account(emulator, call)?;
    match (call.method.as_str(), path.as_slice()) {
        ("POST", ["review"]) => review(emulator, call),
        ("POST", ["category"]) => categorise(emulator, &read(call)?),
        ("POST", ["console"]) => console(emulator, read(call)?),
        ("POST", ["clock"]) => Ok(advance(emulator, &read(call)?)),
        ("POST", ["faults"]) => Ok(plan_faults(emulator, read(call)?)),
        ("POST", ["webhook"]) => set_webhook_target(emulator, read(call)?),
        ("POST", ["message"]) => message(emulator, &read(call)?),
        ("POST", ["reset"]) => {
            emulator.reset().map_err(|error| GraphError::internal(error.to_string()))?;
            Ok(json!({"success": true}))
        }
        ("GET", ["requests"]) => Ok(json!({"requests": emulator.log})),
        ("GET", ["webhooks"]) => Ok(json!({"webhooks": emulator.deliveries})),
        ("GET", ["dump"]) => Ok(dump(emulator)),
        _ => Err(GraphError::unknown_path(&call.whole_path)),
    }
}

// Control calls are about the main account, unless they name another.
fn choose_account(emulator: &mut Emulator, call: &ApiRequest) -> Result<(), GraphError> {
    let main = emulator.settings.waba.clone();
    let id = call.text("account").unwrap_or(&main);
    match emulator.select(id) {
        true => Ok(()),
        false => Err(GraphError::parameter(format!("There is no account {id}"))),
    }
}

/// Selects templates; the other keys of the call are the change.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TemplateSelector {
    id: Option<String>,
    name: Option<String>,
    language: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryRequest {
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
struct ClockRequest {
    advance_seconds: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultsRequest {
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageRequest {
    id: String,
    to: String,
    status: String,
}

fn read<T: DeserializeOwned>(call: &ApiRequest) -> Result<T, GraphError> {
    if let Some(reason) = &call.malformed {
        return Err(GraphError::parameter(reason.as_str()));
    }
    parse(call.parameters.clone())
}

fn parse<T: DeserializeOwned>(mut keys: Map<String, Value>) -> Result<T, GraphError> {
    keys.shift_remove("account");
    serde_json::from_value(Value::Object(keys)).map_err(|error| GraphError::parameter(error.to_string()))
}

fn review(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    let (chosen, change): (Map<_, _>, Map<_, _>) = call
        .parameters
        .clone()
        .into_iter()
        .partition(|(key, _)| ["id", "name", "language"].contains(&key.as_str()));
    let (chosen, change): (TemplateSelector, TemplateChange) = (parse(chosen)?, parse(change)?);
    let status = change.status.as_ref().map(|status| status.to_ascii_uppercase());
    if status.as_ref().is_some_and(|status| !STATUSES.contains(&status.as_str())) {
        return Err(GraphError::parameter(format!("Param status must be one of {STATUSES:?}")));
    }
    for category in [&change.category, &change.correct_category].into_iter().flatten() {
        submission::category(category)?;
    }
    let chosen: Vec<String> = match (&chosen.id, &chosen.name) {
        (Some(id), _) => emulator.account.by_id(id).map(|template| template.id.clone()).into_iter().collect(),
        (None, Some(name)) => named(emulator, name, chosen.language.as_deref()),
        (None, None) => Vec::new(),
    };
    chosen.iter().for_each(|id| review::apply(&mut emulator.account, id, &change));
    changed(chosen.len())
}

fn named(emulator: &Emulator, name: &str, language: Option<&str>) -> Vec<String> {
    let all = emulator.account.templates.named(name);
    let fits = |template: &&Template| language.is_none_or(|language| template.language == language);
    all.filter(fits).map(|template| template.id.clone()).collect()
}

fn categorise(emulator: &mut Emulator, wanted: &CategoryRequest) -> Result<Value, GraphError> {
    let category = submission::category(&wanted.category)?;
    let chosen = named(emulator, &wanted.name, wanted.language.as_deref());
    let change = TemplateChange { category: Some(category), ..TemplateChange::default() };
    chosen.iter().for_each(|id| review::apply(&mut emulator.account, id, &change));
    changed(chosen.len())
}

fn console(emulator: &mut Emulator, edit: ConsoleEdit) -> Result<Value, GraphError> {
    let now = emulator.account.now();
    let template = emulator.account.find(&edit.name, &edit.language).cloned();
    let template = template.ok_or_else(|| GraphError::parameter("There is no such template"))?;
    let parameters = Map::from_iter([("components".to_owned(), edit.components)]);
    let submission = Submission::revise(&template, &parameters)?;
    validate::check(&submission, &emulator.account)?;
    let template = emulator.account.by_id_mut("POST", &template.id)?;
    readback::write(template, &submission, now);
    let event = Event::components(template);
    emulator.account.events.push(event);
    changed(1)
}

// Time passes in all accounts alike.
fn advance(emulator: &mut Emulator, step: &ClockRequest) -> Value {
    for account in emulator.accounts_mut() {
        let offset = &mut account.data.clock_offset;
        *offset = offset.saturating_add(i64::from(step.advance_seconds)).min(clock::MAX_OFFSET);
    }
    emulator.run_due();
    json!({"success": true, "now": emulator.account.now()})
}

fn plan_faults(emulator: &mut Emulator, planned: FaultsRequest) -> Value {
    emulator.faults = planned.faults;
    json!({"success": true})
}

// Setting a target also subscribes the accounts.
fn set_webhook_target(emulator: &mut Emulator, target: WebhookTarget) -> Result<Value, GraphError> {
    subscriptions::check_webhooks(emulator)?;
    if !is_loopback_url(&target.url) {
        return Err(GraphError::parameter("The sandbox calls http addresses of this machine only"));
    }
    emulator.registered = Some(WebhookRegistration { target: Some(target) });
    for account in emulator.accounts_mut() {
        account.data.subscription.get_or_insert_default();
    }
    Ok(json!({"success": true}))
}

fn message(emulator: &mut Emulator, wanted: &MessageRequest) -> Result<Value, GraphError> {
    let value = messages::report(emulator, [&wanted.id, &wanted.to, &wanted.status], None);
    let now = emulator.account.now();
    emulator.account.events.push(Event::message(value, now));
    changed(1)
}

fn dump(emulator: &Emulator) -> Value {
    let others: Vec<_> = emulator.others.values().collect();
    json!({"now": emulator.account.now(), "account": emulator.account, "others": others})
}

fn changed(count: usize) -> Result<Value, GraphError> {
    match count {
        0 => Err(GraphError::parameter("There is no such template")),
        count => Ok(json!({"success": true, "templates": count})),
    }
}
