//! Whether a message gives each component of its template what that needs.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::graph_error::Refusal;
use crate::model::json::plain;
use crate::model::template::Template;

// Characters after the parameters are filled in (Meta: components).
const LONGEST_BODY: usize = 1_024;
const LONGEST_HEADER: usize = 60;
// Kinds of buttons that a message may speak of (observed in an error).
const BUTTONS: [&str; 10] = [
    "booking_confirmation",
    "catalog",
    "copy_code",
    "flow",
    "mpm",
    "order_details",
    "quick_reply",
    "reminder",
    "url",
    "voice_call",
];
const MEDIA: [&str; 3] = ["image", "video", "document"];

/// Refuses a message for the first thing that does not fit.
pub(super) fn check(template: &Template, message: &Value) -> Result<(), Refusal> {
    let sent = message.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
    check_kinds(&sent)?;
    components(template, &template.components, &sent)
}

fn components(template: &Template, own: &[Value], sent: &[Value]) -> Result<(), Refusal> {
    for component in own {
        match word(component, "type") {
            "HEADER" => header(template, component, given(sent, "header"))?,
            "BODY" => body(template, component, given(sent, "body"))?,
            "BUTTONS" => buttons(component, sent)?,
            "LIMITED_TIME_OFFER" => offer(component, given(sent, "limited_time_offer"))?,
            "CAROUSEL" => cards(template, component, given(sent, "carousel"))?,
            _ => {}
        }
    }
    let known: BTreeSet<String> =
        own.iter().map(|component| word(component, "type").to_ascii_lowercase()).collect();
    let has = |kind: &str| known.contains(kind) || (kind == "button" && known.contains("buttons"));
    match sent.iter().map(|component| word(component, "type").to_ascii_lowercase()).find(|kind| !has(kind)) {
        Some(kind) => Err(invalid(format!("The template has no {kind}"))),
        None => Ok(()),
    }
}

fn check_kinds(sent: &[Value]) -> Result<(), Refusal> {
    let known = ["header", "body", "button", "limited_time_offer", "carousel", "footer"];
    match sent
        .iter()
        .find(|component| !known.contains(&word(component, "type").to_ascii_lowercase().as_str()))
    {
        Some(stray) => {
            Err(value(format!("components: type must be one of {known:?} - got {}", word(stray, "type"))))
        }
        None => Ok(()),
    }
}

fn header(template: &Template, component: &Value, given: Option<&Value>) -> Result<(), Refusal> {
    let format = word(component, "format").to_ascii_lowercase();
    let sent = parameters(given);
    match format.as_str() {
        "text" => texts(template, word(component, "text"), &sent, ("header", LONGEST_HEADER)),
        "location" => location(&sent),
        "gif" => media("video", &sent),
        kind if MEDIA.contains(&kind) => media(kind, &sent),
        _ => Ok(()),
    }
}

fn body(template: &Template, component: &Value, given: Option<&Value>) -> Result<(), Refusal> {
    let sent = parameters(given);
    texts(template, word(component, "text"), &sent, ("body", LONGEST_BODY))?;
    for (parameter, kind) in sent.iter().zip(&template.parameter_types) {
        let text = filled(parameter).unwrap_or_default();
        if !is_of_type(kind, &text) {
            return Err(mismatch(format!("body: `{text}` is not of the type {kind}")));
        }
    }
    Ok(())
}

// Text parameters: as many as there are placeholders, each of them once, none blank, and not too long together.
fn texts(
    template: &Template,
    text: &str,
    sent: &[Value],
    (place, longest): (&str, usize),
) -> Result<(), Refusal> {
    let wanted = placeholders(text);
    if sent.len() != wanted.len() {
        return Err(Refusal::of_message(
            132_000,
            "Number of parameters does not match the expected number of params",
            format!(
                "{place}: number of localizable_params ({}) does not match the expected number of params ({})",
                sent.len(),
                wanted.len()
            ),
        ));
    }
    let named = template.parameter_format == "NAMED";
    let mut hydrated = text.to_owned();
    for (at, parameter) in sent.iter().enumerate() {
        let name = match named {
            true => word(parameter, "parameter_name").to_owned(),
            false => (at + 1).to_string(),
        };
        if named && !wanted.contains(&name) {
            return Err(invalid(format!("{place}: the template has no parameter `{name}`")));
        }
        let filled = filled(parameter)?;
        check_text(place, &filled)?;
        hydrated = hydrated.replace(&format!("{{{{{name}}}}}"), &filled);
    }
    let given: BTreeSet<&str> = sent.iter().map(|parameter| word(parameter, "parameter_name")).collect();
    if named && given.len() != wanted.len() {
        return Err(invalid(format!("{place}: a parameter comes twice")));
    }
    match hydrated.chars().count() > longest {
        true => Err(Refusal::of_message(
            132_005,
            "Translated text too long",
            format!("{place}: more than {longest} characters with its parameters"),
        )),
        false => Ok(()),
    }
}

// What a parameter says: a text, or what stands for an amount or a time where it cannot be localised.
fn filled(parameter: &Value) -> Result<String, Refusal> {
    let text = match word(parameter, "type") {
        "text" => parameter.get("text").map(plain),
        "currency" => parameter.pointer("/currency/fallback_value").map(plain),
        "date_time" => parameter.pointer("/date_time/fallback_value").map(plain),
        "" => return Err(missing("type of a parameter")),
        other => return Err(mismatch(format!("A text is wanted, not {other}"))),
    };
    text.filter(|text| !text.trim().is_empty()).ok_or_else(|| missing("text of a parameter"))
}

// Since v23.0 under a code of its own (Meta: changelog).
fn check_text(place: &str, text: &str) -> Result<(), Refusal> {
    let spaced = text.contains("    ") || text.contains(['\n', '\t']);
    match spaced {
        true => Err(invalid(format!(
            "{place}: a parameter cannot have line breaks, tabs, or more than three spaces side by side"
        ))),
        false => Ok(()),
    }
}

fn media(kind: &str, sent: &[Value]) -> Result<(), Refusal> {
    let [parameter] = sent else { return Err(count("header", sent.len(), 1)) };
    if word(parameter, "type") != kind {
        return Err(mismatch(format!("header: expected {kind}, got {}", word(parameter, "type"))));
    }
    let has = |key: &str| parameter.pointer(&format!("/{kind}/{key}")).is_some_and(Value::is_string);
    if !has("id") && !has("link") {
        return Err(missing(&format!("id or link of the {kind}")));
    }
    Ok(())
}

fn location(sent: &[Value]) -> Result<(), Refusal> {
    let [parameter] = sent else { return Err(count("header", sent.len(), 1)) };
    if word(parameter, "type") != "location" {
        return Err(mismatch("header: expected a location"));
    }
    let lacks = |key: &&&str| parameter.pointer(&format!("/location/{key}")).is_none_or(Value::is_null);
    match ["latitude", "longitude", "name", "address"].iter().find(lacks) {
        Some(key) => Err(missing(&format!("{key} of the location"))),
        None => Ok(()),
    }
}

fn buttons(component: &Value, sent: &[Value]) -> Result<(), Refusal> {
    let own = component.get("buttons").and_then(Value::as_array).cloned().unwrap_or_default();
    let given: Vec<&Value> =
        sent.iter().filter(|component| word(component, "type").eq_ignore_ascii_case("button")).collect();
    for button in &given {
        let kind = word(button, "sub_type").to_ascii_lowercase();
        if !BUTTONS.contains(&kind.as_str()) {
            return Err(value(format!("button: sub_type must be one of {BUTTONS:?} - got {kind}")));
        }
        let fits = index(button).and_then(|at| own.get(at)).is_some_and(|own| fits(own, &kind));
        if !fits {
            return Err(invalid(format!("button: the template has no {kind} button at this index")));
        }
    }
    own.iter().enumerate().try_for_each(|(at, own)| {
        let mut here = given.iter().filter(|button| index(button) == Some(at));
        let parameter = here.next().map(|button| parameters(Some(button)));
        if here.next().is_some() {
            return Err(invalid(format!("button: index {at} comes twice")));
        }
        button(own, at, parameter.as_deref())
    })
}

fn button(own: &Value, at: usize, parameter: Option<&[Value]>) -> Result<(), Refusal> {
    let first = parameter.and_then(|all| all.first());
    let needed = match word(own, "type") {
        "URL" if word(own, "url").contains("{{") => Some("text"),
        "COPY_CODE" => Some("coupon_code"),
        _ => None,
    };
    if parameter.is_some_and(|all| all.len() > 1) {
        return Err(count("button", 2, 1));
    }
    let Some(needed) = needed else { return Ok(()) };
    let lacking = || missing(&format!("parameter of the {} button at index {at}", word(own, "type")));
    let first = first.ok_or_else(lacking)?;
    if word(first, "type") != needed {
        return Err(mismatch(format!("button: index {at} takes {needed}, not {}", word(first, "type"))));
    }
    let text = first.get(needed).map(plain).filter(|text| !text.trim().is_empty()).ok_or_else(lacking)?;
    // Meta: components.
    match needed == "coupon_code" && text.chars().count() > 20 {
        true => Err(value("button: coupon_code is longer than 20 characters")),
        false => Ok(()),
    }
}

fn offer(component: &Value, given: Option<&Value>) -> Result<(), Refusal> {
    let expires = component.pointer("/limited_time_offer/has_expiration") == Some(&Value::Bool(true));
    let sent = parameters(given);
    let time = sent.first().and_then(|first| first.pointer("/limited_time_offer/expiration_time_ms"));
    match time {
        None if expires => Err(missing("expiration_time_ms of the limited-time offer")),
        Some(time) if plain(time).parse::<u64>().is_err() => Err(value("expiration_time_ms is not a number")),
        _ => Ok(()),
    }
}

fn cards(template: &Template, component: &Value, given: Option<&Value>) -> Result<(), Refusal> {
    let own = component.get("cards").and_then(Value::as_array).cloned().unwrap_or_default();
    let sent = given.and_then(|given| given.get("cards")?.as_array().cloned()).unwrap_or_default();
    if sent.len() != own.len() {
        return Err(count("carousel", sent.len(), own.len()));
    }
    own.iter().enumerate().try_for_each(|(at, card)| {
        let fits = |sent: &&Value| sent.get("card_index").map(plain) == Some(at.to_string());
        let sent = sent.iter().find(fits).ok_or_else(|| missing(&format!("card with card_index {at}")))?;
        let list =
            |value: &Value| value.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
        components(template, &list(card), &list(sent))
    })
}

// Codes are buttons with a link to everybody but their author.
fn fits(own: &Value, kind: &str) -> bool {
    let own = word(own, "type").to_ascii_lowercase();
    own == kind || (own == "otp" && kind == "url")
}

fn is_of_type(kind: &str, text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match kind {
        "NUMBER" => {
            digits > 0 && text.chars().all(|letter| letter.is_ascii_digit() || ".,- ".contains(letter))
        }
        "AMOUNT" => digits > 0,
        "PHONE NUMBER" => {
            digits >= 5 && text.chars().all(|letter| letter.is_ascii_digit() || "+-() ".contains(letter))
        }
        "EMAIL" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
        "DATE" => text.chars().any(char::is_alphanumeric),
        _ => true,
    }
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let inside = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
    inside.map(|(name, _)| name.to_owned()).collect()
}

fn given<'a>(sent: &'a [Value], kind: &str) -> Option<&'a Value> {
    sent.iter().find(|component| word(component, "type").eq_ignore_ascii_case(kind))
}

fn parameters(component: Option<&Value>) -> Vec<Value> {
    component.and_then(|component| component.get("parameters")?.as_array().cloned()).unwrap_or_default()
}

fn index(button: &Value) -> Option<usize> {
    button.get("index").map(plain)?.parse().ok()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn count(place: &str, sent: usize, wanted: usize) -> Refusal {
    let detail = format!("{place}: {sent} parameters, and {wanted} are expected");
    Refusal::of_message(132_012, "Parameter format does not match format in the created template", detail)
}

fn mismatch(detail: impl Into<String>) -> Refusal {
    Refusal::of_message(132_012, "Parameter format does not match format in the created template", detail)
}

fn missing(what: &str) -> Refusal {
    Refusal::of_message(131_008, "Required parameter is missing", format!("The {what} is missing"))
}

fn value(detail: impl Into<String>) -> Refusal {
    Refusal::of_message(131_009, "Parameter value is not valid", detail)
}

fn invalid(detail: impl Into<String>) -> Refusal {
    Refusal::of_message(132_018, "Template validation error", detail)
}
