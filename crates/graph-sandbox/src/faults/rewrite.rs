//! Other values at places of an answer: JSON pointers in which `*` is every element.

use serde_json::Value;

/// Puts a value at each of the places that are there; a missing last key is added.
pub(super) fn set(answer: &mut Value, place: &str, new: &Value) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    visit(answer, &steps(parent), &mut |value| match value {
        Value::Object(object) if key == "*" => object.values_mut().for_each(|slot| *slot = new.clone()),
        Value::Object(object) => drop(object.insert(key.to_owned(), new.clone())),
        Value::Array(items) if key == "*" => items.iter_mut().for_each(|slot| *slot = new.clone()),
        Value::Array(items) => {
            if let Some(slot) = key.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                *slot = new.clone();
            }
        }
        _ => {}
    });
}

/// Takes away what is at each of the places.
pub(super) fn remove(answer: &mut Value, place: &str) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    visit(answer, &steps(parent), &mut |value| match value {
        Value::Object(object) => drop(object.shift_remove(key)),
        Value::Array(items) => {
            if let Some(at) = key.parse().ok().filter(|at: &usize| *at < items.len()) {
                items.remove(at);
            }
        }
        _ => {}
    });
}

/// Turns every `id` of digits into a number, which loses digits in clients that read it as a double.
pub(super) fn number_ids(answer: &mut Value) {
    match answer {
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str().and_then(|text| text.parse::<u64>().ok()) {
                    Some(number) if key == "id" => *value = Value::from(number),
                    _ => number_ids(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(number_ids),
        _ => {}
    }
}

fn steps(place: &str) -> Vec<&str> {
    place.split('/').skip(1).collect()
}

fn visit(value: &mut Value, steps: &[&str], change: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else { return change(value) };
    match value {
        Value::Object(object) if *step == "*" => {
            object.values_mut().for_each(|inner| visit(inner, rest, change));
        }
        Value::Array(items) if *step == "*" => {
            items.iter_mut().for_each(|inner| visit(inner, rest, change));
        }
        Value::Object(object) => {
            if let Some(inner) = object.get_mut(*step) {
                visit(inner, rest, change);
            }
        }
        Value::Array(items) => {
            if let Some(inner) = step.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                visit(inner, rest, change);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_found_in_every_element() {
        let mut answer = json!({"data": [{"id": "1", "buttons": [{"type": "URL"}]}, {"id": "2"}], "n": {}});
        set(&mut answer, "/data/*/status", &json!("NEW"));
        set(&mut answer, "/data/*/buttons/*/type", &json!(null));
        set(&mut answer, "/nowhere/status", &json!("NEW"));
        remove(&mut answer, "/data/0/status");
        remove(&mut answer, "/n");
        number_ids(&mut answer);
        let wanted = json!({"data": [{"id": 1, "buttons": [{"type": null}]}, {"id": 2, "status": "NEW"}]});
        assert_eq!(answer, wanted);
    }
}
