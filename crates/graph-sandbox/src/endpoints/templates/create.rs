//! `POST /{waba}/message_templates`.

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::endpoints::token::Token;
use crate::endpoints::{library, quota, uploads};
use crate::graph_error::{self, GraphError};
use crate::model::account::Account;
use crate::model::schedule::TemplateChange;
use crate::model::submission::Submission;
use crate::model::template::Template;
use crate::model::{languages, sample};
use crate::protocol::request::ApiRequest;
use crate::settings::Settings;
use crate::{readback, review, validate};

/// Creates a template, custom or from the library, and submits it for review.
pub(crate) fn template(
    emulator: &mut Emulator,
    call: &ApiRequest,
    token: &Token,
) -> Result<Value, GraphError> {
    let template = match library::expand(&call.parameters)? {
        Some(expanded) => from_library(emulator, &expanded)?,
        None => {
            let submission = Submission::read(&call.parameters)?;
            uploads::check_owner(&submission, &emulator.account, &token.app)?;
            add(&mut emulator.account, &emulator.settings, &submission)?
        }
    };
    Ok(json!({"id": template.id, "status": template.status, "category": template.category}))
}

/// Puts a submission into the account, if everything about it is in order.
pub(crate) fn add(
    account: &mut Account,
    settings: &Settings,
    submission: &Submission,
) -> Result<Template, GraphError> {
    validate::check(submission, account)?;
    check_admission(account, settings, submission)?;
    let template = readback::new_template(account, submission);
    let id = template.id.clone();
    account.templates.insert(template);
    review::submit(account, settings, &id);
    account.by_id(&id).cloned().ok_or_else(|| GraphError::internal("the template no longer exists"))
}

// Library templates are already reviewed (Meta: template library).
fn from_library(emulator: &mut Emulator, expanded: &library::ExpandedCall) -> Result<Template, GraphError> {
    let submission = Submission::read(&expanded.parameters)?;
    let account = &mut emulator.account;
    validate::check(&submission, account)?;
    check_admission(account, &emulator.settings, &submission)?;
    let template = Template {
        library_template_name: Some(expanded.name.clone()),
        parameter_types: expanded.parameter_types.clone(),
        ..readback::new_template(account, &submission)
    };
    let id = template.id.clone();
    account.templates.insert(template);
    let approved = TemplateChange { status: Some("APPROVED".to_owned()), ..TemplateChange::default() };
    review::apply(account, &id, &approved);
    account.by_id(&id).cloned().ok_or_else(|| GraphError::internal("the template no longer exists"))
}

fn check_admission(
    account: &mut Account,
    settings: &Settings,
    submission: &Submission,
) -> Result<(), GraphError> {
    let limits = &settings.scenario.limits;
    if submission.category == "AUTHENTICATION" && !limits.authentication {
        return Err(GraphError::not_eligible());
    }
    check_identity(account, submission)?;
    quota::check_creation(account, limits)?;
    if limits.creations_per_hour.is_some() {
        quota::count_creation(account);
    }
    Ok(())
}

fn check_identity(account: &Account, submission: &Submission) -> Result<(), GraphError> {
    let (name, language) = (submission.name.as_str(), submission.language.as_str());
    let language_name = languages::english_name(language);
    if account.find(name, language).is_some() {
        let detail = format!(
            "There is already {language_name} content for this template. You can create a new template and try again."
        );
        return Err(GraphError::template(graph_error::ALREADY_EXISTS, detail));
    }
    if name == sample::NAME {
        return Err(GraphError::template(
            graph_error::SAMPLE_NAME,
            format!("{name} is the name of a sample template; choose another"),
        ));
    }
    let now = account.now();
    if account
        .data
        .locks
        .iter()
        .any(|lock| lock.name == name && lock.language == language && lock.until > now)
    {
        let detail = format!(
            "New {language_name} content can't be added while the existing {language_name} content is being \
             deleted. Try again in 4 weeks or create a new message template."
        );
        return Err(GraphError::template(graph_error::NAME_COOLING_DOWN, detail));
    }
    match account.category_of(name) {
        Some(category) if category != submission.category => Err(GraphError::parameter(format!(
            "The category {} doesn't match the one that's already associated with this template, {category}.",
            submission.category
        ))),
        _ => Ok(()),
    }
}
