//! Templates that are there from the start, by a scenario.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model::account::{Account, Subscription};
use crate::model::template::Template;
use crate::readback;
use crate::scenario::seed::read;
use crate::settings::Settings;

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

fn one(account: &mut Account, wanted: &BTreeMap<String, Value>) {
    let text = |key: &str| wanted.get(key).and_then(Value::as_str);
    let mut template = match read(wanted) {
        Ok(Some(submission)) => readback::new_template(account, &submission),
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
