//! Carousels: cards with media, or cards with products.

use serde_json::Value;

use crate::graph_error::Refusal;
use crate::model::submission::Object;
use crate::validate::context::Context;
use crate::validate::object::{missing, only, upper};
use crate::validate::{body, buttons, header};

// Cards, characters of a card's body, buttons of a card (Meta: media card and product card carousels).
const MEDIA_CARDS: std::ops::RangeInclusive<usize> = 2..=10;
const PRODUCT_CARDS: std::ops::RangeInclusive<usize> = 2..=2;
const BODY: usize = 160;
const MEDIA_BUTTONS: usize = 2;
const PRODUCT_BUTTONS: usize = 1;
const ON_MEDIA: [&str; 4] = ["QUICK_REPLY", "URL", "PHONE_NUMBER", "ORDER_DETAILS"];
const ON_PRODUCTS: [&str; 2] = ["SPM", "URL"];
const OWNER: &str = "CAROUSEL";

/// What all cards must have in common.
#[derive(PartialEq, Eq)]
struct Layout {
    products: bool,
    body: bool,
    buttons: Vec<&'static str>,
}

/// The cards of a carousel.
pub(super) fn check(carousel: &Object, context: &Context<'_>) -> Result<(), Refusal> {
    let cards = carousel.get("cards").and_then(Value::as_array).ok_or_else(|| missing(OWNER, "cards"))?;
    let layouts = cards.iter().map(|card| check_card(card, context)).collect::<Result<Vec<_>, _>>()?;
    let products = layouts.first().is_some_and(|layout| layout.products);
    let allowed = if products { PRODUCT_CARDS } else { MEDIA_CARDS };
    if !allowed.contains(&layouts.len()) {
        let (least, most) = (allowed.start(), allowed.end());
        return Err(Refusal::parameter(format!(
            "A carousel takes {least} to {most} cards - got {}",
            layouts.len()
        )));
    }
    match layouts.windows(2).all(|pair| pair.first() == pair.last()) {
        true => Ok(()),
        false => Err(Refusal::parameter("All cards of a carousel must have the same components and buttons")),
    }
}

fn check_card(card: &Value, context: &Context<'_>) -> Result<Layout, Refusal> {
    let components =
        card.get("components").and_then(Value::as_array).ok_or_else(|| missing(OWNER, "components"))?;
    let objects: Option<Vec<&Object>> = components.iter().map(Value::as_object).collect();
    let objects = objects.ok_or_else(|| Refusal::parameter("The components of a card must be objects"))?;
    let find =
        |kind: &str| objects.iter().copied().find(|object| upper(object, "type").as_deref() == Some(kind));
    check_kinds(&objects)?;
    let products = check_header(find("HEADER").ok_or_else(|| missing(OWNER, "header"))?, context)?;
    if let Some(text) = find("BODY") {
        body::check(text, context.submission, BODY)?;
    }
    let buttons =
        find("BUTTONS").map_or(Ok(Vec::new()), |buttons| check_buttons(buttons, products, context))?;
    Ok(Layout { products, body: find("BODY").is_some(), buttons })
}

fn check_kinds(components: &[&Object]) -> Result<(), Refusal> {
    let kinds: Vec<String> = components.iter().filter_map(|component| upper(component, "type")).collect();
    let known = kinds.iter().all(|kind| ["HEADER", "BODY", "BUTTONS"].contains(&kind.as_str()));
    let once = kinds.iter().all(|kind| kinds.iter().filter(|other| *other == kind).count() == 1);
    match known && once && kinds.len() == components.len() {
        true => Ok(()),
        false => {
            Err(Refusal::parameter("A card takes one header, one body and one set of buttons, nothing else"))
        }
    }
}

// Tells whether the card shows a product.
fn check_header(card: &Object, context: &Context<'_>) -> Result<bool, Refusal> {
    only(card, &["type", "format", "example"], "header of a card")?;
    match upper(card, "format").as_deref() {
        Some(header::PRODUCT) => Ok(true),
        Some(format @ ("IMAGE" | "VIDEO")) => header::check_media(card, format, context).map(|()| false),
        _ => Err(Refusal::parameter("The header of a card must be of format IMAGE, VIDEO or PRODUCT")),
    }
}

fn check_buttons(
    component: &Object,
    products: bool,
    context: &Context<'_>,
) -> Result<Vec<&'static str>, Refusal> {
    only(component, &["type", "buttons"], "buttons of a card")?;
    let found = buttons::list(component)?;
    let kinds = buttons::check_each(&found, context.submission)?;
    let names: Vec<&'static str> = kinds.iter().map(|kind| kind.name).collect();
    let most = if products { PRODUCT_BUTTONS } else { MEDIA_BUTTONS };
    let allowed: &[&str] = if products { &ON_PRODUCTS } else { &ON_MEDIA };
    if names.is_empty() || names.len() > most || names.iter().any(|name| !allowed.contains(name)) {
        return Err(Refusal::parameter(format!(
            "A card of this carousel takes 1 to {most} buttons out of {allowed:?}"
        )));
    }
    // Checkout comes first (Meta: checkout button templates).
    match names.iter().position(|name| *name == "ORDER_DETAILS") {
        Some(at) if at > 0 => {
            Err(Refusal::parameter("A button of type ORDER_DETAILS must be the first of its card"))
        }
        _ => Ok(names),
    }
}
