//! Every documented and observed refusal of a creation, row by row: entry of the catalogue of Meta's rules, code, payload.
//!
//! The tests of `graph-sandbox` show that HTTP brings the same answers; here they are complete, and held against the catalogue.

mod payloads;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use payloads::*;

/// Entries of the catalogue whose breach is answered with an error, and that no single creation can breach, with the
/// place where they are tested or the reason why they are not.
const ELSEWHERE: &[(&str, &str)] = &[
    ("name-lang-unique", "sandbox: names_and_languages_are_unique_and_share_a_category"),
    ("name-cooldown", "sandbox: a_deleted_approved_name_is_locked_for_thirty_days"),
    ("template-limit", "sandbox: a_hundred_templates_an_hour_and_no_more_than_the_account_holds"),
    ("auth-upsert-labels", "sandbox: many_languages_are_upserted_together"),
    (
        "header-media-size",
        "the size of a file is looked at when it is uploaded; what Meta answers is not known",
    ),
    ("library-and-components", "creations from the library have endpoints and tests of their own"),
    ("library-category", "as above"),
    ("library-button-inputs", "as above"),
    ("library-inputs-string", "as above"),
    ("allow-category-change", "class S: Meta takes it and does nothing with it"),
    ("text-tabs", "resellers alone say so; nobody has seen the refusal"),
    ("text-many-spaces", "as above"),
    ("param-trailing-punct", "Meta's own samples end so; one refusal is known, and approvals outnumber it"),
    ("example-extra", "clients alone say so"),
    ("button-text-forbidden", "clients alone say so; Meta writes the label, whatever is sent"),
    ("button-text-duplicate", "no source"),
    ("url-named-param", "Meta's samples show both"),
    ("copy-code-charset", "clients alone say so"),
    ("auth-custom-label", "Meta's page allows it; one reseller saw a refusal"),
    ("text-utf16-length", "Meta does not say what a character is; code points are counted"),
    ("ttl-marketing-api", "class S"),
    ("header-media-type", "rows `FILE` below"),
];

/// What is refused about components alone, and so in an edit as well.
const OF_COMPONENTS: [&str; 8] = [
    "100/2388040",
    "100/2388043",
    "100/2388047",
    "100/2388060",
    "100/2388072",
    "100/2388073",
    "100/2388293",
    "100/2388299",
];

/// Entries of class H in sections 8.1 to 8.5 of the catalogue.
pub(super) const CLASS_H: &[&str] = &[
    "name-required",
    "name-charset",
    "name-length",
    "name-lang-unique",
    "name-cooldown",
    "language-required",
    "language-supported",
    "language-hyphen",
    "category-required",
    "category-value",
    "category-legacy",
    "parameter-format-value",
    "parameter-format-mismatch",
    "ttl-range",
    "ttl-minus-one",
    "sub-category-value",
    "sub-category-category",
    "display-format-value",
    "unknown-field",
    "components-required",
    "library-and-components",
    "library-category",
    "library-button-inputs",
    "library-inputs-string",
    "template-limit",
    "body-required",
    "component-duplicate",
    "component-type",
    "header-format",
    "header-text-length",
    "header-text-one-param",
    "header-text-markdown",
    "header-text-emoji",
    "header-text-newline",
    "header-media-handle",
    "header-media-text",
    "header-media-url-handle",
    "header-media-size",
    "header-media-type",
    "header-gif-marketing",
    "header-location-category",
    "header-location-bare",
    "header-product-needs-spm",
    "body-length",
    "body-empty",
    "footer-length",
    "footer-params",
    "footer-emoji-newline",
    "footer-with-lto",
    "tap-target-create",
    "call-permission-category",
    "call-permission-alone",
    "lto-category",
    "lto-text-length",
    "lto-header",
    "lto-buttons",
    "lto-code-length",
    "carousel-category",
    "carousel-body",
    "carousel-siblings",
    "carousel-media-count",
    "carousel-product-count",
    "carousel-uniform",
    "carousel-mixed-kinds",
    "carousel-card-header",
    "carousel-card-body-all",
    "carousel-card-body-length",
    "carousel-card-buttons",
    "carousel-card-footer",
    "buttons-total",
    "buttons-max-quick-reply",
    "buttons-max-url",
    "buttons-max-phone",
    "buttons-max-copy-code",
    "buttons-max-single",
    "buttons-exclusive",
    "buttons-grouping",
    "button-type",
    "button-text-required",
    "button-text-forbidden",
    "button-text-length",
    "button-text-format",
    "button-text-duplicate",
    "url-valid",
    "url-length",
    "url-one-param",
    "url-param-at-end",
    "url-example",
    "url-named-param",
    "phone-length",
    "phone-format",
    "copy-code-length",
    "copy-code-charset",
    "copy-code-example-type",
    "flow-source",
    "flow-action",
    "flow-json-valid",
    "voice-call-ttl",
    "order-details-category",
    "order-details-header",
    "catalog-shape",
    "mpm-shape",
    "spm-shape",
    "contact-info-category",
    "param-name",
    "param-spaces",
    "param-mixed",
    "param-leading",
    "param-trailing",
    "param-trailing-punct",
    "param-density",
    "example-missing",
    "example-count",
    "example-shape",
    "example-extra",
    "text-control-chars",
    "text-tabs",
    "text-many-newlines",
    "text-many-spaces",
    "text-utf16-length",
    "auth-body-text",
    "auth-header",
    "auth-footer-text",
    "auth-expiry-range",
    "auth-otp-required",
    "auth-otp-type",
    "auth-apps-required",
    "auth-apps-forbidden",
    "auth-package-name",
    "auth-signature-hash",
    "auth-app-legacy-keys",
    "auth-zero-tap-terms",
    "auth-autofill-text",
    "auth-custom-label",
    "auth-upsert-labels",
    "auth-only-flags",
    "utility-components",
];

fn answer(payload: &Value) -> String {
    match graph_sandbox::judge(payload, &UPLOADS) {
        Ok(()) => "ok".to_owned(),
        Err(graph_sandbox::Verdict { code, subcode: None, .. }) => code.to_string(),
        Err(graph_sandbox::Verdict { code, subcode: Some(subcode), .. }) => format!("{code}/{subcode}"),
    }
}

#[test]
fn every_refusal_has_its_code() {
    let rows = payloads::rows();
    let wrong: Vec<String> = rows
        .iter()
        .map(|(entry, code, about, payload)| (entry, code, about, answer(payload)))
        .filter(|(_, code, _, seen)| *code != seen)
        .map(|(entry, code, about, seen)| format!("{entry}, {about}: {code} is expected, and it is {seen}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn every_entry_of_class_h_has_a_row_or_a_reason() {
    let rows = payloads::rows();
    let refused: BTreeSet<&str> =
        rows.iter().filter(|(_, code, ..)| *code != "ok").map(|(entry, ..)| *entry).collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(entry, _)| *entry).collect();
    let missing: Vec<&&str> =
        CLASS_H.iter().filter(|entry| !refused.contains(*entry) && !elsewhere.contains(*entry)).collect();
    assert!(missing.is_empty(), "no row and no reason: {missing:?}");
    let both: Vec<_> =
        refused.intersection(&elsewhere).filter(|entry| **entry != "header-media-type").collect();
    assert!(both.is_empty(), "a row and a reason why there is none: {both:?}");
    for (entry, place) in ELSEWHERE.iter().filter(|(_, place)| place.starts_with("sandbox: ")) {
        let test = place.trim_start_matches("sandbox: ");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/graph-sandbox/tests/emulator");
        let files = std::fs::read_dir(folder).expect("the sandbox's tests").flatten();
        let text: String = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
        assert!(text.contains(&format!("fn {test}(")), "{entry} names a test that is not there: {test}");
    }
}

/// What the live API was seen to answer, by subcode: each has a row, or comes from state that a creation alone lacks.
#[test]
fn every_known_subcode_is_answered() {
    let seen: BTreeSet<&str> = payloads::rows().iter().map(|(_, code, ..)| *code).collect();
    for code in [
        "100",
        "100/2388040",
        "100/2388043",
        "100/2388046",
        "100/2388047",
        "100/2388060",
        "100/2388072",
        "100/2388073",
        "100/2388084",
        "100/2388155",
        "100/2388273",
        "100/2388293",
        "100/2388299",
        "131009/2494102",
        "192",
    ] {
        assert!(seen.contains(code), "no row is answered with {code}");
    }
}

/// HTTP answers as the judge does, and an edit is held to the same rules as a creation.
#[test]
fn the_judge_says_what_http_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sandbox = graph_sandbox::Sandbox::bind(graph_sandbox::Settings::default(), 0).await.unwrap();
        let base = sandbox.base_url();
        tokio::spawn(sandbox.serve(std::future::pending()));
        let client = reqwest::Client::new();
        let post = async |path: &str, body: &Value| -> Value {
            let request = client.post(format!("{base}{path}")).bearer_auth("sandbox-token").json(body);
            request.send().await.unwrap().json().await.unwrap()
        };
        let create = "/v26.0/100000000000000/message_templates";
        let mut plain = json!({"name": "edited", "language": "en", "category": "UTILITY"});
        plain["components"] = json!([{"type": "BODY", "text": "Your order is on its way."}]);
        let mut compared = 0;
        // Uploads of the rows are the judge's own, and the account takes a hundred creations an hour.
        let rows = payloads::rows();
        for (entry, code, about, payload) in rows.iter().filter(|row| !row.3.to_string().contains("4::")) {
            let seen = post(create, payload).await;
            let code_of = |answer: &Value| match (&answer["error"]["code"], &answer["error"]["error_subcode"]) {
                (Value::Null, _) => "ok".to_owned(),
                (code, Value::Null) => code.to_string(),
                (code, subcode) => format!("{code}/{subcode}"),
            };
            assert_eq!(code_of(&seen), **code, "{entry}, {about}: {seen}");
            post("/_sandbox/reset", &json!({})).await;
            compared += 1;
            // The name and the category are not an edit's to change.
            let same = payload["category"] == "UTILITY" && payload.get("components").is_some();
            if !same || !OF_COMPONENTS.contains(code) {
                continue;
            }
            let id = post(create, &plain).await["id"].as_str().unwrap().to_owned();
            let edit = json!({"components": payload["components"], "parameter_format": payload.get("parameter_format").cloned().unwrap_or(json!("POSITIONAL"))});
            assert_eq!(code_of(&post(&format!("/v26.0/{id}"), &edit).await), **code, "edited: {entry}, {about}");
            post("/_sandbox/reset", &json!({})).await;
        }
        assert!(compared > 150, "{compared}");
    });
}
