//! URL buttons: the address, its one variable at the end, and its sample.

use serde_json::Value;

use crate::graph_error::{self, Refusal};
use crate::model::submission::Object;
use crate::validate::object::{at_most, missing, only, required};
use crate::validate::placeholders::{Placeholders, is_name};

// Characters of an address (Meta: components).
const LIMIT: usize = 2000;

/// The address of a button and the sample of its variable.
pub(super) fn check(button: &Object, named: bool) -> Result<(), Refusal> {
    let url = required(button, "url", "BUTTONS")?;
    at_most(url, LIMIT, "URL")?;
    let found = Placeholders::find(url, graph_error::BUTTON_FORMAT)?;
    check_address(found.around.first().unwrap_or(&url))?;
    check_deep_link(button)?;
    if found.places() == 0 {
        return Ok(());
    }
    check_variable(&found, named)?;
    check_sample(button)
}

// What an app is opened with (a client of the Marketing Messages API).
fn check_deep_link(button: &Object) -> Result<(), Refusal> {
    let keys = ["meta_app_id", "android_deep_link", "android_fallback_playstore_url"];
    match button.get("app_deep_link") {
        None => Ok(()),
        Some(Value::Object(link)) => only(link, &keys, "app_deep_link"),
        Some(_) => Err(Refusal::parameter("Param app_deep_link must be an object")),
    }
}

fn check_address(fixed: &str) -> Result<(), Refusal> {
    let rest = fixed.strip_prefix("https://").or_else(|| fixed.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    match !host.is_empty() && !fixed.contains(char::is_whitespace) {
        true => Ok(()),
        false => Err(Refusal::parameter(format!("{fixed} is not an absolute http or https URL"))),
    }
}

// `{{1}}` in every documented creation; templates with named parameters may use a name.
fn check_variable(found: &Placeholders<'_>, named: bool) -> Result<(), Refusal> {
    if found.places() > 1 {
        return Err(Refusal::parameter("The URL of a button can have only one variable"));
    }
    if found.around.last().is_some_and(|rest| !rest.is_empty()) {
        return Err(Refusal::parameter("The variable must be at the end of the URL of a button"));
    }
    let fits = |name: &&str| *name == "1" || (named && is_name(name));
    match found.names.iter().all(fits) {
        true => Ok(()),
        false => Err(Refusal::parameter("The variable of a URL must be {{1}}")),
    }
}

// A list of one, or the sample by itself; a whole URL or the suffix only: Meta's pages show all.
fn check_sample(button: &Object) -> Result<(), Refusal> {
    let sample = match button.get("example") {
        Some(Value::Array(items)) if items.len() == 1 => items.first().and_then(Value::as_str),
        Some(Value::String(text)) => Some(text.as_str()),
        _ => None,
    };
    match sample.is_some_and(|sample| !sample.trim().is_empty()) {
        true => Ok(()),
        false => Err(missing("BUTTONS", "example")),
    }
}
