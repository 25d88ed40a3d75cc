//! Checks of components that Meta makes at submission.
//!
//! One file per component type. Rejections in review are in `review`; what is merely
//! unwise is accepted, as by Meta.

mod authentication;
mod body;
mod button;
mod button_kinds;
mod buttons;
mod call_permission;
mod carousel;
mod characters;
mod context;
mod footer;
mod header;
mod object;
mod offer;
mod placeholders;
mod samples;
mod structure;
mod url_button;

use crate::graph_error::GraphError;
use crate::model::account::Account;
use crate::model::submission::{JsonObject, Submission};
use crate::validate::context::Context;
use crate::validate::object::text;

/// Rejects a submission at the first error in its components.
pub(crate) fn check(submission: &Submission, account: &Account) -> Result<(), GraphError> {
    let context = Context { submission, handles: &account.data.handles, now: account.now() };
    structure::check(submission)?;
    if submission.category == "AUTHENTICATION" {
        return authentication::check(submission);
    }
    submission.components.iter().try_for_each(|component| one(component, &context))?;
    structure::check_companions(submission)
}

fn one(component: &JsonObject, context: &Context<'_>) -> Result<(), GraphError> {
    match text(component, "type").unwrap_or_default() {
        "HEADER" => header::check(component, context),
        "BODY" => body::check(component, context.submission, body::limit(context.submission)),
        "FOOTER" => footer::check(component),
        "BUTTONS" => buttons::check(component, context.submission),
        "LIMITED_TIME_OFFER" => offer::check(component, context.submission),
        "CAROUSEL" => carousel::check(component, context),
        _ => call_permission::check(context.submission),
    }
}
