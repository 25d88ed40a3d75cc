//! Failures on purpose: each kind, seen as a client sees it.

use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{Graph, LIST, TOKEN, code, fresh, simple};

impl Graph {
    pub(super) async fn faults(&self, faults: Value) {
        let answer = self.post("/_sandbox/faults", &json!({ "faults": faults })).await;
        assert_eq!(answer, json!({"success": true}), "{faults}");
    }

    /// A create that suffers a fault: status, what the body begins with, and whether the template is there.
    async fn create_under(&self, name: &str, fault: Value) -> String {
        self.faults(json!([fault])).await;
        let answer = self.send(Method::POST, LIST, Some(&simple(name, "en", "On its way."))).await;
        let seen = match answer {
            Err(_) => "no answer".to_owned(),
            Ok(answer) => {
                let status = answer.status().as_u16();
                let text = answer.text().await.map(|text| text.chars().take(16).collect::<String>());
                format!("{status} {}", text.unwrap_or_else(|_| "cut".to_owned()))
            }
        };
        self.faults(json!([])).await;
        let there = self.get(&format!("{LIST}?name={name}")).await["data"].as_array().unwrap().len();
        format!("{seen} | {there}")
    }
}

#[test]
fn answers_are_replaced_spoilt_or_lost_with_and_without_the_effect() {
    let cases = [
        ("500 <!DOCTYPE html><| 0", json!({"kind": "http_500_html"})),
        ("502 | 0", json!({"kind": "body", "status": 502, "body": ""})),
        ("503 <!DOCTYPE html><| 1", json!({"kind": "body", "status": 503, "effect": true})),
        ("200 <!DOCTYPE html><| 0", json!({"kind": "body", "status": 200})),
        ("200 | 1", json!({"kind": "body", "status": 200, "body": "", "effect": true})),
        ("204 | 1", json!({"kind": "body", "status": 204, "body": "", "effect": true})),
        ("200 {\"error\":{\"mess| 0", json!({"kind": "error", "code": 1, "status": 200})),
        ("400 {\"error\":{\"mess| 0", json!({"kind": "rate_limit"})),
        ("no answer| 0", json!({"kind": "drop_before"})),
        ("no answer| 1", json!({"kind": "drop_after"})),
        ("200 cut| 1", json!({"kind": "truncate"})),
        ("200 {\"id\":\"| 1", json!({"kind": "half_json"})),
        ("200 cut| 1", json!({"kind": "wrong_length", "by": 5})),
        ("200 {\"id\":\"| 1", json!({"kind": "wrong_length", "by": -40})),
    ];
    fresh(async |graph| {
        for (number, (wanted, fault)) in cases.into_iter().enumerate() {
            let seen = graph.create_under(&format!("order_{number}_"), fault.clone()).await;
            let (wanted_text, wanted_count) = wanted.split_once('|').unwrap();
            let (text, count) = seen.split_once(" |").unwrap();
            assert!(text.starts_with(wanted_text) && count == wanted_count, "{fault}: {seen}");
        }
    });
}

#[test]
fn faults_are_counted_and_meant_for_some_calls() {
    fresh(async |graph| {
        let fault =
            json!({"method": "get", "path": "message_templates", "after": 1, "times": 2, "kind": "body"});
        graph.faults(json!([fault])).await;
        let mut seen = Vec::new();
        for _ in 0..4 {
            graph.get("/v26.0/100000000000000").await;
            seen.push(graph.send(Method::GET, LIST, None).await.unwrap().status().as_u16());
        }
        assert_eq!(seen, [200, 500, 500, 200]);
        let log = graph.get("/_sandbox/requests").await;
        let struck = log["requests"].as_array().unwrap().iter().filter(|entry| entry["fault"] == true);
        assert_eq!(struck.count(), 2);
    });
}

#[test]
fn faults_that_nobody_knows_are_refused() {
    fresh(async |graph| {
        for fault in [
            json!({"kind": "nonsense"}),
            json!({"kind": "drop_before", "milliseconds": 3}),
            json!({"kind": "slow", "milliseconds": "soon"}),
            json!({"kind": "rewrite", "at": ["/a"]}),
            json!({"path": "x"}),
        ] {
            let answer = graph.post("/_sandbox/faults", &json!({"faults": [fault]})).await;
            assert_eq!(code(&answer), "100", "{fault}: {answer}");
        }
    });
}

#[test]
fn rate_limits_come_in_every_dress() {
    fresh(async |graph| {
        for (number, code, status, retry_after) in [
            ("4", 4, 400, "120"),
            ("80007", 80_007, 429, "0"),
            ("80008", 80_008, 400, "-5"),
            ("80012", 80_012, 429, "Wed, 21 Oct 2099 07:28:00 GMT"),
            ("130429", 130_429, 429, "1e9"),
            ("80008", 80_008, 503, "soon"),
            ("80008", 80_008, 429, ""),
            ("80008", 80_008, 429, "99999999999999999999999999"),
        ] {
            let fault = json!({"kind": "rate_limit", "code": code, "status": status,
                "retry_after": retry_after, "usage": 97, "regain_minutes": 12});
            graph.faults(json!([fault])).await;
            let answer = graph.send(Method::GET, LIST, None).await.unwrap();
            assert_eq!(answer.status(), status);
            assert_eq!(answer.headers()["retry-after"], retry_after);
            let usage: Value =
                serde_json::from_slice(answer.headers()["x-business-use-case-usage"].as_bytes()).unwrap();
            let usage = &usage["100000000000000"][0];
            assert_eq!([&usage["call_count"], &usage["estimated_time_to_regain_access"]], [97, 12]);
            let body: Value = answer.json().await.unwrap();
            assert_eq!(
                (body["error"]["code"].to_string().as_str(), &body["error"]["is_transient"]),
                (number, &json!(true))
            );
        }
    });
}

#[test]
fn headers_can_be_changed_while_the_call_goes_through() {
    fresh(async |graph| {
        let headers = json!({"x-app-usage": "not json", "x-business-use-case-usage": null, "x-fb-rev": "7"});
        graph
            .faults(json!([{"kind": "headers", "headers": headers}, {"kind": "headers", "usage": 80}]))
            .await;
        let answer = graph.send(Method::GET, LIST, None).await.unwrap();
        assert_eq!(
            (&answer.headers()["x-app-usage"], &answer.headers()["x-fb-rev"]),
            (&"not json".parse().unwrap(), &"7".parse().unwrap())
        );
        assert!(!answer.headers().contains_key("x-business-use-case-usage"));
        let answer = graph.send(Method::GET, LIST, None).await.unwrap();
        assert!(
            answer.headers()["x-business-use-case-usage"].to_str().unwrap().contains("\"call_count\":80")
        );
        assert_eq!(answer.json::<Value>().await.unwrap()["data"][0]["name"], "hello_world");
    });
}

#[test]
fn errors_echo_tokens_and_hold_control_characters() {
    fresh(async |graph| {
        graph
            .faults(json!([{"kind": "error", "code": 190, "subcode": 463, "status": 401,
                "message": "Bad signature of {token}\u{1b}[31m", "title": "Sitzung abgelaufen",
                "user_message": "Bitte melde dich neu an."}]))
            .await;
        let answer = graph.send(Method::GET, LIST, None).await.unwrap();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.unwrap();
        let error = &body["error"];
        assert_eq!(error["message"], format!("Bad signature of {TOKEN}\u{1b}[31m"));
        assert_eq!(
            [&error["error_user_title"], &error["error_user_msg"]],
            ["Sitzung abgelaufen", "Bitte melde dich neu an."]
        );
        assert_eq!(code(&body), "190/463");
    });
}

#[test]
fn redirects_lead_to_other_places_or_in_a_circle() {
    fresh(async |graph| {
        let other = Graph::start(graph_sandbox::Settings::default()).await;
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        for (status, to) in [
            (301, Some(format!("{}{LIST}", other.base))),
            (302, Some("https://graph.example/x".to_owned())),
            (307, None),
            (308, Some("//[".to_owned())),
        ] {
            graph.faults(json!([{"kind": "redirect", "status": status, "to": to}])).await;
            let answer = client.get(format!("{}{LIST}", graph.base)).bearer_auth(TOKEN).send().await.unwrap();
            assert_eq!(
                (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
                (status, to.as_deref().unwrap_or(LIST))
            );
        }
        graph.faults(json!([{"kind": "redirect", "times": 1000}])).await;
        let looped = graph.send(Method::GET, LIST, None).await.expect_err("a circle");
        assert!(looped.is_redirect(), "{looped}");
    });
}

#[test]
fn answers_are_late_or_drip() {
    fresh(async |graph| {
        for fault in [
            json!({"kind": "slow", "milliseconds": 300}),
            json!({"kind": "drip", "milliseconds": 30, "bytes": 40}),
        ] {
            graph.faults(json!([fault])).await;
            let began = Instant::now();
            let answer = graph.get(LIST).await;
            assert!(began.elapsed() >= Duration::from_millis(300), "{fault}");
            assert_eq!(answer["data"][0]["name"], "hello_world", "{fault}");
        }
    });
}

#[test]
fn a_small_body_unpacks_to_many_megabytes() {
    fresh(async |graph| {
        graph.faults(json!([{"kind": "gzip_bomb", "megabytes": 8}])).await;
        let mut answer = graph.send(Method::GET, LIST, None).await.unwrap();
        let mut size = 0;
        while let Some(chunk) = answer.chunk().await.unwrap() {
            size += chunk.len();
        }
        assert!(size > 8 * 1024 * 1024, "{size}");
    });
}

/// Names of the pages that a client sees which follows cursors, at most `most` of them.
async fn walk(graph: &Graph, most: usize) -> Vec<String> {
    let (mut pages, mut after) = (Vec::new(), String::new());
    for _ in 0..most {
        let page = graph.get(&format!("{LIST}?fields=name&limit=2&after={after}")).await;
        let names = page["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap());
        pages.push(names.collect::<Vec<_>>().join(" "));
        if page["paging"]["next"].is_null() {
            break;
        }
        after = page["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
    }
    pages
}

#[test]
fn lists_mislead_who_follows_their_cursors() {
    fresh(async |graph| {
        for name in ["a", "b", "c"] {
            graph.create(&simple(name, "en", "On its way.")).await;
        }
        let pages: [(Value, &[&str]); 5] = [
            (json!({"kind": "headers"}), &["c b", "a hello_world"]),
            (json!({"kind": "same_cursor", "times": 100}), &["c b", "c b", "c b", "c b", "c b", "c b"]),
            (json!({"kind": "cursor_loop", "times": 100}), &["c b", "c b", "c b", "c b", "c b", "c b"]),
            (json!({"kind": "repeat_items", "times": 100}), &["c c b", "c a hello_world"]),
            (json!({"kind": "empty_page", "times": 1, "after": 1}), &["c b", "", "a hello_world"]),
        ];
        for (fault, wanted) in pages {
            graph.faults(json!([fault])).await;
            assert_eq!(walk(&graph, 6).await, wanted, "{fault}");
        }
        graph.faults(json!([{"kind": "empty_page"}])).await;
        assert_eq!(walk(&graph, 6).await, ["", "c b", "a hello_world"]);

        graph.faults(json!([{"kind": "cursor_loop", "times": 4}])).await;
        let (mut cursors, mut after) = (Vec::new(), String::new());
        for _ in 0..4 {
            after = graph.get(&format!("{LIST}?after={after}")).await["paging"]["cursors"]["after"]
                .as_str()
                .unwrap()
                .to_owned();
            cursors.push(after.clone());
        }
        assert_eq!((&cursors[0], &cursors[1]), (&cursors[2], &cursors[3]));
        assert_ne!(cursors[0], cursors[1]);

        graph.faults(json!([{"kind": "next_elsewhere"}, {"kind": "next_elsewhere", "to": "https://other.example/"}])).await;
        let next = graph.get(LIST).await["paging"]["next"].as_str().unwrap().to_owned();
        assert!(next.starts_with("https://graph.example.com/"), "{next}");
        assert_eq!(graph.get(LIST).await["paging"]["next"], "https://other.example/");
    });
}

#[test]
fn answers_hold_values_that_nobody_has_heard_of_or_lack_some() {
    fresh(async |graph| {
        let id = graph.create(&super::buttons(&json!([{"type": "QUICK_REPLY", "text": "Yes"}]))).await;
        let faults = json!([
            {"kind": "rewrite", "at": ["/data/*/status", "/data/*/category"], "value": "UNHEARD_OF"},
            {"kind": "rewrite", "at": ["/data/*/components/*/buttons/*/type", "/data/*/quality_score/score"], "value": "NEW"},
            {"kind": "rewrite", "at": ["/data/0/name", "/data/*/components/*"], "value": null},
            {"kind": "remove", "at": ["/data/*/language", "/data/*/id"]},
            {"kind": "number_ids"},
        ]);
        graph.faults(faults).await;
        let fields = format!("{LIST}?fields=name,language,status,category,components,quality_score");
        let mut rows = Vec::new();
        for _ in 0..5 {
            rows.push(graph.get(&fields).await["data"][0].clone());
        }
        assert_eq!([&rows[0]["status"], &rows[0]["category"]], ["UNHEARD_OF", "UNHEARD_OF"]);
        assert_eq!(
            [&rows[1]["components"][1]["buttons"][0]["type"], &rows[1]["quality_score"]["score"]],
            ["NEW", "NEW"]
        );
        assert_eq!([&rows[2]["name"], &rows[2]["components"]], [&json!(null), &json!([null, null])]);
        assert_eq!(
            rows[3].as_object().unwrap().keys().collect::<Vec<_>>(),
            ["name", "status", "category", "components", "quality_score"]
        );
        assert_eq!(rows[4]["id"].to_string(), id);
    });
}
