//! Limited-time offers.

use serde_json::Value;

use crate::graph_error::Refusal;
use crate::model::submission::{Object, Submission};
use crate::validate::object::{at_most, component, missing, only, required, upper};
use crate::validate::{buttons, placeholders};

// Characters of the offer's text (Meta: limited-time offers).
const LIMIT: usize = 16;
const OWNER: &str = "LIMITED_TIME_OFFER";

/// The offer, its header and its buttons.
pub(super) fn check(offer: &Object, submission: &Submission) -> Result<(), Refusal> {
    let offer = offer
        .get("limited_time_offer")
        .and_then(Value::as_object)
        .ok_or_else(|| missing(OWNER, "limited_time_offer"))?;
    only(offer, &["text", "has_expiration"], "limited_time_offer")?;
    let line = required(offer, "text", OWNER)?;
    at_most(line, LIMIT, "text of the limited-time offer")?;
    // Every parameter needs a sample (Meta: components), and this component has no place for one.
    if placeholders::any(line) {
        return Err(missing(OWNER, "example"));
    }
    if offer.get("has_expiration").is_some_and(|flag| !flag.is_boolean()) {
        return Err(Refusal::parameter("Param has_expiration must be a boolean"));
    }
    check_header(submission)?;
    check_buttons(submission)
}

fn check_header(submission: &Submission) -> Result<(), Refusal> {
    let format = component(submission, "HEADER").and_then(|header| upper(header, "format"));
    match format.as_deref() {
        None | Some("IMAGE" | "VIDEO") => Ok(()),
        Some(other) => {
            Err(Refusal::parameter(format!("A limited-time offer takes no header of format {other}")))
        }
    }
}

// The code first, if there is one, then the link; Meta's pages disagree on whether the code is needed.
fn check_buttons(submission: &Submission) -> Result<(), Refusal> {
    let found = component(submission, "BUTTONS").map(buttons::list).transpose()?.unwrap_or_default();
    let kinds: Vec<String> = found.iter().filter_map(|button| upper(button, "type")).collect();
    match kinds.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["URL"] | ["COPY_CODE", "URL"] => Ok(()),
        _ => Err(Refusal::parameter(
            "A limited-time offer takes an optional button of type COPY_CODE, then one of type URL",
        )),
    }
}
