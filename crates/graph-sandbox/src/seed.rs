//! Templates that are there from the start, by a scenario.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Settings;
use crate::account::{Account, Subscription};
use crate::create;
use crate::submission::Submission;
use crate::template::Template;

// Keys of a template in a scenario that no create call has.
const OWN: [&str; 5] = ["status", "quality", "source", "raw", "sends"];

/// Puts the templates of the scenario into a fresh account, and its webhook's subscription.
pub(crate) fn plant(account: &mut Account, settings: &Settings) {
    let scenario = &settings.scenario;
    scenario.templates.iter().for_each(|template| one(account, template));
    (0..scenario.fill).for_each(|number| filler(account, number));
    if settings.webhook.is_some() || scenario.webhook.is_some() {
        account.books.subscription = Some(Subscription::default());
    }
    account.templates.settle();
}

/// Reads every template of a scenario as the create call would, and says what is wrong with the first bad one.
pub(crate) fn check(templates: &[BTreeMap<String, Value>]) -> Result<(), String> {
    for (number, template) in templates.iter().enumerate() {
        read(template).map_err(|reason| format!("templates[{number}]: {reason}"))?;
    }
    Ok(())
}

fn read(template: &BTreeMap<String, Value>) -> Result<Option<Submission>, String> {
    let parameters: Map<String, Value> = template
        .iter()
        .filter(|(key, _)| !OWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if template.get("raw") == Some(&Value::Bool(true)) {
        let has = |key: &str| parameters.get(key).is_some_and(Value::is_string);
        return match has("name") && has("language") && has("category") {
            true => Ok(None),
            false => Err("name, language and category are needed".to_owned()),
        };
    }
    Submission::read(&parameters).map(Some).map_err(|refusal| refusal.detail)
}

fn one(account: &mut Account, wanted: &BTreeMap<String, Value>) {
    let text = |key: &str| wanted.get(key).and_then(Value::as_str);
    let mut template = match read(wanted) {
        Ok(Some(submission)) => create::fresh(account, &submission),
        _ => raw(wanted, account.now()),
    };
    text("status").unwrap_or("APPROVED").clone_into(&mut template.status);
    text("quality").unwrap_or("UNKNOWN").clone_into(&mut template.quality);
    text("source").unwrap_or("MANUAL").clone_into(&mut template.source);
    if account.find(&template.name, &template.language).is_some() {
        return;
    }
    template.sends = wanted.get("sends").and_then(Value::as_u64).unwrap_or_default();
    account.templates.insert(template);
}

// As it stands there, unchecked: what a future Meta might answer.
fn raw(wanted: &BTreeMap<String, Value>, now: i64) -> Template {
    let text = |key: &str| wanted.get(key).and_then(Value::as_str).unwrap_or_default();
    let components = wanted.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
    Template {
        category: text("category").to_owned(),
        sent: components.clone(),
        components,
        ..Template::blank(text("name"), text("language"), now)
    }
}

fn filler(account: &mut Account, number: usize) {
    let text = format!("Filler number {number}, so that lists have more than one page.");
    let component = json!({"type": "BODY", "text": text});
    let template = Template {
        status: "APPROVED".to_owned(),
        sent: vec![component.clone()],
        components: vec![component],
        ..Template::blank(&format!("filler_{number:05}"), "en", account.now())
    };
    account.templates.insert(template);
}
