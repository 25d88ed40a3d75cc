//! `POST /{waba}/message_templates`.

use serde_json::{Value, json};

use crate::sandbox::account::Account;
use crate::sandbox::call::Call;
use crate::sandbox::languages;
use crate::sandbox::refusal::{self, Refusal};
use crate::sandbox::reviewer;
use crate::sandbox::submission::Submission;
use crate::sandbox::template::Template;
use crate::sandbox::world::World;
use crate::sandbox::{Review, identifiers, quota, readback, sample, validate};

/// Creates a template; it is under review, or reviewed at once if the sandbox is set so.
pub(crate) fn template(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let submission = Submission::read(&call.parameters)?;
    let template = add(&mut world.account, &submission, world.settings.review)?;
    Ok(json!({"id": template.id, "status": template.status, "category": template.category}))
}

/// Puts a submission into the account, if everything about it is in order.
pub(crate) fn add(
    account: &mut Account,
    submission: &Submission,
    review: Review,
) -> Result<Template, Refusal> {
    validate::check(submission, account)?;
    check_identity(account, submission)?;
    quota::check_creation(account)?;
    let mut template = fresh(account, submission);
    reviewer::review(&mut template, review);
    quota::count_creation(account);
    account.templates.push(template.clone());
    Ok(template)
}

fn fresh(account: &Account, submission: &Submission) -> Template {
    let now = account.now();
    let mut template = Template::blank(&submission.name, &submission.language, now);
    while account.by_id(&template.id).is_some() {
        template.id = identifiers::template();
    }
    readback::write(&mut template, submission, now);
    template
}

fn check_identity(account: &Account, submission: &Submission) -> Result<(), Refusal> {
    let (name, language) = (submission.name.as_str(), submission.language.as_str());
    let spoken = languages::english_name(language);
    if account.find(name, language).is_some() {
        let detail = format!(
            "There is already {spoken} content for this template. You can create a new template and try again."
        );
        return Err(Refusal::template(refusal::ALREADY_EXISTS, detail));
    }
    if name == sample::NAME {
        return Err(Refusal::template(
            refusal::SAMPLE_NAME,
            format!("{name} is the name of a sample template; choose another"),
        ));
    }
    let now = account.now();
    if account.locks.iter().any(|lock| lock.name == name && lock.language == language && lock.until > now) {
        let detail = format!(
            "New {spoken} content can't be added while the existing {spoken} content is being \
             deleted. Try again in 4 weeks or create a new message template."
        );
        return Err(Refusal::template(refusal::NAME_COOLING_DOWN, detail));
    }
    match account.category_of(name) {
        Some(category) if category != submission.category => Err(Refusal::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {category}.",
            submission.category
        ))),
        _ => Ok(()),
    }
}
