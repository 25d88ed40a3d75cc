//! From a template to a smaller one of which the same holds.

use serde_json::Value;

/// How often `holds` is asked at most.
const PATIENCE: usize = 300;

/// Leaves out keys, items and characters for as long as `holds` says that it is still the same.
pub(super) fn shrink(mut value: Value, holds: &dyn Fn(&Value) -> bool) -> Value {
    let mut asked = 0;
    let mut step = |value: &Value| {
        let mut candidates = smaller(value).into_iter().take(PATIENCE.saturating_sub(asked));
        candidates.find(|smaller| {
            asked += 1;
            holds(smaller)
        })
    };
    while let Some(smaller) = step(&value) {
        value = smaller;
    }
    value
}

/// Every value that is one step smaller.
fn smaller(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(entries) => {
            let without = entries.keys().map(|key| {
                let mut fewer = entries.clone();
                fewer.shift_remove(key);
                Value::Object(fewer)
            });
            let inside = entries.iter().flat_map(|(key, inner)| {
                smaller(inner).into_iter().map(move |inner| {
                    let mut changed = entries.clone();
                    changed.insert(key.clone(), inner);
                    Value::Object(changed)
                })
            });
            without.chain(inside).collect()
        }
        Value::Array(items) => {
            let without = (0..items.len()).map(|at| {
                let mut fewer = items.clone();
                fewer.remove(at);
                Value::Array(fewer)
            });
            let inside = items.iter().enumerate().flat_map(|(at, inner)| {
                smaller(inner).into_iter().map(move |inner| {
                    let mut changed = items.clone();
                    changed[at] = inner;
                    Value::Array(changed)
                })
            });
            without.chain(inside).collect()
        }
        Value::String(text) => shorter(text).into_iter().map(Value::String).collect(),
        _ => Vec::new(),
    }
}

fn shorter(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let half = characters.len() / 2;
    let halves = [&characters[..half], &characters[half..]].map(|half| half.iter().collect::<String>());
    let without = (0..characters.len().min(60)).map(|at| {
        let mut fewer = characters.clone();
        fewer.remove(at);
        fewer.into_iter().collect()
    });
    halves.into_iter().chain(without).filter(|shorter| shorter.len() < text.len()).collect()
}
