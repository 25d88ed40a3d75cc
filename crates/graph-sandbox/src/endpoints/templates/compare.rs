//! `GET /{template-id}/compare`: two templates side by side, if enough messages were made from them.

use serde_json::{Value, json};

use crate::emulator::World;
use crate::graph_error::Refusal;
use crate::model::clock::DAY;
use crate::model::json::plain;
use crate::model::template::Template;
use crate::protocol::request::Call;

// Meta: template comparison.
const LEAST_SENDS: u64 = 1_000;
const WINDOWS: [i64; 4] = [7, 30, 60, 90];

/// Three figures; nobody blocks anybody in a sandbox, so that only the numbers of messages differ.
pub(crate) fn templates(world: &World, call: &Call, id: &str) -> Result<Value, Refusal> {
    let others = call.list("template_ids").ok_or_else(|| Refusal::missing("template_ids"))?;
    let [other] = others.as_slice() else {
        return Err(Refusal::parameter(
            "The parameter template_ids takes one id: two templates are compared.",
        ));
    };
    let find = |id: &str| world.account.by_id(id).ok_or_else(|| Refusal::unknown_object("GET", id));
    let pair = [find(id)?, find(other)?];
    let moment = |key: &str| -> Result<i64, Refusal> {
        let value = call.parameters.get(key).map(plain).ok_or_else(|| Refusal::missing(key))?;
        let number: i64 =
            value.parse().map_err(|_| Refusal::parameter(format!("Param {key} must be a time.")))?;
        // Meta's text says seconds, its sample has milliseconds.
        Ok(if number > 100_000_000_000 { number / 1_000 } else { number })
    };
    let days = moment("end")?.saturating_sub(moment("start")?) / DAY;
    if !WINDOWS.contains(&days) {
        return Err(Refusal::parameter(format!("Between start and end must lie one of {WINDOWS:?} days.")));
    }
    if let Some(few) = pair.iter().find(|template| template.sends < LEAST_SENDS) {
        return Err(Refusal::parameter(format!(
            "The template {} was sent {} times; {LEAST_SENDS} are needed",
            few.id, few.sends
        )));
    }
    Ok(json!({"data": figures(pair)}))
}

fn figures(pair: [&Template; 2]) -> Value {
    let sends = pair.map(|template| json!({"key": template.id, "value": template.sends}));
    let reasons = pair.map(|template| json!({"key": template.id, "value": "UNKNOWN_BLOCK_REASON"}));
    json!([
        {"metric": "BLOCK_RATE", "type": "RELATIVE", "order_by_relative_metric": pair.map(|own| &own.id)},
        {"metric": "MESSAGE_SENDS", "type": "NUMBER_VALUES", "number_values": sends},
        {"metric": "TOP_BLOCK_REASON", "type": "STRING_VALUES", "string_values": reasons},
    ])
}
