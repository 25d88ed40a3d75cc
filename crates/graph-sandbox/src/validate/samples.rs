//! Samples: one for each placeholder, under the right key.

use serde_json::Value;

use crate::graph_error::{self, Refusal};
use crate::model::submission::Object;
use crate::validate::object;
use crate::validate::placeholders::Placeholders;

/// The keys that hold the samples of a component.
pub(super) struct Keys {
    pub(super) positional: &'static str,
    pub(super) named: &'static str,
}

/// Refuses a component whose samples are missing, blank, too few, too many or for other placeholders.
pub(super) fn check(
    component: &Object,
    keys: &Keys,
    owner: &str,
    found: &Placeholders<'_>,
    named: bool,
) -> Result<(), Refusal> {
    if found.names.is_empty() {
        return Ok(());
    }
    let example = component
        .get("example")
        .and_then(Value::as_object)
        .ok_or_else(|| object::missing(owner, "example"))?;
    let key = if named { keys.named } else { keys.positional };
    let samples = example.get(key).ok_or_else(|| object::missing(owner, key))?;
    let fits = if named { fit_names(samples, &found.names) } else { fit_number(samples, found.names.len()) };
    if fits { Ok(()) } else { Err(mismatch(owner, key, found.names.len())) }
}

// Each name once, and no other (Meta: components).
fn fit_names(samples: &Value, names: &[&str]) -> bool {
    let Some(samples) = samples.as_array() else { return false };
    let given = |sample: &Value| {
        Some((sample.get("param_name")?.as_str()?.to_owned(), sample.get("example")?.clone()))
    };
    let given: Vec<(String, Value)> = samples.iter().filter_map(given).collect();
    let once = |name: &&str| given.iter().filter(|(given, _)| given == name).count() == 1;
    given.len() == samples.len()
        && given.len() == names.len()
        && names.iter().all(once)
        && given.iter().all(|(_, example)| says_something(example))
}

// A list in a list, a list, or the only sample by itself: all three are documented.
fn fit_number(samples: &Value, wanted: usize) -> bool {
    let row = match samples {
        Value::Array(rows) if rows.iter().any(Value::is_array) => match rows.as_slice() {
            [Value::Array(row)] => row.clone(),
            _ => return false,
        },
        Value::Array(row) => row.clone(),
        single => vec![single.clone()],
    };
    row.len() == wanted && row.iter().all(says_something)
}

fn says_something(sample: &Value) -> bool {
    sample.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn mismatch(owner: &str, key: &str, wanted: usize) -> Refusal {
    let detail = format!(
        "component of type {owner}: {key} must hold one sample for each of the {wanted} parameter(s)"
    );
    Refusal::template(graph_error::FIELD_MISSING, detail)
}
