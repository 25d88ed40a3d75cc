//! What Meta refuses in the components of a template, at once and with a code.
//!
//! One file a kind of component. What Meta only rejects later, in review, is in `reviewer`; what merely is
//! unwise is accepted, as Meta accepts it.

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

use crate::graph_error::Refusal;
use crate::model::account::Account;
use crate::model::submission::{Object, Submission};
use crate::validate::context::Context;
use crate::validate::object::text;

/// Refuses a submission for the first thing that is wrong with its components.
pub(crate) fn check(submission: &Submission, account: &Account) -> Result<(), Refusal> {
    let context = Context { submission, handles: &account.books.handles, now: account.now() };
    structure::check(submission)?;
    if submission.category == "AUTHENTICATION" {
        return authentication::check(submission);
    }
    submission.components.iter().try_for_each(|component| one(component, &context))?;
    structure::check_companions(submission)
}

fn one(component: &Object, context: &Context<'_>) -> Result<(), Refusal> {
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
