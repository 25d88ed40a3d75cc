//! `POST /{phone-number-id}/messages`: template messages and their statuses.

mod parameters;

use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::endpoints::token;
use crate::graph_error::GraphError;
use crate::identifiers;
use crate::model::event::Event;
use crate::model::json::structured;
use crate::model::template::Template;
use crate::protocol::request::ApiRequest;

/// Accepts a message if its template can be sent and all parameters match the template.
pub(crate) fn send(emulator: &mut Emulator, call: &ApiRequest) -> Result<Value, GraphError> {
    if call.text("messaging_product") != Some("whatsapp") {
        return Err(GraphError::parameter("Param messaging_product must be one of {WHATSAPP}"));
    }
    let to = call.text("to").map(recipient).ok_or_else(|| missing_parameter("to"))?;
    let kind = call.text("type").unwrap_or("text");
    if kind != "template" {
        return Err(GraphError::for_message(
            131_051,
            "Unsupported message type",
            format!("The sandbox sends templates only, not {kind}"),
        ));
    }
    if to.len() < 5 || !to.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(GraphError::for_message(
            131_009,
            "Parameter value is not valid",
            "to is not a phone number",
        ));
    }
    let template =
        call.parameters.get("template").map(structured).ok_or_else(|| missing_parameter("template"))?;
    let id = find(emulator, &template)?;
    let found = emulator.account.by_id(&id).ok_or_else(|| unknown(&id))?;
    check_account(emulator, found)?;
    parameters::check(found, &template)?;
    Ok(accept(emulator, call, &id, &to))
}

fn find(emulator: &Emulator, template: &Value) -> Result<String, GraphError> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = text(template.get("name")).ok_or_else(|| missing_parameter("template['name']"))?;
    let code = text(template.pointer("/language/code"));
    let language = code.ok_or_else(|| missing_parameter("template['language']['code']"))?;
    let shown = format!("{name} in {language}");
    let found = emulator.account.find(&name, &language).ok_or_else(|| unknown(&shown))?;
    match found.status.as_str() {
        "APPROVED" => Ok(found.id.clone()),
        "PAUSED" => Err(GraphError::for_message(132_015, "Template is Paused", format!("{shown} is paused"))),
        "DISABLED" => {
            Err(GraphError::for_message(132_016, "Template is Disabled", format!("{shown} is disabled")))
        }
        _ => Err(unknown(&shown)),
    }
}

fn check_account(emulator: &Emulator, template: &Template) -> Result<(), GraphError> {
    let flags = &emulator.account.data.flags;
    if flags.disable_marketing_messages_on_cloud_api && template.category == "MARKETING" {
        let detail = "Marketing templates are switched off for this account";
        return Err(GraphError::for_message(131_063, "Marketing messages are disabled", detail));
    }
    Ok(())
}

fn accept(emulator: &mut Emulator, call: &ApiRequest, id: &str, to: &str) -> Value {
    let now = emulator.account.now();
    let message = format!("wamid.HBg{}", identifiers::random(24));
    if let Some(template) = emulator.account.templates.by_id_mut(id) {
        template.sends = template.sends.saturating_add(1);
        template.used = now;
    }
    let tracking = call.text("biz_opaque_callback_data");
    let plan = &emulator.settings.scenario.messages;
    let failed = plan.error.as_ref().map(|_| "failed".to_owned());
    let statuses: Vec<String> = failed.map_or_else(|| plan.statuses.clone(), |failed| vec![failed]);
    let events: Vec<Event> = statuses
        .iter()
        .map(|status| Event::message(report(emulator, [&message, to, status], tracking), now))
        .collect();
    emulator.account.events.extend(events);
    json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": call.text("to"), "wa_id": to}],
        "messages": [{"id": message, "message_status": "accepted"}],
    })
}

/// The value of a webhook about one message.
pub(crate) fn report(emulator: &Emulator, [id, to, status]: [&str; 3], tracking: Option<&str>) -> Value {
    let now = emulator.account.now().to_string();
    let mut entry = Map::from_iter([
        ("id".to_owned(), json!(id)),
        ("status".to_owned(), json!(status)),
        ("timestamp".to_owned(), json!(now)),
        ("recipient_id".to_owned(), json!(to)),
    ]);
    if status == "sent" {
        let pricing =
            json!({"billable": true, "pricing_model": "PMP", "type": "regular", "category": "utility"});
        entry.insert("pricing".to_owned(), pricing);
    }
    if let Some(refused) = emulator.settings.scenario.messages.error.as_ref().filter(|_| status == "failed") {
        let forced = token::forced_error(refused);
        let error = json!({
            "code": forced.code,
            "title": forced.title,
            "message": forced.title,
            "error_data": {"details": forced.detail},
            "href": "/documentation/business-messaging/whatsapp/support/error-codes",
        });
        entry.insert("errors".to_owned(), json!([error]));
    }
    entry.extend(tracking.map(|data| ("biz_opaque_callback_data".to_owned(), json!(data))));
    json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": emulator.account.phone},
        "statuses": [entry],
    })
}

// Phone numbers may contain punctuation; the recipient's id doesn't.
fn recipient(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '+' | ' ' | '-' | '(' | ')')).collect()
}

fn missing_parameter(what: &str) -> GraphError {
    GraphError::for_message(
        131_008,
        "Required parameter is missing",
        format!("The parameter {what} is required."),
    )
}

fn unknown(shown: &str) -> GraphError {
    let detail = format!("The template {shown} does not exist or is not approved");
    GraphError::for_message(132_001, "Template name does not exist in the translation", detail)
}
