//! The components that a template may have, and their combinations.

use crate::graph_error::GraphError;
use crate::model::submission::{JsonObject, Submission};
use crate::validate::object::{component, reject_unknown_keys, text, upper};
use crate::validate::{buttons, header};

/// A kind of component and its keys.
type ComponentKind = (&'static str, &'static [&'static str]);

// Meta: components. Types that appear only in its enums cannot be created, as far as known.
const COMPONENT_KINDS: [ComponentKind; 7] = [
    ("HEADER", &["type", "format", "text", "example"]),
    ("BODY", &["type", "text", "example", "add_security_recommendation"]),
    ("FOOTER", &["type", "text", "code_expiration_minutes"]),
    ("BUTTONS", &["type", "buttons"]),
    ("CAROUSEL", &["type", "cards"]),
    ("LIMITED_TIME_OFFER", &["type", "limited_time_offer"]),
    ("CALL_PERMISSION_REQUEST", &["type"]),
];

// Components of one category only (Meta: category guidelines and the pages of each kind).
const MARKETING_ONLY: [&str; 2] = ["CAROUSEL", "LIMITED_TIME_OFFER"];

/// Known kinds with known keys, each at most once, and a body.
pub(super) fn check(submission: &Submission) -> Result<(), GraphError> {
    let mut seen = Vec::new();
    for component in &submission.components {
        let kind = kind(component)?;
        if seen.contains(&kind) {
            return Err(GraphError::parameter(format!(
                "A template can have only one component of type {kind}"
            )));
        }
        if MARKETING_ONLY.contains(&kind) && submission.category != "MARKETING" {
            return Err(GraphError::parameter(format!(
                "A component of type {kind} needs the category MARKETING"
            )));
        }
        seen.push(kind);
    }
    match seen.contains(&"BODY") {
        true => Ok(()),
        false => Err(GraphError::parameter("A template needs a component of type BODY")),
    }
}

/// Pairs that need or exclude each other.
pub(super) fn check_companions(submission: &Submission) -> Result<(), GraphError> {
    let has = |kind: &str| component(submission, kind).is_some();
    let apart =
        |refused: bool, detail: &str| if refused { Err(GraphError::parameter(detail)) } else { Ok(()) };
    apart(
        has("CAROUSEL") && submission.components.len() > 1 + usize::from(has("BODY")),
        "Only a body can appear together with a carousel",
    )?;
    apart(has("LIMITED_TIME_OFFER") && has("FOOTER"), "A limited-time offer takes no footer")?;
    let interactive = ["BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER"];
    apart(
        has("CALL_PERMISSION_REQUEST") && interactive.iter().any(|kind| has(kind)),
        "A call permission request cannot be combined with other interactive components",
    )?;
    check_products(submission)
}

// A product in the header belongs to a single-product button and the other way round (Meta: single-product
// templates).
fn check_products(submission: &Submission) -> Result<(), GraphError> {
    let format = component(submission, "HEADER").and_then(|header| upper(header, "format"));
    let product = format.as_deref() == Some(header::PRODUCT);
    let single = buttons::has(submission, "SPM");
    match product == single {
        true => Ok(()),
        false => {
            Err(GraphError::parameter("A header of format PRODUCT and a button of type SPM need each other"))
        }
    }
}

fn kind(component: &JsonObject) -> Result<&'static str, GraphError> {
    let named = text(component, "type").unwrap_or_default();
    let known = COMPONENT_KINDS.iter().find(|(kind, _)| *kind == named);
    let (kind, keys) = known
        .ok_or_else(|| GraphError::parameter(format!("A component of type {named} cannot be created")))?;
    reject_unknown_keys(component, keys, &format!("component of type {kind}"))?;
    Ok(kind)
}
