//! `POST /{template-id}` and `POST /{template-id}/unpause`.

use serde_json::{Value, json};

use crate::sandbox::account::Account;
use crate::sandbox::call::Call;
use crate::sandbox::refusal::{self, Refusal};
use crate::sandbox::reviewer;
use crate::sandbox::submission::Submission;
use crate::sandbox::template::Template;
use crate::sandbox::world::World;
use crate::sandbox::{Review, quota, readback, validate};

/// Replaces the components as a whole, or what else is named.
pub(crate) fn template(world: &mut World, call: &Call, id: &str) -> Result<Value, Refusal> {
    let now = world.account.now();
    let template = world.account.by_id_mut("POST", id)?.clone();
    check_mine(&template)?;
    let submission = Submission::revise(&template, &call.parameters)?;
    check_category(&world.account, &template, &submission)?;
    quota::check_edit(&template, now)?;
    change(&mut world.account, id, &submission, world.settings.review)?;
    Ok(json!({"success": true}))
}

/// Writes a submission over a template and sends it to review again.
pub(crate) fn change(
    account: &mut Account,
    id: &str,
    submission: &Submission,
    review: Review,
) -> Result<(), Refusal> {
    if !submission.components.is_empty() {
        validate::check(submission, account)?;
    }
    let now = account.now();
    let template = account.by_id_mut("POST", id)?;
    quota::count_edit(template, now);
    readback::write(template, submission, now);
    reviewer::review(template, review);
    Ok(())
}

/// Lifts a pause.
pub(crate) fn unpause(world: &mut World, id: &str) -> Result<Value, Refusal> {
    let template = world.account.by_id_mut("POST", id)?;
    if template.status != "PAUSED" {
        let reason = format!("The template is not paused but {}", template.status);
        return Ok(json!({"success": false, "reason": reason}));
    }
    "APPROVED".clone_into(&mut template.status);
    Ok(json!({"success": true}))
}

/// Templates that Meta put into the account stay as they are.
pub(crate) fn check_mine(template: &Template) -> Result<(), Refusal> {
    if template.sample {
        return Err(Refusal::template(
            refusal::SAMPLE_NAME,
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
    let mut siblings =
        account.templates.iter().filter(|other| other.name == template.name && other.id != template.id);
    match siblings.find(|other| other.category != submission.category) {
        Some(other) => Err(Refusal::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {}.",
            submission.category, other.category
        ))),
        None => Ok(()),
    }
}
