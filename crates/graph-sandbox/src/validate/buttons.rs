//! Buttons together: number, order and combinations.

use serde_json::Value;

use crate::graph_error::GraphError;
use crate::model::submission::{JsonObject, Submission};
use crate::validate::button;
use crate::validate::button_kinds::{self, ButtonKind};
use crate::validate::object::{component, missing, upper};

// Buttons of a template (Meta: components).
const MAX_BUTTONS: usize = 10;
// Characters of a coupon code (Meta: coupon templates; limited-time offers).
const CODE: usize = 20;
const CODE_WITH_OFFER: usize = 15;

/// The buttons of a template that is not for authentication.
pub(super) fn check(buttons: &JsonObject, submission: &Submission) -> Result<(), GraphError> {
    let buttons = list(buttons)?;
    if buttons.is_empty() || buttons.len() > MAX_BUTTONS {
        return Err(GraphError::parameter(format!(
            "A template takes 1 to {MAX_BUTTONS} buttons - got {}",
            buttons.len()
        )));
    }
    let kinds = check_each(&buttons, submission)?;
    check_counts(&kinds)?;
    check_groups(&kinds)?;
    check_shape(&kinds, submission)
}

/// Checks each button by itself and returns their types; also for cards of a carousel.
pub(super) fn check_each(
    buttons: &[&JsonObject],
    submission: &Submission,
) -> Result<Vec<&'static ButtonKind>, GraphError> {
    let with_offer = component(submission, "LIMITED_TIME_OFFER").is_some();
    let code = if with_offer { CODE_WITH_OFFER } else { CODE };
    let check = |button: &&JsonObject| {
        let kind = kind(button)?;
        if kind.marketing_only && submission.category != "MARKETING" {
            return Err(GraphError::parameter(format!(
                "A button of type {} needs the category MARKETING",
                kind.name
            )));
        }
        button::check(button, kind, submission.named, code)?;
        Ok(kind)
    };
    buttons.iter().map(check).collect()
}

/// The buttons of a component.
pub(super) fn list(component: &JsonObject) -> Result<Vec<&JsonObject>, GraphError> {
    let items = component.get("buttons").ok_or_else(|| missing("BUTTONS", "buttons"))?;
    let objects: Option<Vec<&JsonObject>> =
        items.as_array().and_then(|items| items.iter().map(Value::as_object).collect());
    objects.ok_or_else(|| GraphError::parameter("The buttons of a component must be an array of objects"))
}

/// Returns whether the template has a button of a type.
pub(super) fn has(submission: &Submission, kind: &str) -> bool {
    let buttons = component(submission, "BUTTONS").and_then(|buttons| list(buttons).ok()).unwrap_or_default();
    buttons.iter().any(|button| upper(button, "type").as_deref() == Some(kind))
}

fn kind(button: &JsonObject) -> Result<&'static ButtonKind, GraphError> {
    let name = upper(button, "type").ok_or_else(|| missing("BUTTONS", "type"))?;
    if name == "OTP" {
        return Err(GraphError::parameter("A button of type OTP needs the category AUTHENTICATION"));
    }
    button_kinds::find(&name)
        .ok_or_else(|| GraphError::parameter(format!("A button of type {name} cannot be created")))
}

fn check_counts(kinds: &[&ButtonKind]) -> Result<(), GraphError> {
    for kind in kinds {
        let count = kinds.iter().filter(|other| other.name == kind.name).count();
        if count > kind.most {
            return Err(GraphError::parameter(format!(
                "A template takes at most {} button(s) of type {}",
                kind.most, kind.name
            )));
        }
        if kind.alone && kinds.len() > 1 {
            return Err(GraphError::parameter(format!(
                "A button of type {} must be the only one",
                kind.name
            )));
        }
    }
    Ok(())
}

// Quick replies in one block, the rest in another (Meta: components).
fn check_groups(kinds: &[&ButtonKind]) -> Result<(), GraphError> {
    let quick: Vec<bool> = kinds.iter().map(|kind| kind.name == "QUICK_REPLY").collect();
    let changes = quick.windows(2).filter(|pair| pair.first() != pair.last()).count();
    match changes > 1 {
        true => Err(GraphError::parameter(
            "Invalid combination of buttons: quick replies must be grouped together",
        )),
        false => Ok(()),
    }
}

// Header formats that a sole button needs, and categories that allow orders (Meta: the pages of each type).
fn check_shape(kinds: &[&ButtonKind], submission: &Submission) -> Result<(), GraphError> {
    let format = component(submission, "HEADER").and_then(|header| upper(header, "format"));
    let is = |name: &str| kinds.iter().any(|kind| kind.name == name);
    let reject = |detail: &str| Err(GraphError::parameter(detail));
    if is("CATALOG") && format.is_some() {
        return reject("A catalog template takes no header");
    }
    if is("MPM") && format.as_deref() != Some("TEXT") {
        return reject("A multi-product template needs a header of format TEXT");
    }
    let orders = submission.category == "UTILITY" || submission.display_format.is_some();
    if is("ORDER_DETAILS") && !orders {
        return reject(
            "A button of type ORDER_DETAILS needs the category UTILITY or the display format ORDER_DETAILS",
        );
    }
    // Stated for Brazil (Meta: order details).
    let plain = format.as_deref().is_none_or(|format| ["TEXT", "IMAGE", "DOCUMENT"].contains(&format));
    if is("ORDER_DETAILS") && !plain {
        return reject("Order details take a header of format TEXT, IMAGE or DOCUMENT");
    }
    Ok(())
}
