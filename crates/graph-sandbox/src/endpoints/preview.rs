//! `GET /{waba}/message_template_previews`: what Meta writes into authentication templates, language by language.

use serde_json::{Map, Value, json};

use crate::graph_error::Refusal;
use crate::model::json::plain;
use crate::model::languages;
use crate::protocol::request::Call;
use crate::readback;

/// One row for each language that is asked for, or for all of them.
pub(crate) fn templates(call: &Call) -> Result<Value, Refusal> {
    if call.text("category").is_none_or(|category| !category.eq_ignore_ascii_case("AUTHENTICATION")) {
        return Err(Refusal::parameter("Param category must be AUTHENTICATION."));
    }
    let kinds = call.list("button_types").unwrap_or_default();
    if let Some(stray) = kinds.iter().find(|kind| !kind.eq_ignore_ascii_case("OTP")) {
        return Err(Refusal::parameter(format!("Param button_types has no value \"{stray}\".")));
    }
    let minutes = call.parameters.get("code_expiration_minutes").map(minutes).transpose()?;
    let advised = call.parameters.get("add_security_recommendation").map(plain).as_deref() == Some("true");
    let asked = call.list("languages").or_else(|| call.list("language"));
    let wanted = asked.unwrap_or_else(|| languages::all().map(str::to_owned).collect());
    if let Some(stray) = wanted.iter().find(|code| !languages::is_supported(code)) {
        return Err(Refusal::parameter(format!("Param languages has no value \"{stray}\".")));
    }
    let rows = wanted.iter().map(|language| row(language, advised, minutes, !kinds.is_empty()));
    Ok(json!({"data": rows.collect::<Vec<_>>()}))
}

fn row(language: &str, advised: bool, minutes: Option<i64>, button: bool) -> Value {
    let generated = readback::generated(language, advised, minutes);
    let mut row = Map::from_iter([("body".to_owned(), Value::from(generated.body))]);
    if button {
        let labels = json!([{"autofill_text": generated.autofill, "text": generated.copy_code}]);
        row.insert("buttons".to_owned(), labels);
    }
    row.extend(generated.footer.map(|footer| ("footer".to_owned(), Value::from(footer))));
    row.insert("language".to_owned(), Value::from(language));
    Value::Object(row)
}

// Meta: authentication templates.
fn minutes(value: &Value) -> Result<i64, Refusal> {
    let minutes = plain(value).parse().ok().filter(|minutes| (1..=90).contains(minutes));
    minutes.ok_or_else(|| Refusal::parameter("Param code_expiration_minutes must be between 1 and 90."))
}
