//! Templates of a scenario, read as the create call reads them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::submission::Submission;

// Keys of a template in a scenario that no create call has.
const OWN: [&str; 5] = ["status", "quality", "source", "raw", "sends"];

/// Reads every template of a scenario as the create call would, and says what is wrong with the first bad one.
pub(crate) fn check(templates: &[BTreeMap<String, Value>]) -> Result<(), String> {
    for (number, template) in templates.iter().enumerate() {
        read(template).map_err(|reason| format!("templates[{number}]: {reason}"))?;
    }
    Ok(())
}

pub(crate) fn read(template: &BTreeMap<String, Value>) -> Result<Option<Submission>, String> {
    let parameters: Map<String, Value> = template
        .iter()
        .filter(|(key, _)| !OWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if template.get("raw") == Some(&Value::Bool(true)) {
        let has = |key: &str| parameters.get(key).is_some_and(Value::is_string);
        return match has("name") && has("language") && has("category") {
            true => Ok(None),
            false => Err("name, language and category are needed".to_owned()),
        };
    }
    Submission::read(&parameters).map(Some).map_err(|refusal| refusal.detail)
}
