//! Calls that nobody should make: the sandbox answers each as Graph would, and goes on.

use graph_sandbox::{Scenario, Settings};
use proptest::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

use super::{LIST, code, fresh, playing, simple};

/// Values that are of the wrong kind, too large, too small, or odd.
fn odd_values() -> Vec<Value> {
    let deep = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!(" "),
        json!("\u{0}\u{1b}[31m"),
        json!("{{1}}{{"),
        json!("9223372036854775807"),
        json!("-9223372036854775808"),
        json!("a".repeat(100_000)),
        json!("🎉\u{202e}ش"),
        json!([]),
        json!([null, [], {}]),
        json!({}),
        json!({"type": {"type": []}}),
        deep,
    ]
}

#[test]
fn odd_values_are_refused_or_taken_but_never_bring_it_down() {
    let calls: [(&str, &[&str]); 12] = [
        (
            LIST,
            &[
                "name",
                "language",
                "category",
                "components",
                "parameter_format",
                "sub_category",
                "message_send_ttl_seconds",
                "degrees_of_freedom_spec",
                "library_template_name",
                "library_template_button_inputs",
                "library_template_body_inputs",
            ],
        ),
        ("/{id}", &["components", "category", "message_send_ttl_seconds"]),
        ("/100000000000000/upsert_message_templates", &["name", "languages", "category", "components"]),
        ("/100000000000000/message_templates/archive", &["hsm_ids"]),
        (
            "/100000000000000/migrate_message_templates",
            &["source_waba_id", "page_number", "count", "template_ids"],
        ),
        ("/100000000000000", &["is_enabled_for_insights"]),
        ("/100000000000000/subscribed_apps", &["override_callback_uri", "verify_token"]),
        ("/200000000000000/uploads", &["file_length", "file_type", "file_name"]),
        (
            "/300000000000000/messages",
            &["messaging_product", "to", "type", "template", "biz_opaque_callback_data"],
        ),
        ("/_sandbox/review", &["id", "name", "language", "status", "rejection_info", "quality", "account"]),
        ("/_sandbox/clock", &["advance_seconds"]),
        ("/_sandbox/faults", &["faults"]),
    ];
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let usual = json!({"name": "other", "language": "en", "category": "UTILITY", "components": [super::body()],
            "languages": ["en"], "source_waba_id": "1", "file_length": 3, "file_type": "image/png", "file_name": "a",
            "messaging_product": "whatsapp", "to": "16505551234", "type": "template",
            "template": {"name": "order", "language": {"code": "en"}}});
        for (path, keys) in calls {
            let path = path.replace("{id}", &id);
            for key in keys {
                for value in odd_values() {
                    let mut body = json!({});
                    if !path.contains("_sandbox") {
                        body = usual.clone();
                    }
                    body[*key] = value.clone();
                    let answer = graph.send(Method::POST, &path, Some(&body)).await.expect("an answer");
                    let status = answer.status().as_u16();
                    let about = value.to_string().chars().take(60).collect::<String>();
                    assert!(status < 500, "{path} {key} {about}: {status}");
                    assert!(answer.json::<Value>().await.is_ok(), "{path} {key} {about}");
                }
            }
        }
    });
}

#[test]
fn odd_queries_paths_and_bodies_are_refused() {
    playing("limits: {calls_per_hour: off}", async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let huge = "9".repeat(30);
        for path in [
            format!("{LIST}?limit={huge}"),
            format!("{LIST}?limit=-1"),
            format!("{LIST}?since={huge}"),
            format!("{LIST}?since=2026-01-01T99999999999999:00:00"),
            format!("{LIST}?since=-9223372036854775808&until=9223372036854775807"),
            format!("{LIST}?after=%00&before=%ff"),
            format!("{LIST}?status=[%22"),
            format!("{LIST}?fields=,,,id,"),
            format!("{LIST}?summary=,"),
            format!("/{id}/compare?template_ids=[{id}]&start=-9223372036854775808&end=9223372036854775807"),
            format!("/{id}?fields={}", "id,".repeat(2_000)),
            "/v99999999999999999999.0/1".to_owned(),
            "//".to_owned(),
            "/v26.0/..%2f..%2fetc/passwd".to_owned(),
            "/upload:x?sig=%00".to_owned(),
            "/debug_token?input_token=%ff%fe".to_owned(),
        ] {
            let answer = graph.send(Method::GET, &path, None).await.expect("an answer");
            assert!(answer.status().as_u16() < 500, "{path}: {}", answer.status());
            assert!(answer.json::<Value>().await.is_ok(), "{path}");
        }
        for body in
            ["", "[", "null", "[1]", "\"x\"", "{\"a\":", &"[".repeat(100_000), &"{\"a\":".repeat(100_000)]
        {
            let request = graph.client.post(format!("{}{LIST}", graph.base)).bearer_auth(super::TOKEN);
            let answer: Value = request.body(body.to_owned()).send().await.unwrap().json().await.unwrap();
            assert_eq!(code(&answer), "100", "{}", body.chars().take(20).collect::<String>());
        }
        assert_eq!(code(&graph.get(LIST).await), "ok");
    });
}

#[test]
fn extreme_scenarios_do_not_overflow() {
    let scenario = "
limits: {handle_life: 9223372036854775807, calls_per_hour: 18446744073709551615, creations_per_hour: 0}
tokens: [{token: t, expires_in: 9223372036854775807}, {token: u, expires_in: -9223372036854775808}]
review: {rules: [{after: 9223372036854775807, then: [{after: 9223372036854775807, quality: RED}]}]}
";
    playing(scenario, async |graph| {
        graph.upload("image/png", "picture").await;
        assert_eq!(code(&graph.post(LIST, &simple("order", "en", "On its way.")).await), "80008");
        graph.get("/debug_token?input_token=u").await;
        graph.post("/_sandbox/clock", &json!({"advance_seconds": u32::MAX})).await;
        assert_eq!(code(&graph.get(LIST).await), "ok");
    });
    playing(
        "review: {rules: [{after: 9223372036854775807, then: [{after: 9223372036854775807, quality: RED}]}]}",
        async |graph| {
            let id = graph.create(&simple("order", "en", "On its way.")).await;
            for _ in 0..3 {
                graph.post("/_sandbox/clock", &json!({"advance_seconds": u32::MAX})).await;
            }
            assert_eq!(graph.get(&format!("/{id}")).await["status"], "PENDING");
        },
    );
    assert!(Scenario::parse("fill: 1000000000000").is_err());
}

proptest! {
    #[test]
    fn any_text_is_a_scenario_or_none(text in "[-a-z:{}\\[\\]'\", \n0-9&*!|>%@]{0,200}") {
        let _ = Scenario::parse(&text);
    }

    #[test]
    fn any_values_of_a_scenario_are_taken_or_refused(key in "locale|quirks|accounts|limits|tokens|app|webhook|review|templates|fill|messages|faults",
        value in "[-a-z:{}\\[\\]', 0-9]{0,60}") {
        if let Ok(scenario) = Scenario::parse(&format!("{key}: {value}")) {
            drop(Settings { scenario, ..Settings::default() });
        }
    }
}
