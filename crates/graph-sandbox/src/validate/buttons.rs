//! Buttons together: how many, in which order, beside what.

use serde_json::Value;

use crate::graph_error::Refusal;
use crate::model::submission::{Object, Submission};
use crate::validate::button;
use crate::validate::button_kinds::{self, Kind};
use crate::validate::object::{component, missing, upper};

// Buttons of a template (Meta: components).
const MOST: usize = 10;
// Characters of a coupon code (Meta: coupon templates; limited-time offers).
const CODE: usize = 20;
const CODE_WITH_OFFER: usize = 15;

/// The buttons of a template that is not for authentication.
pub(super) fn check(buttons: &Object, submission: &Submission) -> Result<(), Refusal> {
    let buttons = list(buttons)?;
    if buttons.is_empty() || buttons.len() > MOST {
        return Err(Refusal::parameter(format!(
            "A template takes 1 to {MOST} buttons - got {}",
            buttons.len()
        )));
    }
    let kinds = check_each(&buttons, submission)?;
    check_counts(&kinds)?;
    check_groups(&kinds)?;
    check_shape(&kinds, submission)
}

/// Checks each button by itself and tells their kinds; cards of a carousel use it, too.
pub(super) fn check_each(
    buttons: &[&Object],
    submission: &Submission,
) -> Result<Vec<&'static Kind>, Refusal> {
    let with_offer = component(submission, "LIMITED_TIME_OFFER").is_some();
    let code = if with_offer { CODE_WITH_OFFER } else { CODE };
    let check = |button: &&Object| {
        let kind = kind(button)?;
        if kind.marketing_only && submission.category != "MARKETING" {
            return Err(Refusal::parameter(format!(
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
pub(super) fn list(component: &Object) -> Result<Vec<&Object>, Refusal> {
    let items = component.get("buttons").ok_or_else(|| missing("BUTTONS", "buttons"))?;
    let objects: Option<Vec<&Object>> =
        items.as_array().and_then(|items| items.iter().map(Value::as_object).collect());
    objects.ok_or_else(|| Refusal::parameter("The buttons of a component must be an array of objects"))
}

/// Whether the template has a button of a kind.
pub(super) fn has(submission: &Submission, kind: &str) -> bool {
    let buttons = component(submission, "BUTTONS").and_then(|buttons| list(buttons).ok()).unwrap_or_default();
    buttons.iter().any(|button| upper(button, "type").as_deref() == Some(kind))
}

fn kind(button: &Object) -> Result<&'static Kind, Refusal> {
    let name = upper(button, "type").ok_or_else(|| missing("BUTTONS", "type"))?;
    if name == "OTP" {
        return Err(Refusal::parameter("A button of type OTP needs the category AUTHENTICATION"));
    }
    button_kinds::find(&name)
        .ok_or_else(|| Refusal::parameter(format!("A button of type {name} cannot be created")))
}

fn check_counts(kinds: &[&Kind]) -> Result<(), Refusal> {
    for kind in kinds {
        let count = kinds.iter().filter(|other| other.name == kind.name).count();
        if count > kind.most {
            return Err(Refusal::parameter(format!(
                "A template takes at most {} button(s) of type {}",
                kind.most, kind.name
            )));
        }
        if kind.alone && kinds.len() > 1 {
            return Err(Refusal::parameter(format!("A button of type {} must be the only one", kind.name)));
        }
    }
    Ok(())
}

// Quick replies in one block, the rest in another (Meta: components).
fn check_groups(kinds: &[&Kind]) -> Result<(), Refusal> {
    let quick: Vec<bool> = kinds.iter().map(|kind| kind.name == "QUICK_REPLY").collect();
    let changes = quick.windows(2).filter(|pair| pair.first() != pair.last()).count();
    match changes > 1 {
        true => {
            Err(Refusal::parameter("Invalid combination of buttons: quick replies must be grouped together"))
        }
        false => Ok(()),
    }
}

// What the header must be for a button that stands alone, and who may take orders (Meta: the pages of each
// kind).
fn check_shape(kinds: &[&Kind], submission: &Submission) -> Result<(), Refusal> {
    let format = component(submission, "HEADER").and_then(|header| upper(header, "format"));
    let is = |name: &str| kinds.iter().any(|kind| kind.name == name);
    let refuse = |detail: &str| Err(Refusal::parameter(detail));
    if is("CATALOG") && format.is_some() {
        return refuse("A catalog template takes no header");
    }
    if is("MPM") && format.as_deref() != Some("TEXT") {
        return refuse("A multi-product template needs a header of format TEXT");
    }
    let orders = submission.category == "UTILITY" || submission.display_format.is_some();
    if is("ORDER_DETAILS") && !orders {
        return refuse(
            "A button of type ORDER_DETAILS needs the category UTILITY or the display format ORDER_DETAILS",
        );
    }
    // Stated for Brazil (Meta: order details).
    let plain = format.as_deref().is_none_or(|format| ["TEXT", "IMAGE", "DOCUMENT"].contains(&format));
    if is("ORDER_DETAILS") && !plain {
        return refuse("Order details take a header of format TEXT, IMAGE or DOCUMENT");
    }
    Ok(())
}
