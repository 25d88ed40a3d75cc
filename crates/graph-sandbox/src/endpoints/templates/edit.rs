//! `POST /{template-id}` and `POST /{template-id}/unpause`.

use serde_json::{Value, json};

use crate::emulator::World;
use crate::endpoints::token::Token;
use crate::endpoints::{quota, uploads};
use crate::graph_error::{self, Refusal};
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::schedule::Change;
use crate::model::submission::Submission;
use crate::model::template::Template;
use crate::protocol::request::Call;
use crate::settings::Settings;
use crate::{readback, review, validate};

/// Replaces the components as a whole, or what else is named.
pub(crate) fn template(world: &mut World, call: &Call, id: &str, token: &Token) -> Result<Value, Refusal> {
    let now = world.account.now();
    let template = world.account.by_id_mut("POST", id)?.clone();
    check_mine(&template)?;
    let submission = Submission::revise(&template, &call.parameters)?;
    check_category(&world.account, &template, &submission)?;
    quota::check_edit(&template, &world.settings.scenario.limits, now)?;
    uploads::check_owner(&submission, &world.account, &token.app)?;
    change(&mut world.account, &world.settings, id, &submission)?;
    Ok(json!({"success": true}))
}

/// Writes a submission over a template and sends it to review again.
pub(crate) fn change(
    account: &mut Account,
    settings: &Settings,
    id: &str,
    submission: &Submission,
) -> Result<(), Refusal> {
    if !submission.components.is_empty() {
        validate::check(submission, account)?;
    }
    let now = account.now();
    let template = account.by_id_mut("POST", id)?;
    quota::count_edit(template, now);
    readback::write(template, submission, now);
    let event = Event::components(template);
    account.events.push(event);
    review::submit(account, settings, id);
    Ok(())
}

/// Lifts a pause.
pub(crate) fn unpause(world: &mut World, id: &str) -> Result<Value, Refusal> {
    let template = world.account.by_id_mut("POST", id)?;
    if template.status != "PAUSED" {
        let reason = format!("The template is not paused but {}", template.status);
        return Ok(json!({"success": false, "reason": reason}));
    }
    // What would have ended the pause is not due any more.
    template.agenda.retain(|due| due.change.title.as_deref() != Some("UNPAUSE"));
    let lifted = Change {
        status: Some("APPROVED".to_owned()),
        title: Some("UNPAUSE".to_owned()),
        ..Change::default()
    };
    review::apply(&mut world.account, id, &lifted);
    Ok(json!({"success": true}))
}

/// Templates that Meta put into the account stay as they are.
pub(crate) fn check_mine(template: &Template) -> Result<(), Refusal> {
    if template.sample {
        return Err(Refusal::template(
            graph_error::SAMPLE_NAME,
            format!("{} is a sample template and cannot be changed", template.name),
        ));
    }
    Ok(())
}

fn check_category(account: &Account, template: &Template, submission: &Submission) -> Result<(), Refusal> {
    if submission.category == template.category {
        return Ok(());
    }
    if template.status == "APPROVED" {
        return Err(Refusal::parameter("The category of an approved template cannot be changed"));
    }
    let rewritten =
        [&submission.category, &template.category].iter().any(|category| *category == "AUTHENTICATION");
    if rewritten && submission.components.is_empty() {
        return Err(Refusal::parameter("The components do not fit the new category"));
    }
    let mut siblings = account.templates.named(&template.name).filter(|other| other.id != template.id);
    match siblings.find(|other| other.category != submission.category) {
        Some(other) => Err(Refusal::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {}.",
            submission.category, other.category
        ))),
        None => Ok(()),
    }
}
