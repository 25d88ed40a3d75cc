//! `POST /{waba}/upsert_message_templates`: one authentication template in many languages.

use serde_json::{Map, Value, json};

use crate::emulator::World;
use crate::endpoints::quota;
use crate::endpoints::templates::{create, edit};
use crate::graph_error::Refusal;
use crate::model::json::structured;
use crate::model::submission::Submission;
use crate::protocol::request::Call;
use crate::readback;

/// Creates the languages that are new and changes those that differ; all of them, or none.
pub(crate) fn templates(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let languages = call.list("languages").filter(|languages| !languages.is_empty());
    let languages = languages.ok_or_else(|| Refusal::parameter("The parameter languages is required."))?;
    check_labels(&call.parameters)?;
    let rows = languages
        .iter()
        .map(|language| one(world, &call.parameters, language))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"data": rows}))
}

fn one(world: &mut World, parameters: &Map<String, Value>, language: &str) -> Result<Value, Refusal> {
    let mut parameters = parameters.clone();
    parameters.remove("languages");
    parameters.insert("language".to_owned(), Value::from(language));
    let submission = Submission::read(&parameters)?;
    if submission.category != "AUTHENTICATION" {
        return Err(Refusal::parameter("Only templates of the category AUTHENTICATION can be upserted"));
    }
    let id = put(world, &submission)?;
    let status = world.account.by_id(&id).map_or("PENDING", |template| template.status.as_str());
    Ok(json!({"id": id, "status": status, "language": language}))
}

// A language that is there already and does not differ costs no edit.
fn put(world: &mut World, submission: &Submission) -> Result<String, Refusal> {
    let (account, settings) = (&mut world.account, &world.settings);
    let Some(present) = account.find(&submission.name, &submission.language).cloned() else {
        return create::add(account, settings, submission).map(|template| template.id);
    };
    let mut wanted = present.clone();
    readback::write(&mut wanted, submission, present.updated);
    let same = wanted.components == present.components
        && wanted.message_send_ttl_seconds == present.message_send_ttl_seconds;
    if !same {
        quota::check_edit(&present, &settings.scenario.limits, account.now())?;
        edit::change(account, settings, &present.id, submission)?;
    }
    Ok(present.id)
}

// Labels would be the same in all languages (Meta: bulk management of authentication templates).
fn check_labels(parameters: &Map<String, Value>) -> Result<(), Refusal> {
    let components = parameters.get("components").map(structured).unwrap_or_default();
    let buttons =
        components.as_array().into_iter().flatten().filter_map(|component| component.get("buttons"));
    let mut buttons = buttons.filter_map(Value::as_array).flatten();
    match buttons.any(|button| button.get("text").is_some() || button.get("autofill_text").is_some()) {
        true => {
            Err(Refusal::parameter("Buttons of an upserted template take neither text nor autofill_text"))
        }
        false => Ok(()),
    }
}
