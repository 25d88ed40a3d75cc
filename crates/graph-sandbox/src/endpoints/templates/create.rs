//! `POST /{waba}/message_templates`.

use serde_json::{Value, json};

use crate::emulator::World;
use crate::endpoints::token::Token;
use crate::endpoints::{library, quota, uploads};
use crate::graph_error::{self, Refusal};
use crate::model::account::Account;
use crate::model::schedule::Change;
use crate::model::submission::Submission;
use crate::model::template::Template;
use crate::model::{languages, sample};
use crate::protocol::request::Call;
use crate::settings::Settings;
use crate::{readback, review, validate};

/// Creates a template, of its own or out of the library, and sends it to review.
pub(crate) fn template(world: &mut World, call: &Call, token: &Token) -> Result<Value, Refusal> {
    let template = match library::expand(&call.parameters)? {
        Some(expanded) => from_library(world, &expanded)?,
        None => {
            let submission = Submission::read(&call.parameters)?;
            uploads::check_owner(&submission, &world.account, &token.app)?;
            add(&mut world.account, &world.settings, &submission)?
        }
    };
    Ok(json!({"id": template.id, "status": template.status, "category": template.category}))
}

/// Puts a submission into the account, if everything about it is in order.
pub(crate) fn add(
    account: &mut Account,
    settings: &Settings,
    submission: &Submission,
) -> Result<Template, Refusal> {
    validate::check(submission, account)?;
    admit(account, settings, submission)?;
    let template = readback::new_template(account, submission);
    let id = template.id.clone();
    account.templates.insert(template);
    review::submit(account, settings, &id);
    account.by_id(&id).cloned().ok_or_else(|| Refusal::internal("the template is gone"))
}

// What stands in the library was reviewed already (Meta: template library).
fn from_library(world: &mut World, expanded: &library::Expanded) -> Result<Template, Refusal> {
    let submission = Submission::read(&expanded.parameters)?;
    let account = &mut world.account;
    validate::check(&submission, account)?;
    admit(account, &world.settings, &submission)?;
    let template = Template {
        library_template_name: Some(expanded.name.clone()),
        parameter_types: expanded.parameter_types.clone(),
        ..readback::new_template(account, &submission)
    };
    let id = template.id.clone();
    account.templates.insert(template);
    let approved = Change { status: Some("APPROVED".to_owned()), ..Change::default() };
    review::apply(account, &id, &approved);
    account.by_id(&id).cloned().ok_or_else(|| Refusal::internal("the template is gone"))
}

fn admit(account: &mut Account, settings: &Settings, submission: &Submission) -> Result<(), Refusal> {
    let limits = &settings.scenario.limits;
    if submission.category == "AUTHENTICATION" && !limits.authentication {
        return Err(Refusal::not_eligible());
    }
    check_identity(account, submission)?;
    quota::check_creation(account, limits)?;
    if limits.creations_per_hour.is_some() {
        quota::count_creation(account);
    }
    Ok(())
}

fn check_identity(account: &Account, submission: &Submission) -> Result<(), Refusal> {
    let (name, language) = (submission.name.as_str(), submission.language.as_str());
    let spoken = languages::english_name(language);
    if account.find(name, language).is_some() {
        let detail = format!(
            "There is already {spoken} content for this template. You can create a new template and try again."
        );
        return Err(Refusal::template(graph_error::ALREADY_EXISTS, detail));
    }
    if name == sample::NAME {
        return Err(Refusal::template(
            graph_error::SAMPLE_NAME,
            format!("{name} is the name of a sample template; choose another"),
        ));
    }
    let now = account.now();
    if account
        .books
        .locks
        .iter()
        .any(|lock| lock.name == name && lock.language == language && lock.until > now)
    {
        let detail = format!(
            "New {spoken} content can't be added while the existing {spoken} content is being \
             deleted. Try again in 4 weeks or create a new message template."
        );
        return Err(Refusal::template(graph_error::NAME_COOLING_DOWN, detail));
    }
    match account.category_of(name) {
        Some(category) if category != submission.category => Err(Refusal::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {category}.",
            submission.category
        ))),
        _ => Ok(()),
    }
}
