//! Webhooks as an application gets them: handshake, signature, payloads, retries.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use graph_sandbox::{Settings, Target};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Graph, LIST, code, fresh, playing, saved, simple, with};

/// What an application was sent: the signature and the raw body.
type Inbox = Arc<Mutex<Vec<(String, String)>>>;

/// An application that knows its verify token, and answers webhooks with these statuses, then with 200.
struct App {
    url: String,
    inbox: Inbox,
}

impl App {
    async fn start(verify_token: &'static str, statuses: &[u16]) -> Self {
        let inbox = Inbox::default();
        let answers = Arc::new(Mutex::new(statuses.to_vec()));
        let state = (Arc::clone(&inbox), answers);
        let routes = Router::new().fallback(
            move |State((inbox, answers)): State<(Inbox, Arc<Mutex<Vec<u16>>>)>, request: Request| async move {
                if request.method() == Method::GET {
                    let query = request.uri().query().unwrap_or_default().to_owned();
                    let pairs: Vec<(String, String)> =
                        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
                    let value = |key: &str| pairs.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone());
                    return match value("hub.verify_token").as_deref() == Some(verify_token) {
                        true => (StatusCode::OK, value("hub.challenge").unwrap_or_default()),
                        false => (StatusCode::FORBIDDEN, String::new()),
                    };
                }
                let signature = request.headers()["x-hub-signature-256"].to_str().unwrap().to_owned();
                let bytes = axum::body::to_bytes(request.into_body(), 1_000_000).await.unwrap();
                inbox.lock().unwrap().push((signature, String::from_utf8(bytes.to_vec()).unwrap()));
                let mut answers = answers.lock().unwrap();
                let status = if answers.is_empty() { 200 } else { answers.remove(0) };
                (StatusCode::from_u16(status).unwrap(), String::new())
            },
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes.with_state(state)).await });
        Self { url, inbox }
    }

    /// Waits until so many webhooks came.
    async fn wait(&self, count: usize) -> Vec<(String, String)> {
        for _ in 0..200 {
            if self.inbox.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let seen = self.inbox.lock().unwrap().clone();
        assert_eq!(seen.len(), count, "{seen:?}");
        seen
    }

    async fn values(&self, count: usize) -> Vec<Value> {
        let seen = self.wait(count).await;
        let change =
            |body: &String| serde_json::from_str::<Value>(body).unwrap()["entry"][0]["changes"][0].clone();
        seen.iter().map(|(_, body)| change(body)).collect()
    }
}

impl Graph {
    async fn aim(&self, target: Value) {
        assert_eq!(self.post("/_sandbox/webhook", &target).await, json!({"success": true}));
    }
}

fn signature(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

#[test]
fn statuses_are_told_signed_over_the_bytes_that_are_sent() {
    playing("app: {secret: geheim}", async |graph| {
        let app = App::start("mine", &[]).await;
        graph.aim(json!({"url": app.url, "verify_token": "mine"})).await;
        let mut order = simple("order", "en_US", "On its way.");
        order["components"][0]["text"] = json!("Unterwegs: Grüße 🎉 https://x.example/a");
        let id = graph.create(&order).await;
        graph.post(&format!("/{id}"), &json!({"components": order["components"]})).await;
        let seen = app.wait(3).await;
        for (sent, body) in &seen {
            assert_eq!(*sent, signature("geheim", body));
            assert!(body.is_ascii(), "{body}");
        }
        assert!(
            seen[1].1.contains("Gr\\u00fc\\u00dfe \\ud83c\\udf89 https:\\/\\/x.example\\/a"),
            "{}",
            seen[1].1
        );
        let body: Value = serde_json::from_str(&seen[0].1).unwrap();
        assert_eq!(
            [&body["object"], &body["entry"][0]["id"]],
            ["whatsapp_business_account", "100000000000000"]
        );
        assert!(body["entry"][0]["time"].is_i64());
        let changes = app.values(3).await;
        assert_eq!(
            changes[0],
            json!({"field": "message_template_status_update", "value": {"event": "APPROVED",
                "message_template_id": id.parse::<u64>().unwrap(), "message_template_name": "order",
                "message_template_language": "en-US", "reason": "NONE", "message_template_category": "UTILITY"}})
        );
        assert_eq!(changes[1]["field"], "message_template_components_update");
        assert_eq!(changes[1]["value"]["message_template_element"], order["components"][0]["text"]);
        let log = graph.get("/_sandbox/webhooks").await;
        assert_eq!([&log["webhooks"][0]["attempts"], &log["webhooks"][0]["status"]], [1, 200]);
    });
}

#[test]
fn every_kind_of_news_has_its_payload_in_both_forms() {
    let scenario = "
review:
  rules:
    - match: {name: bad}
      verdict: reject
      rejection_info: {reason: 'Two parameters meet.', recommendation: 'Put words between.'}
";
    for other_form in [false, true] {
        playing(scenario, async |graph| {
            let app = App::start("sandbox-verify", &[]).await;
            graph.aim(json!({"url": app.url, "other_form": other_form})).await;
            let id = graph.create(&simple("bad", "en_US", "On its way.")).await;
            for change in [
                json!({"id": id, "quality": "YELLOW"}),
                json!({"id": id, "correct_category": "MARKETING"}),
                json!({"id": id, "category": "MARKETING"}),
                json!({"id": id, "status": "PAUSED", "title": "FIRST_PAUSE"}),
                json!({"id": id, "status": "DISABLED"}),
            ] {
                graph.post("/_sandbox/review", &change).await;
            }
            graph.post("/_sandbox/review", &json!({"id": id, "status": "REJECTED"})).await;
            graph.delete("name=bad").await;
            let told = app.values(8).await;
            let value = |at: usize| &told[at]["value"];
            let info = if other_form { &told[0]["rejection_info"] } else { &value(0)["rejection_info"] };
            assert_eq!(info["recommendation"], "Put words between.");
            assert_eq!([&value(0)["event"], &value(0)["reason"]], ["REJECTED", "INVALID_FORMAT"]);
            assert_eq!(value(0)["message_template_language"], if other_form { "en_US" } else { "en-US" });
            assert_eq!(
                [&value(1)["previous_quality_score"], &value(1)["new_quality_score"]],
                ["UNKNOWN", "YELLOW"]
            );
            assert_eq!(value(2)["correct_category"], "MARKETING");
            assert_eq!(value(3)["new_category"], "MARKETING");
            assert_eq!(value(4)["other_info"]["title"], "FIRST_PAUSE");
            assert!(value(5)["disable_info"]["disable_date"].is_i64());
            assert_eq!(value(7)["event"], "DELETED");
            let fields: Vec<&str> =
                told[1..4].iter().map(|change| change["field"].as_str().unwrap()).collect();
            if other_form {
                assert_eq!(
                    fields,
                    [
                        "message_template_status_update",
                        "template_correct_category_detection",
                        "template_category_update"
                    ]
                );
                assert_eq!(value(3)["previous_category"], Value::Null);
            } else {
                assert_eq!(
                    fields,
                    [
                        "message_template_quality_update",
                        "template_category_update",
                        "template_category_update"
                    ]
                );
                assert_eq!(
                    [&value(2)["new_category"], &value(3)["previous_category"]],
                    ["UTILITY", "UTILITY"]
                );
            }
        });
    }
}

#[test]
fn deliveries_are_tried_again_and_some_come_twice() {
    fresh(async |graph| {
        let app = App::start("sandbox-verify", &[500, 503]).await;
        graph.aim(json!({"url": app.url, "retry_after": [0, 0, 0], "copies": 2})).await;
        graph.create(&simple("order", "en", "On its way.")).await;
        // Two copies, each of which fails once.
        let seen = app.wait(4).await;
        assert!(seen.iter().all(|delivery| *delivery == seen[0]), "the same bytes each time");
        for _ in 0..100 {
            if graph.get("/_sandbox/webhooks").await["webhooks"][0]["attempts"] == 4 {
                return;
            }
        }
        panic!("{}", graph.get("/_sandbox/webhooks").await);
    });
}

#[test]
fn an_app_that_fails_the_handshake_gets_nothing() {
    fresh(async |graph| {
        let app = App::start("another token", &[]).await;
        graph.aim(json!({"url": app.url, "verify_token": "mine"})).await;
        graph.create(&simple("order", "en", "On its way.")).await;
        for _ in 0..100 {
            if graph.get("/_sandbox/webhooks").await["webhooks"][0]["attempts"] == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(app.inbox.lock().unwrap().is_empty());
        let subscribe = json!({"object": "whatsapp_business_account", "callback_url": app.url,
            "verify_token": "mine", "fields": ["messages"]});
        let path = "/v26.0/200000000000000/subscriptions";
        let token = "200000000000000|sandbox-secret";
        let (_, refused) = graph.as_token(token, Method::POST, path, &subscribe).await;
        assert_eq!(code(&refused), "2200");
        let (_, refused) = graph.as_token("sandbox-token", Method::POST, path, &subscribe).await;
        assert_eq!(code(&refused), "15");
        let far = json!({"url": "http://hooks.example/a"});
        assert_eq!(code(&graph.post("/_sandbox/webhook", &far).await), "100");
    });
}

#[test]
fn where_webhooks_go_outlives_the_sandbox_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = "/v26.0/200000000000000/subscriptions";
    let token = "200000000000000|sandbox-secret";
    let url = "http://127.0.0.1:9/hooks";
    let registered =
        async |graph: &Graph| graph.as_token(token, Method::GET, path, &json!({})).await.1["data"].clone();
    let elsewhere = Settings { webhook: Target::parse("http://127.0.0.1:9/named"), ..saved(folder.path()) };
    with(saved(folder.path()), async |graph| {
        assert_eq!(registered(&graph).await, json!([]));
        graph.post("/_sandbox/webhook", &json!({"url": url, "fields": ["messages"]})).await;
    });
    with(saved(folder.path()), async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        let listed = registered(&graph).await;
        assert_eq!([&listed[0]["callback_url"], &listed[0]["fields"][0]["name"]], [url, "messages"]);
    });
    with(elsewhere, async |graph| {
        assert_eq!(registered(&graph).await[0]["callback_url"], "http://127.0.0.1:9/named");
        graph.as_token(token, Method::DELETE, path, &json!({})).await;
    });
    with(saved(folder.path()), async |graph| assert_eq!(registered(&graph).await, json!([])));
}

#[test]
fn apps_get_what_they_and_the_account_subscribed_to() {
    fresh(async |graph| {
        let app = App::start("mine", &[]).await;
        let token = "200000000000000|sandbox-secret";
        let path = "/v26.0/200000000000000/subscriptions";
        let subscribe = json!({"object": "whatsapp_business_account", "callback_url": app.url,
            "verify_token": "mine", "fields": "message_template_quality_update,messages"});
        let (_, done) = graph.as_token(token, Method::POST, path, &subscribe).await;
        assert_eq!(done, json!({"success": true}));
        let (_, listed) = graph.as_token(token, Method::GET, path, &json!({})).await;
        assert_eq!(listed["data"][0]["fields"][0]["name"], "message_template_quality_update");
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        graph.post("/_sandbox/review", &json!({"id": id, "quality": "GREEN"})).await;
        let subscribed = "/100000000000000/subscribed_apps";
        graph.post(subscribed, &json!({})).await;
        graph.post("/_sandbox/review", &json!({"id": id, "quality": "RED"})).await;
        assert_eq!(
            app.values(1).await[0]["value"]["new_quality_score"],
            "RED",
            "the account was not subscribed before"
        );

        let other = App::start("theirs", &[]).await;
        let redirect = json!({"override_callback_uri": other.url, "verify_token": "theirs"});
        assert_eq!(graph.post(subscribed, &redirect).await, json!({"success": true}));
        let message = json!({"messaging_product": "whatsapp", "to": "+1 650 555 1234", "type": "template",
            "biz_opaque_callback_data": "order-7", "template": {"name": "order", "language": {"code": "en"}}});
        let sent = graph.post("/300000000000000/messages", &message).await;
        assert_eq!(sent["contacts"][0], json!({"input": "+1 650 555 1234", "wa_id": "16505551234"}));
        let told = other.values(2).await;
        let statuses: Vec<&Value> = told.iter().map(|change| &change["value"]["statuses"][0]).collect();
        assert_eq!([&statuses[0]["status"], &statuses[1]["status"]], ["sent", "delivered"]);
        assert_eq!(statuses[0]["id"], sent["messages"][0]["id"]);
        assert_eq!(
            [&statuses[1]["recipient_id"], &statuses[1]["biz_opaque_callback_data"]],
            ["16505551234", "order-7"]
        );
        let body: Value = serde_json::from_str(&other.inbox.lock().unwrap()[0].1).unwrap();
        assert_eq!(body["entry"][0]["time"], Value::Null);
        graph.send(Method::DELETE, subscribed, None).await.unwrap();
        graph.post("/_sandbox/review", &json!({"id": id, "quality": "GREEN"})).await;
        app.wait(1).await;
        assert_eq!(code(&graph.get(LIST).await), "ok");
    });
}

#[test]
fn an_app_that_is_not_live_hears_nothing() {
    playing("app: {live: false}", async |graph| {
        let app = App::start("sandbox-verify", &[]).await;
        graph.aim(json!({"url": app.url})).await;
        graph.create(&simple("order", "en", "On its way.")).await;
        let log = graph.get("/_sandbox/webhooks").await;
        assert_eq!([&log["webhooks"][0]["url"], &log["webhooks"][0]["attempts"]], [&json!(null), &json!(0)]);
        assert!(app.inbox.lock().unwrap().is_empty());
    });
}

/// A state folder in which both kinds of addresses are registered.
async fn register(graph: &Graph, url: &str) {
    assert_eq!(graph.post("/_sandbox/webhook", &json!({"url": url})).await, json!({"success": true}));
    let redirect = json!({"override_callback_uri": url, "verify_token": "sandbox-verify"});
    let subscribed = graph.post("/100000000000000/subscribed_apps", &redirect).await;
    assert_eq!(subscribed, json!({"success": true}));
}

#[test]
fn a_sandbox_without_webhooks_calls_no_address_of_its_state() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = App::start("sandbox-verify", &[]).await;
        register(&Graph::start(saved(folder.path())).await, &app.url).await;
        // A sandbox with webhooks finds the address again, and calls it.
        Graph::start(saved(folder.path())).await.create(&simple("first", "en", "On its way.")).await;
        app.wait(1).await;

        let silent = Graph::start(Settings { webhooks: false, ..saved(folder.path()) }).await;
        let seen = app.inbox.lock().unwrap().len();
        let id = silent.create(&simple("order", "en", "On its way.")).await;
        let message = json!({"messaging_product": "whatsapp", "to": "16505551234", "type": "template",
            "template": {"name": "order", "language": {"code": "en"}}});
        assert_eq!(code(&silent.post("/300000000000000/messages", &message).await), "ok");
        silent.post("/_sandbox/review", &json!({"id": id, "status": "PAUSED"})).await;
        let log = silent.get("/_sandbox/webhooks").await;
        let log = log["webhooks"].as_array().unwrap();
        assert!(log.len() >= 4 && log.iter().all(|delivery| delivery["url"].is_null()), "{log:?}");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(app.inbox.lock().unwrap().len(), seen);
        // What it writes has no address any more.
        silent.post("/_sandbox/reset", &json!({})).await;
        for file in ["state.json", "journal.jsonl"] {
            let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
            assert!(!text.contains(&app.url), "{file}: {text}");
        }
    });
}

#[test]
fn a_sandbox_without_webhooks_registers_none() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let hook = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", hook.local_addr().unwrap());
        let webhook = Target::parse(&url);
        let graph = Graph::start(Settings { webhooks: false, webhook, ..saved(folder.path()) }).await;
        let refused = graph.post("/_sandbox/webhook", &json!({"url": url})).await;
        assert_eq!(code(&refused), "100");
        let redirect = json!({"override_callback_uri": url, "verify_token": "t"});
        assert_eq!(code(&graph.post("/100000000000000/subscribed_apps", &redirect).await), "100");
        let subscribe =
            json!({"object": "whatsapp_business_account", "callback_url": url, "verify_token": "t"});
        let path = "/v26.0/200000000000000/subscriptions";
        let token = "200000000000000|sandbox-secret";
        assert_eq!(code(&graph.as_token(token, Method::POST, path, &subscribe).await.1), "100");
        // Whether the app is subscribed may still be said.
        assert_eq!(code(&graph.post("/100000000000000/subscribed_apps", &json!({})).await), "ok");
        graph.create(&simple("order", "en", "On its way.")).await;
        let called = tokio::time::timeout(Duration::from_millis(300), hook.accept()).await;
        assert!(called.is_err(), "{called:?}");
    });
    for file in ["state.json", "journal.jsonl"] {
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(!text.contains("http://"), "{file}: {text}");
    }
}
