//! A template as the API shows it.

use serde_json::{Map, Value, json};

use crate::endpoints::fields::Node;
use crate::identifiers;
use crate::model::clock;
use crate::model::template::Template;
use crate::readback::quirks;
use crate::scenario::{ReadBack, Scenario};

/// Fields of a template (Meta: message template reference) and those that come unasked (its samples).
pub(crate) const NODE: Node = Node {
    name: "WhatsAppMessageTemplate",
    all: &[
        "id",
        "name",
        "language",
        "status",
        "category",
        "sub_category",
        "previous_category",
        "correct_category",
        "components",
        "parameter_format",
        "quality_score",
        "rejected_reason",
        "last_updated_time",
        "message_send_ttl_seconds",
        "cta_url_link_tracking_opted_out",
        "library_template_name",
        "is_primary_device_delivery_only",
        "is_sms_fallback_enabled",
        "display_format",
        "health_status",
        "source",
        "degrees_of_freedom_spec",
        "bid_spec",
        "ad_account_id",
        "ad_campaign_id",
        "ad_adset_id",
        "ad_id",
    ],
    default: &[
        "name",
        "previous_category",
        "parameter_format",
        "components",
        "language",
        "status",
        "category",
        "sub_category",
        "message_send_ttl_seconds",
        "id",
    ],
};

// A signed link works for a while only; Meta does not say how long.
const LINK_LIFE: i64 = 7 * clock::DAY;

/// Everything there is to show; what is not set is null.
pub(crate) fn node(template: &Template, scenario: &Scenario, now: i64) -> Map<String, Value> {
    let faithful = scenario.read_back == ReadBack::Faithful;
    let components = if faithful {
        Value::from(template.sent.clone())
    } else {
        let shown = template.components.iter().map(|component| with_links(component, now)).collect();
        Value::from(quirks::components(shown, template, scenario))
    };
    let sub_category = template.sub_category.as_ref().filter(|own| !faithful || *own != "CUSTOM");
    let node = json!({
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "status": quirks::status(template, scenario),
        "category": template.category,
        "sub_category": sub_category,
        "previous_category": template.previous_category,
        "correct_category": template.correct_category.as_deref().unwrap_or_default(),
        "components": components,
        "parameter_format": template.parameter_format,
        "quality_score": {"score": template.quality, "date": template.created},
        "rejected_reason": template.rejected_reason,
        "last_updated_time": clock::iso(template.updated),
        "message_send_ttl_seconds": template.message_send_ttl_seconds,
        "cta_url_link_tracking_opted_out": template.cta_url_link_tracking_opted_out,
        "library_template_name": template.library_template_name,
        "is_primary_device_delivery_only": template.is_primary_device_delivery_only,
        "display_format": template.display_format,
        "health_status": health(template),
        "source": template.source,
        "degrees_of_freedom_spec": template.degrees_of_freedom_spec,
    });
    match node {
        Value::Object(node) => node,
        _ => Map::new(),
    }
}

fn health(template: &Template) -> Value {
    let can = if template.status == "APPROVED" { "AVAILABLE" } else { "BLOCKED" };
    let entity = json!({"entity_type": "MESSAGE_TEMPLATE", "id": template.id, "can_send_message": can});
    json!({"can_send_message": can, "entities": [entity]})
}

// Media read back as links into Meta's CDN, signed anew each time: nothing to compare or send back.
fn with_links(value: &Value, now: i64) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, inner)| {
                let shown =
                    if key == "header_handle" { json!([link(inner, now)]) } else { with_links(inner, now) };
                (key.clone(), shown)
            })
            .collect(),
        Value::Array(items) => items.iter().map(|item| with_links(item, now)).collect(),
        other => other.clone(),
    }
}

fn link(handle: &Value, now: i64) -> String {
    let name = identifiers::digest(&handle.to_string());
    let (signature, expires) = (identifiers::random(16), now + LINK_LIFE);
    format!("https://scontent.whatsapp.net/v/t61.29466-34/{name}_n?ccb=1-7&oh=01_{signature}&oe={expires:X}")
}
