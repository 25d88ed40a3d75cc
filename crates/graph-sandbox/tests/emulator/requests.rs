//! Requests of any endpoint: parameters, headers, unknown paths, the log.

use reqwest::Method;
use serde_json::{Value, json};

use super::{LIST, TOKEN, body, code, fresh, simple};

#[test]
fn unknown_ids_and_paths_are_refused_as_graph_does() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let cases = [
            ("100/33", "/v26.0/999".to_owned()),
            ("100/33", "/999/message_templates".to_owned()),
            ("2500", "/100000000000000/elsewhere".to_owned()),
            ("2500", format!("/{id}/elsewhere")),
            ("2500", "/a/b/c".to_owned()),
            ("100", format!("/{id}?fields=nonsense")),
            ("100", format!("{LIST}?status=nonsense")),
            ("100", format!("{LIST}?limit=0")),
            ("131059", format!("{LIST}?after=nonsense")),
            ("100", format!("{LIST}?summary=nonsense")),
        ];
        for (wanted, path) in cases {
            assert_eq!(code(&graph.get(&path).await), wanted, "{path}");
        }
    });
}

#[test]
fn every_answer_names_its_version_and_the_usage() {
    fresh(async |graph| {
        for (path, version) in
            [("/v21.0/100000000000000", "v21.0"), ("/100000000000000", "v26.0"), ("/v24.0/7", "v24.0")]
        {
            let answer = graph.send(Method::GET, path, None).await.unwrap();
            assert_eq!(answer.headers()["facebook-api-version"], version);
            let usage: Value =
                serde_json::from_str(answer.headers()["x-business-use-case-usage"].to_str().unwrap())
                    .unwrap();
            assert_eq!(usage["100000000000000"][0]["type"], "whatsapp_business_management");
            assert!(answer.headers().contains_key("x-app-usage"));
        }
    });
}

#[test]
fn every_graph_call_is_logged_without_its_token() {
    fresh(async |graph| {
        graph.get(&format!("{LIST}?limit=1&access_token=sandbox-token")).await;
        graph.post(LIST, &simple("order", "en", "{{1}}")).await;
        let log = graph.get("/_sandbox/requests").await;
        assert_eq!(
            log["requests"],
            json!([
            {"method": "GET", "path": LIST, "query": [["limit", "1"]], "status": 200},
            {"method": "POST", "path": LIST, "query": [], "status": 400}])
        );
        graph.post("/_sandbox/reset", &json!({})).await;
        assert_eq!(graph.get("/_sandbox/requests").await, json!({"requests": []}));
        assert_eq!(graph.get("/_sandbox/dump").await["account"]["templates"][0]["name"], "hello_world");
        assert_eq!(code(&graph.get("/_sandbox/elsewhere").await), "2500");
    });
}

#[test]
fn parameters_come_as_json_as_a_form_or_in_the_query() {
    fresh(async |graph| {
        let components = json!([body()]).to_string();
        let form = [
            ("name", "form"),
            ("language", "en"),
            ("category", "UTILITY"),
            ("components", components.as_str()),
        ];
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = graph.client.post(format!("{}{LIST}", graph.base)).bearer_auth(TOKEN);
        let request =
            request.header("Content-Type", "application/x-www-form-urlencoded").body(encoded.clone());
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(code(&answer), "ok", "{answer}");
        let encoded = encoded.replace("name=form", "name=query");
        assert_eq!(code(&graph.post(&format!("{LIST}?{encoded}"), &json!({})).await), "ok");
        let request = graph.client.post(format!("{}{LIST}", graph.base)).bearer_auth(TOKEN);
        let answer: Value = request.body("{not json").send().await.unwrap().json().await.unwrap();
        assert_eq!(code(&answer), "100");
    });
}
