//! What `watpl doctor` finds, case by case.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Stage, scripted};

const WABA: &str = "100000000000000";

fn token(change: &Value) -> Value {
    let mut data = json!({
        "app_id": "200000000000000", "type": "SYSTEM_USER", "is_valid": true, "expires_at": 0,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [{ "scope": "whatsapp_business_management" }],
    });
    let own = data.as_object_mut().expect("an object");
    own.extend(change.as_object().expect("an object").clone());
    json!({ "data": data })
}

fn error(code: i64, subcode: Value, message: &str) -> Value {
    json!({ "error": { "message": message, "type": "OAuthException", "code": code, "error_subcode": subcode, "fbtrace_id": "A" } })
}

type Script = Vec<(&'static str, u16, Value)>;

/// An account that is as it should be, but for what stands before.
fn with(mut first: Script) -> Script {
    first.extend([
        ("debug_token", 200, token(&json!({}))),
        ("/100000000000000/message_templates", 200, json!({ "data": [{ "id": "1" }] })),
        ("/100000000000000/subscribed_apps", 200, json!({ "data": [{ "whatsapp_business_api_data": { "id": "200000000000000", "name": "Shop" } }] })),
        ("/100000000000000/phone_numbers", 200, json!({ "data": [{ "id": "300000000000000" }] })),
        ("/100000000000000? message_template_namespace", 200, json!({ "id": WABA, "name": "Northwind" })),
        ("/200000000000000? link", 200, json!({ "id": "200000000000000", "name": "Shop" })),
        ("/300000000000000? display_phone_number", 200, json!({ "id": "300000000000000", "verified_name": "Northwind" })),
    ]);
    first
}

fn soon(seconds: u64) -> u64 {
    watpl::workspace::now() + seconds
}

fn found(stage: &Stage, code: i32) -> Vec<(String, String)> {
    let run = stage.run("doctor --format json");
    assert_eq!(run.code, code, "{}", run.shown());
    let report: Value =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.shown()));
    let findings = report["findings"].as_array().expect("findings");
    let word = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let bad = findings.iter().filter(|finding| finding["level"] != "good");
    bad.map(|finding| (word(finding, "level"), word(finding, "id"))).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table of cases")]
fn every_case_has_its_finding() {
    let no_access = || error(200, Value::Null, "(#200) You do not have permission to access this object");
    let unseen = || error(100, 33.into(), "Unsupported get request. Object with ID does not exist");
    let no_field = || error(100, Value::Null, "(#100) Tried accessing nonexisting field");
    let cases: Vec<(&str, i32, &[&str], Script)> = vec![
        ("all is well", 0, &[], with(vec![])),
        (
            "a temporary token",
            0,
            &["token-temporary"],
            with(vec![("debug_token", 200, token(&json!({ "type": "USER", "expires_at": soon(5400) })))]),
        ),
        (
            "a token that ends soon",
            0,
            &["token-expires-soon"],
            with(vec![("debug_token", 200, token(&json!({ "expires_at": soon(300_000) })))]),
        ),
        (
            "an expired token, as the look-up says",
            3,
            &["token-expired"],
            with(vec![(
                "debug_token",
                200,
                token(
                    &json!({ "is_valid": false, "expires_at": 1, "error": { "code": 190, "subcode": 463, "message": "Session has expired" } }),
                ),
            )]),
        ),
        (
            "an expired token, as every call says",
            3,
            &["token-expired"],
            vec![("GET", 401, error(190, 463.into(), "Session has expired"))],
        ),
        (
            "a token that is none",
            3,
            &["token-invalid"],
            vec![("GET", 401, error(190, Value::Null, "Invalid OAuth access token"))],
        ),
        (
            "app token",
            3,
            &["token-of-app"],
            with(vec![("debug_token", 200, token(&json!({ "type": "APP" })))]),
        ),
        (
            "a missing permission",
            3,
            &["scope-missing"],
            with(vec![(
                "debug_token",
                200,
                token(&json!({ "scopes": ["public_profile"], "granular_scopes": [] })),
            )]),
        ),
        (
            "a permission for another account",
            3,
            &["asset-missing"],
            with(vec![(
                "debug_token",
                200,
                token(
                    &json!({ "granular_scopes": [{ "scope": "whatsapp_business_management", "target_ids": ["999"] }] }),
                ),
            )]),
        ),
        (
            "an employee without access, code 200",
            3,
            &["account-no-access"],
            with(vec![("/100000000000000", 403, no_access())]),
        ),
        (
            "an employee without access, code 100/33",
            3,
            &["account-no-access"],
            with(vec![("/100000000000000", 400, unseen())]),
        ),
        (
            "no access to templates",
            3,
            &["templates-no-access"],
            with(vec![("message_templates", 403, no_access())]),
        ),
        (
            "a phone number's id as the account's",
            3,
            &["account-wrong-id"],
            with(vec![
                (
                    "/100000000000000? display_phone_number",
                    200,
                    json!({ "id": WABA, "display_phone_number": "+1 555" }),
                ),
                ("/100000000000000", 400, no_field()),
            ]),
        ),
        (
            "an app's id as the account's",
            3,
            &["account-wrong-id"],
            with(vec![
                ("/100000000000000? link", 200, json!({ "id": WABA, "name": "Shop", "link": "https://x" })),
                ("/100000000000000", 400, no_field()),
            ]),
        ),
        (
            "a business's id as the account's",
            3,
            &["account-wrong-id"],
            with(vec![
                ("/100000000000000? verification_status", 200, json!({ "id": WABA, "name": "Shop" })),
                ("/100000000000000", 400, no_field()),
            ]),
        ),
        (
            "another app than the token's",
            3,
            &["app-wrong-id", "app-not-subscribed"],
            with(vec![("debug_token", 200, token(&json!({ "app_id": "777" })))]),
        ),
        (
            "an app that is not live",
            3,
            &["app-unreadable"],
            with(vec![("/200000000000000?", 400, error(190, 458.into(), "The app is not live"))]),
        ),
        (
            "an app without webhooks",
            0,
            &["app-not-subscribed"],
            with(vec![("subscribed_apps", 200, json!({ "data": [] }))]),
        ),
        (
            "a phone number of another account",
            3,
            &["phone-wrong-id"],
            with(vec![("phone_numbers", 200, json!({ "data": [{ "id": "301" }] }))]),
        ),
        (
            "the hour's calls used up",
            0,
            &["calls-used-up"],
            with(vec![(
                "/100000000000000? message_template_namespace",
                400,
                error(80008, Value::Null, "too many calls"),
            )]),
        ),
        (
            "a version of the future",
            3,
            &["version-unknown"],
            with(vec![(
                "/100000000000000? message_template_namespace",
                400,
                error(2500, Value::Null, "Unknown path components"),
            )]),
        ),
    ];
    let config = super::CONFIG.replace(" }\n", ", phone_number_id: \"300000000000000\" }\n");
    let config = config.replace("Home, phone_number_id: \"300000000000000\" }", "Home }");
    let mut table = String::new();
    for (case, code, ids, script) in cases {
        let stage = Stage::at(&scripted(script));
        stage.write("watpl.yaml", &config);
        let bad = found(&stage, code);
        let own: Vec<_> = bad.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(own, ids, "{case}");
        let run = stage.run("doctor");
        let _ = writeln!(table, "## {case}\n\n{}\n", run.shown());
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_dead_version_no_network_and_no_token_are_told_apart() {
    let stage = Stage::at(&scripted(with(vec![])));
    stage.write("watpl.yaml", &super::CONFIG.replace("app_id:", "api_version: v13.0, app_id:"));
    assert_eq!(found(&stage, 3), [("problem".to_owned(), "version-dead".to_owned())]);
    let stage = Stage::at("http://127.0.0.1:9");
    assert_eq!(found(&stage, 3), [("problem".to_owned(), "network".to_owned())]);
    stage.write("watpl.yaml", &super::CONFIG.replace("app_id:", "token: { env: WATPL_NOT_SET }, app_id:"));
    let run = stage.run("doctor");
    run.assert(3, &["the variable WATPL_NOT_SET is not set", "not ready to deploy"]);
}

#[test]
fn the_sandbox_is_ready_once_it_is_subscribed() {
    let stage = Stage::new();
    let run = stage.run("doctor");
    run.assert(
        0,
        &[
            "system user token, never expires",
            "templates can be read",
            "does not receive the account's webhooks",
        ],
    );
    assert!(!run.shown().contains("sandbox-token"));
    // The embedded one, on a machine without anything.
    stage.write("watpl.yaml", "default_account: sandbox\n");
}
