//! The normal form: whatever way a version reads back, it is no change. The rows are those of the reference on what
//! comes back otherwise than it was sent.

use serde_json::{Map, Value, json};
use watpl::graph::{Response, get, payload_json};
use watpl::lock::Applied;
use watpl::payload::{Deployed, Payload};
use watpl::plan::{Action, Desired, PlanInput, PlanOptions, plan};

use super::components::{compiled, fixtures};

/// A way in which a version reads back otherwise: the row's name, and what it does to the JSON of the version.
type Row = (&'static str, fn(&mut Value));

const ROWS: [Row; 21] = [
    ("as it was sent", |_| {}),
    ("01 enums in any case", |version| each(version, &mut lower_enums)),
    ("02 components in another order", |version| list(version, "components").reverse()),
    ("03 handles as signed links", |version| {
        each(version, &mut |object| {
            if let Some(handle) = object.get_mut("header_handle") {
                *handle = json!(["https://scontent.whatsapp.net/v/t61?oe=1"]);
            }
        });
    }),
    ("04 the body of authentication is written out", |version| {
        of_authentication(version, "BODY", |body| {
            body.insert("text".into(), "*{{1}}* is your verification code.".into());
            body.insert("example".into(), json!({ "body_text": [["123456"]] }));
        });
    }),
    ("05 the footer of authentication is written out", |version| {
        of_authentication(version, "FOOTER", |footer| {
            if footer.contains_key("code_expiration_minutes") {
                footer.insert("text".into(), "This code expires soon.".into());
            }
        });
    }),
    ("06 the code button as an address", |version| {
        each(version, &mut |object| {
            if let Some(kind) = object.get("otp_type").and_then(Value::as_str).map(str::to_owned) {
                let url = format!("https://www.whatsapp.com/otp/code/?otp_type={kind}&code=otp");
                *object = as_map(json!({
                    "type": "URL", "text": "Copy code", "url": format!("{url}{{{{1}}}}"), "example": [format!("{url}123456")],
                }));
            }
        });
    }),
    ("07 labels that Meta writes", |version| {
        each(version, &mut |object| {
            if object.get("type") == Some(&json!("OTP")) {
                object.entry("text").or_insert("Copiar código".into());
                object.entry("autofill_text").or_insert("Autocompletar".into());
            }
        });
    }),
    ("08 copied codes with a label and in a list", |version| {
        each(version, &mut |object| {
            if object.get("type") == Some(&json!("COPY_CODE")) {
                object.insert("text".into(), "Copy offer code".into());
                let example = object.remove("example").unwrap_or_default();
                object.insert("example".into(), json!([example]));
            }
        });
    }),
    ("09 phone numbers with a plus", |version| {
        each(version, &mut |object| {
            if let Some(Value::String(number)) = object.get_mut("phone_number") {
                *number = format!("+{}", number.trim_start_matches('+'));
            }
        });
    }),
    ("10 samples of the body in a flat list", |version| {
        each(version, &mut |object| {
            if let Some(samples) = object.get_mut("body_text") {
                *samples = samples.get(0).cloned().unwrap_or_default();
            }
        });
    }),
    ("11 braces of addresses encoded", |version| {
        each(version, &mut |object| {
            if let Some(Value::String(url)) = object.get_mut("url") {
                *url = url.replace("{{1}}", "%7B%7B1%7D%7D");
            }
        });
    }),
    ("12 no samples at all", |version| each(version, &mut |object| drop(object.remove("example")))),
    ("13 the format of parameters, or none", |version| {
        let fields = version.as_object_mut().expect("an object");
        if fields.get("parameter_format") == Some(&json!("POSITIONAL")) {
            fields.remove("parameter_format");
        }
    }),
    ("14 no lifetime after another category", |version| {
        let fields = version.as_object_mut().expect("an object");
        fields.remove("message_send_ttl_seconds");
        fields.insert("previous_category".into(), "UTILITY".into());
    }),
    ("16 a sub-category", |version| version["sub_category"] = "CUSTOM".into()),
    ("17 no reason for a rejection", |version| version["rejected_reason"] = "NONE".into()),
    ("18 a quality", |version| version["quality_score"] = json!({ "score": "UNKNOWN", "date": 7 })),
    ("20 a template of the library written out", |version| {
        if version.get("library_template_name").is_some() {
            version["components"] = json!([{ "type": "BODY", "text": "Whatever Meta wrote." }]);
        }
    }),
    ("22 the language with a hyphen", |version| {
        let language = version["language"].as_str().expect("a text").replace('_', "-");
        version["language"] = language.into();
    }),
    ("25 fields that nobody knows", |version| {
        version["surprise"] = json!({ "a": [1] });
        each(version, &mut |object| {
            if object.contains_key("type") {
                object.insert("surprise".into(), Value::Null);
            }
        });
    }),
];

fn as_map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

fn list<'a>(version: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    match version.get_mut(key) {
        Some(Value::Array(items)) => items,
        // A template of the library has none.
        _ => Box::leak(Box::default()),
    }
}

/// Does something to every object in a version.
fn each(value: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Object(fields) => {
            change(fields);
            fields.values_mut().for_each(|field| each(field, change));
        }
        _ => {}
    }
}

fn lower_enums(object: &mut Map<String, Value>) {
    for key in ["type", "format", "category", "status", "flow_action", "otp_type", "parameter_format"] {
        if let Some(Value::String(word)) = object.get_mut(key) {
            *word = word.to_lowercase();
        }
    }
}

fn of_authentication(version: &mut Value, kind: &str, change: fn(&mut Map<String, Value>)) {
    if version["category"] != "AUTHENTICATION" {
        return;
    }
    for component in list(version, "components") {
        if component["type"] == kind {
            change(component.as_object_mut().expect("an object"));
        }
    }
}

/// What the account would show of a payload.
fn listed(payload: &Payload) -> Value {
    let mut version = payload_json(payload);
    version["id"] = "1".into();
    version["status"] = "APPROVED".into();
    let fields = version.as_object_mut().expect("an object");
    fields.remove("library_template_button_inputs");
    fields.remove("library_template_body_inputs");
    version
}

fn read(version: &Value) -> Deployed {
    let response = Response { status: 200, headers: Vec::new(), body: version.to_string().into_bytes() };
    get::response(&response).expect("a version").expect("a version")
}

#[test]
fn g15_whatever_way_a_version_reads_back_it_is_no_change() {
    let mut compared = 0;
    for path in fixtures() {
        let raw = path.file_stem().is_some_and(|stem| stem == "raw");
        for payload in compiled(&path) {
            for (row, change) in ROWS {
                // Of what this version does not know, it cannot know what is the same.
                if raw && row.starts_with("25") {
                    continue;
                }
                let mut version = listed(&payload);
                change(&mut version);
                let deployed = [read(&version)];
                let desired = [Desired::new(payload.clone(), false)];
                let applied = Applied::default();
                let sides = PlanInput {
                    desired: &desired,
                    deployed: &deployed,
                    applied: &applied,
                    limit: None,
                    now: 0,
                };
                for samples in [false, true] {
                    let decided = plan(&sides, &PlanOptions { samples, ..PlanOptions::default() });
                    let change = &decided.changes[0];
                    let context = format!("{row}: {}: {:?}", change.key, change.reason);
                    assert_eq!(decided.changes.len(), 1, "{context}");
                    assert_eq!(
                        change.action,
                        Action::Keep,
                        "{context}\n{:?}\n{:?}",
                        change.before,
                        change.after
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn what_users_would_see_differently_is_a_change() {
    let path = fixtures().into_iter().find(|path| path.ends_with("buttons.yaml")).expect("a fixture");
    let payload = compiled(&path).remove(0);
    for row in ["text", "url", "phone_number"] {
        let mut version = listed(&payload);
        let mut done = false;
        each(&mut version, &mut |object| {
            if let Some(Value::String(text)) = object.get_mut(row).filter(|_| !done) {
                text.push('7');
                done = true;
            }
        });
        assert!(done, "{row}");
        let (desired, deployed) = ([Desired::new(payload.clone(), false)], [read(&version)]);
        let applied = Applied::default();
        let sides =
            PlanInput { desired: &desired, deployed: &deployed, applied: &applied, limit: None, now: 0 };
        assert_eq!(plan(&sides, &PlanOptions::default()).changes[0].action, Action::Hold, "{row}");
    }
}
