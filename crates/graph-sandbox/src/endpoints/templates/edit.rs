//! `POST /{template-id}` and `POST /{template-id}/unpause`.

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::endpoints::token::Token;
use crate::endpoints::{quota, uploads};
use crate::graph_error::{self, GraphError};
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::schedule::TemplateChange;
use crate::model::submission::Submission;
use crate::model::template::Template;
use crate::protocol::request::ApiRequest;
use crate::settings::Settings;
use crate::{readback, review, validate};

/// Replaces the components as a whole, or what else is named.
pub(crate) fn template(
    emulator: &mut Emulator,
    call: &ApiRequest,
    id: &str,
    token: &Token,
) -> Result<Value, GraphError> {
    let now = emulator.account.now();
    let template = emulator.account.by_id_mut("POST", id)?.clone();
    check_not_sample(&template)?;
    let submission = Submission::revise(&template, &call.parameters)?;
    check_category(&emulator.account, &template, &submission)?;
    quota::check_edit(&template, &emulator.settings.scenario.limits, now)?;
    uploads::check_owner(&submission, &emulator.account, &token.app)?;
    change(&mut emulator.account, &emulator.settings, id, &submission)?;
    Ok(json!({"success": true}))
}

/// Writes a submission over a template and sends it to review again.
pub(crate) fn change(
    account: &mut Account,
    settings: &Settings,
    id: &str,
    submission: &Submission,
) -> Result<(), GraphError> {
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
pub(crate) fn unpause(emulator: &mut Emulator, id: &str) -> Result<Value, GraphError> {
    let template = emulator.account.by_id_mut("POST", id)?;
    if template.status != "PAUSED" {
        let reason = format!("The template is not paused but {}", template.status);
        return Ok(json!({"success": false, "reason": reason}));
    }
    // Cancel the scheduled end of the pause.
    template.schedule.retain(|due| due.change.title.as_deref() != Some("UNPAUSE"));
    let lifted = TemplateChange {
        status: Some("APPROVED".to_owned()),
        title: Some("UNPAUSE".to_owned()),
        ..TemplateChange::default()
    };
    review::apply(&mut emulator.account, id, &lifted);
    Ok(json!({"success": true}))
}

/// Rejects changes of Meta's sample template.
pub(crate) fn check_not_sample(template: &Template) -> Result<(), GraphError> {
    if template.sample {
        return Err(GraphError::template(
            graph_error::SAMPLE_NAME,
            format!("{} is a sample template and cannot be changed", template.name),
        ));
    }
    Ok(())
}

fn check_category(account: &Account, template: &Template, submission: &Submission) -> Result<(), GraphError> {
    if submission.category == template.category {
        return Ok(());
    }
    if template.status == "APPROVED" {
        return Err(GraphError::parameter("The category of an approved template cannot be changed"));
    }
    let rewritten =
        [&submission.category, &template.category].iter().any(|category| *category == "AUTHENTICATION");
    if rewritten && submission.components.is_empty() {
        return Err(GraphError::parameter("The components do not fit the new category"));
    }
    let mut siblings = account.templates.named(&template.name).filter(|other| other.id != template.id);
    match siblings.find(|other| other.category != submission.category) {
        Some(other) => Err(GraphError::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {}.",
            submission.category, other.category
        ))),
        None => Ok(()),
    }
}
