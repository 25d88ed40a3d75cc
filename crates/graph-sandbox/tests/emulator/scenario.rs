//! Scenarios: several accounts, limits that are lifted, templates that are there from the start.

use std::time::{Duration, Instant};

use graph_sandbox::{Scenario, ScenarioError};
use serde_json::{Value, json};

use super::{LIST, code, playing, simple};

#[test]
fn one_process_plays_many_accounts() {
    let ids: Vec<String> = (1..=9).map(|number| format!("10000000000000{number}")).collect();
    let entries: Vec<String> = ids.iter().map(|id| format!("{{id: '{id}'}}")).collect();
    playing(&format!("accounts: [{}]", entries.join(", ")), async |graph| {
        for (number, id) in ids.iter().enumerate() {
            let list = format!("/v26.0/{id}/message_templates");
            let answer =
                graph.post(&list, &simple("order", "en", &format!("Number {number} is on its way."))).await;
            let template = answer["id"].as_str().unwrap();
            assert_eq!(
                graph.get(&format!("/{template}")).await["components"][0]["text"],
                format!("Number {number} is on its way.")
            );
            assert_eq!(graph.get(&format!("{list}?summary=total_count")).await["summary"]["total_count"], 2);
            let phones = graph.get(&format!("/{id}/phone_numbers")).await;
            let phone = phones["data"][0]["id"].as_str().unwrap();
            assert_eq!(graph.get(&format!("/{phone}")).await["id"], phone);
            let usage = graph.send(reqwest::Method::GET, &list, None).await.unwrap();
            assert!(usage.headers()["x-business-use-case-usage"].to_str().unwrap().contains(id.as_str()));
        }
        assert_eq!(graph.get(&format!("{LIST}?summary=total_count")).await["summary"]["total_count"], 1);
        graph
            .post("/_sandbox/review", &json!({"account": ids[0], "name": "order", "status": "PAUSED"}))
            .await;
        let status = async |id: &str| {
            graph.get(&format!("/{id}/message_templates?name=order")).await["data"][0]["status"].clone()
        };
        assert_eq!([status(&ids[0]).await, status(&ids[1]).await], ["PAUSED", "APPROVED"]);
        let media = graph.upload("image/png", "picture").await;
        let sent = json!({"name": "picture", "language": "en", "category": "UTILITY", "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [media]}}, super::body()]});
        let answer = graph.post(&format!("/{}/message_templates", ids[8]), &sent).await;
        assert_eq!(code(&answer), "ok", "an upload serves all accounts of its app: {answer}");
    });
}

#[test]
fn a_business_may_be_too_small_for_authentication() {
    playing("limits: {authentication: false}", async |graph| {
        let code = json!({"name": "code", "language": "en", "category": "AUTHENTICATION", "components": [
            {"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]});
        let answer = graph.post(LIST, &code).await;
        assert_eq!(super::code(&answer), "10/2388185", "{answer}");
        let upsert = LIST.replace("message_templates", "upsert_message_templates");
        let answer = graph
            .post(
                &upsert,
                &json!({"name": "code", "languages": ["en", "de"],
            "category": "AUTHENTICATION", "components": code["components"]}),
            )
            .await;
        assert_eq!(super::code(&answer), "10/2388185", "{answer}");
        let answer = graph.post(LIST, &simple("order", "en", "On its way.")).await;
        assert_eq!(super::code(&answer), "ok", "{answer}");
    });
}

#[test]
fn limits_are_lifted_and_calls_take_their_time() {
    let scenario = "
limits: {creations_per_hour: off, templates: 6000, calls_per_hour: 400, edits: false}
latency_milliseconds: 2
";
    playing(scenario, async |graph| {
        let began = Instant::now();
        for number in 0..150 {
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        assert!(began.elapsed() > Duration::from_millis(300));
        let id = graph.create(&simple("edited", "en", "On its way.")).await;
        for text in ["One.", "Two.", "Three."] {
            let edit = json!({"components": [{"type": "BODY", "text": text}]});
            assert_eq!(code(&graph.post(&format!("/{id}"), &edit).await), "ok", "{text}");
        }
        let mut last = Value::Null;
        for _ in 0..300 {
            last = graph.get(&format!("/{id}?fields=id")).await;
        }
        assert_eq!(code(&last), "80008");
    });
}

#[test]
fn six_thousand_templates_are_listed_page_by_page() {
    playing("{fill: 6000, limits: {templates: 6000}}", async |graph| {
        let (mut names, mut pages, mut after) = (Vec::new(), 0, String::new());
        loop {
            let page = graph.get(&format!("{LIST}?fields=name&limit=255&after={after}")).await;
            pages += 1;
            names.extend(page["data"].as_array().unwrap().iter().map(|row| row["name"].to_string()));
            if page["paging"]["next"].is_null() {
                break;
            }
            after = page["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
        }
        names.sort();
        names.dedup();
        assert_eq!((names.len(), pages), (6_001, 24));
        assert_eq!(code(&graph.post(LIST, &simple("more", "en", "On its way.")).await), "100/2388019");
        let began = Instant::now();
        for _ in 0..50 {
            graph.delete("name=nothing").await;
        }
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "a refused write costs no copy of the account: {:?}",
            began.elapsed()
        );
    });
}

#[test]
fn templates_are_there_from_the_start() {
    let scenario = "
templates:
  - name: order
    language: en
    category: UTILITY
    status: PAUSED
    quality: RED
    components: [{type: BODY, text: On its way.}]
  - {name: sent_directly, language: en, category: UTILITY, source: AUTO_GENERATED, components: [{type: BODY, text: Hello there.}]}
  - name: from_the_future
    language: en
    category: UTILITY
    raw: true
    components: [{type: HOLOGRAM, depth: 3}, {type: BODY, text: Hi., mood: kind}]
";
    playing(scenario, async |graph| {
        let row = async |name: &str| {
            graph.get(&format!("{LIST}?name={name}&fields=name,status,quality_score,source,components")).await
                ["data"][0]
                .clone()
        };
        let order = row("order").await;
        assert_eq!([&order["status"], &order["quality_score"]["score"]], ["PAUSED", "RED"]);
        assert_eq!(row("sent_directly").await["source"], "AUTO_GENERATED");
        assert_eq!(
            graph.get(&format!("{LIST}?source=auto_generated")).await["data"].as_array().unwrap().len(),
            1
        );
        assert_eq!(
            row("from_the_future").await["components"],
            json!([{"type": "HOLOGRAM", "depth": 3}, {"type": "BODY", "text": "Hi.", "mood": "kind"}])
        );
        graph.delete("name=order").await;
        graph.post("/_sandbox/reset", &json!({})).await;
        assert_eq!(row("order").await["status"], "PAUSED");
    });
    let wrong = Scenario::parse(
        "templates: [{name: Order, language: en, category: UTILITY, components: [{type: BODY, text: x}]}]",
    );
    assert!(
        matches!(wrong, Err(ScenarioError::Invalid(ref text)) if text.contains("templates[0]: Message template name")),
        "{wrong:?}"
    );
    let far = Scenario::parse("webhook: {url: 'http://hooks.example/'}");
    assert!(
        matches!(far, Err(ScenarioError::Invalid(ref text)) if text.contains("hooks.example")),
        "{far:?}"
    );
}

#[test]
fn faults_of_a_scenario_strike_from_the_first_call() {
    playing("faults: [{kind: rate_limit, path: message_templates, code: 4, status: 429}]", async |graph| {
        assert_eq!(code(&graph.get(LIST).await), "4/2446079");
        assert_eq!(code(&graph.get(LIST).await), "ok");
        graph.post("/_sandbox/reset", &json!({})).await;
        assert_eq!(code(&graph.get(LIST).await), "4/2446079");
    });
}
