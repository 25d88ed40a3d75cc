//! The sandbox over real HTTP: every endpoint, every refusal with its code, and how templates read back.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod access;
mod endpoints;
mod examples;
mod faults;
mod hostile;
mod layers;
mod messages;
mod readback;
mod review;
mod scenario;
mod server;
mod state;
mod webhooks;

use std::path::Path;

use graph_sandbox::{Review, Sandbox, SandboxError, Scenario, Settings};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

const TOKEN: &str = "sandbox-token";
const LIST: &str = "/v26.0/100000000000000/message_templates";

/// A running sandbox and a client with its token.
struct Graph {
    base: String,
    client: Client,
}

impl Graph {
    async fn start(settings: Settings) -> Self {
        let sandbox = Sandbox::bind(settings, 0).await.expect("a free port");
        let base = sandbox.base_url();
        tokio::spawn(sandbox.serve(std::future::pending()));
        Self { base, client: Client::new() }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Response, reqwest::Error> {
        let request = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(TOKEN);
        match body {
            Some(body) => request.json(body).send().await,
            None => request.send().await,
        }
    }

    async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, None).await.expect("an answer").json().await.expect("json")
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.send(Method::POST, path, Some(body)).await.expect("an answer").json().await.expect("json")
    }

    async fn delete(&self, query: &str) -> Value {
        let path = format!("{LIST}?{query}");
        self.send(Method::DELETE, &path, None).await.expect("an answer").json().await.expect("json")
    }

    /// Creates a template that has to be accepted, and tells its id.
    async fn create(&self, template: &Value) -> String {
        let answer = self.post(LIST, template).await;
        assert!(answer["id"].is_string(), "{template} is refused: {answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    async fn upload(&self, mime: &str, bytes: &'static str) -> String {
        let query = format!("file_name=f&file_length={}&file_type={mime}", bytes.len());
        let session = self.post(&format!("/v26.0/200000000000000/uploads?{query}"), &json!({})).await;
        let address = format!("{}/v26.0/{}", self.base, session["id"].as_str().expect("a session"));
        let request = self.client.post(address).header("Authorization", format!("OAuth {TOKEN}"));
        let answer: Value =
            request.header("file_offset", "0").body(bytes).send().await.unwrap().json().await.unwrap();
        answer["h"].as_str().expect("a handle").to_owned()
    }

    /// The components of a template as they read back.
    async fn components(&self, id: &str) -> Value {
        self.get(&format!("/{id}?fields=components")).await["components"].clone()
    }
}

/// Runs a test on a sandbox of its own, on one thread as the tool does.
fn with(settings: Settings, test: impl AsyncFnOnce(Graph)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { test(Graph::start(settings).await).await });
}

fn fresh(test: impl AsyncFnOnce(Graph)) {
    with(Settings::default(), test);
}

/// A sandbox that plays a scenario.
fn playing(scenario: &str, test: impl AsyncFnOnce(Graph)) {
    let scenario = Scenario::parse(scenario).expect("a scenario");
    with(Settings { scenario, ..Settings::default() }, test);
}

fn held() -> Settings {
    Settings { review: Review::Hold, ..Settings::default() }
}

fn saved(folder: &Path) -> Settings {
    Settings { state: Some(folder.to_owned().into()), ..Settings::default() }
}

/// `code` or `code/subcode` of an answer, `ok` when it is no error.
fn code(answer: &Value) -> String {
    let error = &answer["error"];
    match (&error["code"], &error["error_subcode"]) {
        (Value::Null, _) => "ok".to_owned(),
        (code, Value::Null) => code.to_string(),
        (code, subcode) => format!("{code}/{subcode}"),
    }
}

fn template(category: &str, components: &Value) -> Value {
    json!({"name": "order", "language": "en", "category": category, "components": components})
}

fn simple(name: &str, language: &str, text: &str) -> Value {
    let components = json!([{"type": "BODY", "text": text}]);
    json!({"name": name, "language": language, "category": "UTILITY", "components": components})
}

fn body() -> Value {
    json!({"type": "BODY", "text": "Your order is on its way."})
}

/// A utility template with these buttons.
fn buttons(buttons: &Value) -> Value {
    template("UTILITY", &json!([body(), {"type": "BUTTONS", "buttons": buttons}]))
}

fn authentication(language: &str, button: &Value) -> Value {
    json!({"name": "login", "language": language, "category": "AUTHENTICATION", "components": [
        {"type": "BODY", "add_security_recommendation": true},
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "BUTTONS", "buttons": [button]}]})
}

/// Each template in a sandbox of its own: `expected code | what it is about` must hold for all.
fn codes(cases: &[(&str, &str, Value)]) {
    let outcome = |wanted: &str, about: &str| format!("{about}: {wanted}");
    let wanted: Vec<String> = cases.iter().map(|(code, about, _)| outcome(code, about)).collect();
    fresh(async |graph| {
        let mut seen = Vec::new();
        for (_, about, template) in cases {
            seen.push(outcome(&code(&graph.post(LIST, template).await), about));
            graph.post("/_sandbox/reset", &json!({})).await;
        }
        assert_eq!(wanted, seen);
    });
}

#[test]
fn a_fresh_account_shows_the_sample_that_nobody_wrote() {
    fresh(async |graph| {
        let list = graph.get(LIST).await;
        let row = &list["data"][0];
        let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name", "parameter_format", "components", "language", "status", "category", "id"]);
        assert_eq!(row["name"], "hello_world");
        assert_eq!(list["paging"]["next"], Value::Null);
        let id = row["id"].as_str().unwrap();
        assert!((15..=17).contains(&id.len()), "{id}");
        assert_eq!(
            code(&graph.post(&format!("/{id}"), &json!({"components": [body()]})).await),
            "100/2388155"
        );
        assert_eq!(code(&graph.delete("name=hello_world").await), "100/2388155");
        assert_eq!(code(&graph.post(LIST, &simple("hello_world", "de", "Hallo Welt")).await), "100/2388155");
    });
}

#[test]
fn a_template_is_created_read_edited_and_deleted() {
    fresh(async |graph| {
        let answer = graph.post(LIST, &simple("order", "en_US", "Your order is on its way.")).await;
        let id = answer["id"].as_str().unwrap();
        assert_eq!(answer, json!({"id": id, "status": "APPROVED", "category": "UTILITY"}));
        let asked = graph
            .get(&format!("/v26.0/{id}?fields=status,rejected_reason,quality_score,last_updated_time"))
            .await;
        assert_eq!(
            [&asked["status"], &asked["rejected_reason"], &asked["quality_score"]["score"]],
            ["APPROVED", "NONE", "UNKNOWN"]
        );
        assert!(asked["quality_score"]["date"].is_i64());
        assert!(asked["last_updated_time"].as_str().unwrap().ends_with("+0000"));
        let edited = graph
            .post(&format!("/{id}"), &json!({"components": [{"type": "BODY", "text": "It has arrived."}]}))
            .await;
        assert_eq!(edited, json!({"success": true}));
        assert_eq!(graph.components(id).await, json!([{"type": "BODY", "text": "It has arrived."}]));
        assert_eq!(graph.delete("name=order").await, json!({"success": true}));
        assert_eq!(code(&graph.get(&format!("/{id}")).await), "100/33");
    });
}

#[test]
fn the_token_is_looked_at_first() {
    fresh(async |graph| {
        let anonymous = reqwest::get(format!("{}{LIST}", graph.base)).await.unwrap();
        assert_eq!(anonymous.status(), StatusCode::UNAUTHORIZED);
        let error: Value = anonymous.json().await.unwrap();
        assert_eq!(code(&error), "190");
        let keys: Vec<&String> = error["error"].as_object().unwrap().keys().collect();
        let usual =
            ["message", "type", "code", "is_transient", "error_user_title", "error_user_msg", "fbtrace_id"];
        assert_eq!(keys, usual);
        assert_eq!(error["error"]["type"], "OAuthException");
        let wrong = graph.client.get(format!("{}{LIST}", graph.base)).bearer_auth("x").send().await.unwrap();
        assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    });
}

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
fn lists_are_paged_filtered_and_summed_up() {
    fresh(async |graph| {
        for number in 0..60 {
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        let (mut names, mut sizes, mut after) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = graph.get(&format!("{LIST}?fields=name&after={after}")).await;
            let rows = page["data"].as_array().unwrap();
            sizes.push(rows.len());
            names.extend(rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
            after = page["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
            let Some(next) = page["paging"]["next"].as_str() else { break };
            assert!(
                next.starts_with(&graph.base)
                    && next.contains("access_token=sandbox-token")
                    && next.contains(&after)
            );
        }
        assert_eq!(sizes, [25, 25, 11]);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 61);

        let back = graph.get(&format!("{LIST}?limit=10&before={after}")).await;
        assert_eq!(back["data"].as_array().unwrap().len(), 10);
        assert!(back["paging"]["previous"].is_string());
        let some = graph
            .get(&format!(
                "{LIST}?name=order_5&status=approved&summary=total_count,message_template_limit&limit=3"
            ))
            .await;
        assert_eq!(some["data"].as_array().unwrap().len(), 3);
        assert_eq!(some["summary"], json!({"total_count": 11, "message_template_limit": 250}));
        assert_eq!(graph.get(&format!("{LIST}?name=nothing")).await, json!({"data": []}));
        assert_eq!(graph.get(&format!("{LIST}?language=de&category=utility")).await, json!({"data": []}));
    });
}

#[test]
fn a_cursor_dies_with_its_template() {
    fresh(async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        let after = graph.get(&format!("{LIST}?limit=1")).await["paging"]["cursors"]["after"].clone();
        graph.delete("name=order").await;
        assert_eq!(code(&graph.get(&format!("{LIST}?after={}", after.as_str().unwrap())).await), "131059");
    });
}

#[test]
fn names_and_languages_are_unique_and_share_a_category() {
    fresh(async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
        graph.create(&simple("order", "de", "Ist unterwegs.")).await;
        let again = graph.post(LIST, &simple("order", "en", "On its way.")).await;
        assert_eq!(code(&again), "100/2388024");
        assert!(again["error"]["error_user_msg"].as_str().unwrap().contains("already English content"));
        let mut marketing = simple("order", "fr", "En route.");
        marketing["category"] = json!("MARKETING");
        assert_eq!(code(&graph.post(LIST, &marketing).await), "100");
    });
}

#[test]
fn a_deleted_approved_name_is_locked_for_thirty_days() {
    fresh(async |graph| {
        let order = simple("order", "en", "On its way.");
        let id = graph.create(&order).await;
        graph.delete(&format!("hsm_id={id}&name=order")).await;
        assert_eq!(code(&graph.post(LIST, &order).await), "100/2388023");
        graph.create(&simple("order", "de", "Ist unterwegs.")).await;
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 30 * 86_400 - 60})).await;
        assert_eq!(code(&graph.post(LIST, &order).await), "100/2388023");
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 120})).await;
        assert_ne!(graph.create(&order).await, id);
    });
}

#[test]
fn deleting_names_what_it_deletes_and_is_all_or_nothing() {
    with(held(), async |graph| {
        let order = simple("order", "en", "On its way.");
        let id = graph.create(&order).await;
        let other = graph.create(&simple("other", "en", "On its way.")).await;
        for (wanted, query) in [
            ("100", "name=nothing".to_owned()),
            ("100", format!("hsm_id={id}")),
            ("100", format!("hsm_id={id}&name=other")),
            ("100", format!("hsm_ids=[{id},1]")),
            ("100", format!("hsm_ids=[{id}]&name=order")),
            ("100", String::new()),
        ] {
            assert_eq!(code(&graph.delete(&query).await), wanted, "{query}");
        }
        graph.post("/_sandbox/review", &json!({"id": other, "status": "DISABLED"})).await;
        assert_eq!(code(&graph.delete("name=other").await), "100");
        assert_eq!(code(&graph.delete(&format!("hsm_ids=[{id},{other}]")).await), "100");
        assert_eq!(graph.get(LIST).await["data"].as_array().unwrap().len(), 3);
        assert_eq!(graph.delete(&format!("hsm_ids=[\"{id}\"]")).await, json!({"success": true}));
        // It was never approved: the name is free at once.
        graph.create(&order).await;
    });
}

#[test]
fn edits_are_counted_and_depend_on_the_status() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let path = format!("/v26.0/{id}");
        let edit = json!({"components": [{"type": "BODY", "text": "Arrived."}]});
        assert_eq!(code(&graph.post(&path, &edit).await), "ok");
        assert_eq!(code(&graph.post(&path, &edit).await), "100/2388039");
        for _ in 1..10 {
            graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400})).await;
            assert_eq!(code(&graph.post(&path, &edit).await), "ok");
        }
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_400})).await;
        assert_eq!(code(&graph.post(&path, &edit).await), "100/2388039", "eleventh edit in 30 days");
        for (status, wanted) in
            [("REJECTED", "ok"), ("PAUSED", "ok"), ("PENDING", "100/2388039"), ("DISABLED", "100/2388039")]
        {
            graph
                .post("/_sandbox/review", &json!({"name": "order", "language": "en", "status": status}))
                .await;
            assert_eq!(code(&graph.post(&path, &edit).await), wanted, "{status}");
        }
    });
}

#[test]
fn an_edit_keeps_identity_and_an_approved_category() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        let path = format!("/{id}");
        for change in [
            json!({"category": "MARKETING"}),
            json!({"name": "x"}),
            json!({"language": "de"}),
            json!({"components": []}),
        ] {
            assert_eq!(code(&graph.post(&path, &change).await), "100", "{change}");
        }
        assert_eq!(code(&graph.post(&path, &json!({"cta_url_link_tracking_opted_out": true})).await), "100");
        graph
            .post(
                "/_sandbox/review",
                &json!({"id": id, "status": "REJECTED", "reason": "INCORRECT_CATEGORY"}),
            )
            .await;
        assert_eq!(
            graph.get(&format!("{path}?fields=rejected_reason")).await["rejected_reason"],
            "INCORRECT_CATEGORY"
        );
        assert_eq!(code(&graph.post(&path, &json!({"category": "MARKETING"})).await), "ok");
        let row = graph.get(&path).await;
        assert_eq!(
            [&row["category"], &row["sub_category"], &row["status"]],
            ["MARKETING", "CUSTOM", "APPROVED"]
        );
    });
}

#[test]
fn held_templates_wait_for_the_reviewer() {
    with(held(), async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        assert_eq!(graph.get(&format!("/{id}")).await["status"], "PENDING");
        let verdict = graph
            .post("/_sandbox/review", &json!({"name": "order", "language": "en", "status": "approved"}))
            .await;
        assert_eq!(verdict, json!({"success": true, "templates": 1}));
        assert_eq!(graph.get(&format!("/{id}")).await["status"], "APPROVED");
        assert_eq!(
            code(&graph.post("/_sandbox/review", &json!({"id": id, "status": "nonsense"})).await),
            "100"
        );
    });
}

#[test]
fn a_hundred_templates_an_hour_and_no_more_than_the_account_holds() {
    fresh(async |graph| {
        for number in 0..100 {
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        let refused = graph.post(LIST, &simple("more", "en", "On its way.")).await;
        assert_eq!(code(&refused), "80008");
        assert_eq!(refused["error"]["is_transient"], true);
        for number in 100..249 {
            if number % 99 == 1 {
                graph.post("/_sandbox/clock", &json!({"advance_seconds": 3_600})).await;
            }
            graph.create(&simple(&format!("order_{number}"), "en", "On its way.")).await;
        }
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 3_600})).await;
        assert_eq!(code(&graph.post(LIST, &simple("more", "en", "On its way.")).await), "100/2388019");
    });
}

#[test]
fn authentication_templates_read_back_rewritten() {
    fresh(async |graph| {
        let id =
            graph.create(&authentication("en_US", &json!({"type": "otp", "otp_type": "copy_code"}))).await;
        let address =
            "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=5&code=otp";
        assert_eq!(
            graph.components(&id).await,
            json!([
            {"type": "BODY", "text": "*{{1}}* is your verification code. For your security, do not share this code.",
             "add_security_recommendation": true, "example": {"body_text": [["123456"]]}},
            {"type": "FOOTER", "text": "This code expires in 5 minutes.", "code_expiration_minutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code",
             "url": format!("{address}{{{{1}}}}"), "example": [format!("{address}123456")]}]}])
        );
        let app = json!({"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"});
        let tap = json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Copiar", "supported_apps": [app]});
        let id = graph.create(&authentication("es", &tap)).await;
        let components = graph.components(&id).await;
        assert_eq!(components[0]["text"].as_str().unwrap().split(' ').next(), Some("Tu"));
        assert_eq!(components[1]["text"], "Este código caduca en 5 minutos.");
        let button = &components[2]["buttons"][0];
        assert_eq!(button["text"], "Copiar");
        assert!(
            button["url"]
                .as_str()
                .unwrap()
                .contains("package_name=com.example.app&signature_hash=K8a%2FAINcGX7&code=otp{{1}}")
        );
    });
}

#[test]
fn what_is_sent_reads_back_in_metas_spelling() {
    fresh(async |graph| {
        let sent = json!({"name": "sale", "language": "de", "category": "marketing", "components": [
            {"type": "footer", "text": "Bis bald"},
            {"type": "body", "text": "Hallo {{1}}, mit {{2}} sparst du viel.", "example": {"body_text": ["Ana", "SAVE"]}},
            {"type": "header", "format": "text", "text": "Angebot"},
            {"type": "buttons", "buttons": [
                {"type": "copy_code", "example": "SAVE20"},
                {"type": "phone_number", "text": "Anrufen", "phone_number": "4903012345678"},
                {"type": "url", "text": "Mehr", "url": "https://shop.example/{{1}}", "example": "summer"}]}]});
        let id = graph.create(&sent).await;
        let row = graph.get(&format!("/{id}")).await;
        assert_eq!(
            row["components"],
            json!([
            {"type": "FOOTER", "text": "Bis bald"},
            {"type": "BODY", "text": "Hallo {{1}}, mit {{2}} sparst du viel.", "example": {"body_text": [["Ana", "SAVE"]]}},
            {"type": "HEADER", "format": "TEXT", "text": "Angebot"},
            {"type": "BUTTONS", "buttons": [
                {"type": "COPY_CODE", "example": ["SAVE20"], "text": "Angebotscode kopieren"},
                {"type": "PHONE_NUMBER", "text": "Anrufen", "phone_number": "+493012345678"},
                {"type": "URL", "text": "Mehr", "url": "https://shop.example/{{1}}", "example": ["summer"]}]}])
        );
        assert_eq!(
            [&row["category"], &row["sub_category"], &row["parameter_format"]],
            ["MARKETING", "CUSTOM", "POSITIONAL"]
        );
        assert_eq!(row["message_send_ttl_seconds"], Value::Null);
    });
}

#[test]
fn media_read_back_as_links_that_change() {
    fresh(async |graph| {
        let handle = graph.upload("image/png", "picture").await;
        assert!(handle.starts_with("4::aW1hZ2UvcG5n:"), "{handle}");
        let media = |handle: &str| {
            template(
                "UTILITY",
                &json!([
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}, body()]),
            )
        };
        let id = graph.create(&media(&handle)).await;
        let link = async || {
            graph.components(&id).await[0]["example"]["header_handle"][0].as_str().unwrap().to_owned()
        };
        let (first, second) = (link().await, link().await);
        assert!(first.starts_with("https://scontent.whatsapp.net/"));
        assert_ne!(first, second);
        graph.delete("name=order").await;
        assert_eq!(code(&graph.post(LIST, &media(&first)).await), "100/2388273");
        assert_eq!(code(&graph.post(LIST, &media("4::bogus")).await), "131009/2494102");
        let document = graph.upload("application/pdf", "paper").await;
        assert_eq!(code(&graph.post(LIST, &media(&document)).await), "100/2388084");
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 86_401})).await;
        assert_eq!(code(&graph.post(LIST, &media(&handle)).await), "131009/2494102");
    });
}

#[test]
fn uploads_resume_where_they_stopped() {
    fresh(async |graph| {
        let start = "/v26.0/200000000000000/uploads?file_name=a.jpg&file_type=image/jpeg&file_length=6";
        let session = graph.post(start, &json!({})).await["id"].as_str().unwrap().to_owned();
        let address = format!("{}/v26.0/{session}", graph.base);
        let put = async |offset: &str, bytes: &'static str| -> Value {
            let request = graph.client.post(&address).bearer_auth(TOKEN).header("file_offset", offset);
            request.body(bytes).send().await.unwrap().json().await.unwrap()
        };
        assert_eq!(put("0", "abc").await, json!({"id": session, "file_offset": "3"}));
        assert_eq!(code(&put("0", "abc").await), "100");
        assert_eq!(graph.get(&format!("/v26.0/{session}")).await["file_offset"], "3");
        assert_eq!(code(&put("3", "defg").await), "100");
        assert!(put("3", "def").await["h"].is_string());
        assert_eq!(code(&graph.get("/upload:other?sig=x").await), "100/33");
        assert_eq!(code(&graph.post("/200000000000000/uploads?file_length=1", &json!({})).await), "100");
    });
}

#[test]
fn many_languages_are_upserted_together() {
    fresh(async |graph| {
        let path = "/v26.0/100000000000000/upsert_message_templates";
        let mut wanted = authentication("en", &json!({"type": "OTP", "otp_type": "COPY_CODE"}));
        wanted.as_object_mut().unwrap().remove("language");
        wanted["languages"] = json!(["en", "fa", "de"]);
        let first = graph.post(path, &wanted).await;
        assert_eq!(first["data"].as_array().unwrap().len(), 3);
        assert_eq!(graph.post(path, &wanted).await, first, "nothing differs, nothing is edited");
        wanted["components"][1]["code_expiration_minutes"] = json!(7);
        assert_eq!(graph.post(path, &wanted).await, first);
        wanted["languages"] = json!(["ar", "xx"]);
        assert_eq!(code(&graph.post(path, &wanted).await), "100");
        assert_eq!(graph.get(&format!("{LIST}?language=ar")).await, json!({"data": []}), "all or nothing");
        wanted["components"][2]["buttons"][0]["text"] = json!("Copy");
        assert_eq!(code(&graph.post(path, &wanted).await), "100");
    });
}

#[test]
fn the_account_its_number_and_its_token_can_be_looked_up() {
    fresh(async |graph| {
        let account = graph.get("/v26.0/100000000000000?fields=id,name").await;
        assert_eq!(account, json!({"name": "Sandbox", "id": "100000000000000"}));
        let phones = graph.get("/v26.0/100000000000000/phone_numbers").await;
        assert_eq!(phones["data"][0]["id"], "300000000000000");
        let token = &graph.get("/v26.0/debug_token?input_token=sandbox-token").await["data"];
        assert_eq!([&token["is_valid"], &token["expires_at"]], [&json!(true), &json!(0)]);
        assert_eq!(token["app_id"], "200000000000000");
        assert_eq!(token["granular_scopes"][0]["target_ids"], json!(["100000000000000"]));
        assert_eq!(graph.get("/debug_token?input_token=x").await["data"]["is_valid"], false);

        let path = "/v26.0/100000000000000/subscribed_apps";
        assert_eq!(graph.get(path).await, json!({"data": []}));
        assert_eq!(graph.post(path, &json!({})).await, json!({"success": true}));
        assert_eq!(graph.get(path).await["data"][0]["whatsapp_business_api_data"]["id"], "200000000000000");
        let redirect = json!({"override_callback_uri": "https://hooks.example/wa", "verify_token": "v"});
        graph.post(path, &redirect).await;
        assert_eq!(graph.get(path).await["data"][0]["override_callback_uri"], "https://hooks.example/wa");
        graph.send(Method::DELETE, path, None).await.unwrap();
        assert_eq!(graph.get(path).await, json!({"data": []}));
    });
}

#[test]
fn a_pause_is_lifted_by_hand() {
    fresh(async |graph| {
        let id = graph.create(&simple("order", "en", "On its way.")).await;
        assert_eq!(graph.post(&format!("/{id}/unpause"), &json!({})).await["success"], false);
        graph.post("/_sandbox/review", &json!({"id": id, "status": "PAUSED"})).await;
        assert_eq!(graph.post(&format!("/{id}/unpause"), &json!({})).await, json!({"success": true}));
        assert_eq!(graph.get(&format!("/{id}")).await["status"], "APPROVED");
    });
}

#[test]
fn meta_changes_categories_and_people_edit_in_the_console() {
    fresh(async |graph| {
        let mut order = simple("order", "en", "On its way.");
        order["message_send_ttl_seconds"] = json!(600);
        let id = graph.create(&order).await;
        assert_eq!(graph.get(&format!("/{id}")).await["message_send_ttl_seconds"], 600);
        graph.post("/_sandbox/category", &json!({"name": "order", "category": "MARKETING"})).await;
        let row = graph.get(&format!("/{id}")).await;
        assert_eq!(
            [&row["category"], &row["previous_category"], &row["status"]],
            ["MARKETING", "UTILITY", "APPROVED"]
        );
        assert_eq!(row["message_send_ttl_seconds"], Value::Null);
        let edit =
            json!({"name": "order", "language": "en", "components": [{"type": "BODY", "text": "By hand."}]});
        for _ in 0..3 {
            assert_eq!(graph.post("/_sandbox/console", &edit).await["success"], true);
        }
        assert_eq!(graph.components(&id).await[0]["text"], "By hand.");
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
fn the_account_outlives_the_sandbox_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut id = String::new();
    with(saved(folder.path()), async |graph| {
        id = graph.create(&simple("order", "en", "On its way.")).await;
        let gone = graph.create(&simple("gone", "en", "On its way.")).await;
        graph.delete(&format!("hsm_ids=[{gone}]")).await;
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 7_200})).await;
    });
    with(saved(folder.path()), async |graph| {
        assert_eq!(graph.get(&format!("/{id}")).await["name"], "order");
        assert_eq!(code(&graph.post(LIST, &simple("gone", "en", "On its way.")).await), "100/2388023");
        assert_eq!(graph.get("/_sandbox/dump").await["account"]["clock_offset"], 7_200);
    });
    let mut files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["journal.jsonl", "state.json"]);

    // What a dying process left of a line is not there; what comes next is.
    let journal = folder.path().join("journal.jsonl");
    let mut text = std::fs::read_to_string(&journal).unwrap();
    text.push_str("{\"account\":\"1000000");
    std::fs::write(&journal, text).unwrap();
    for round in ["one", "two"] {
        with(saved(folder.path()), async |graph| {
            assert_eq!(graph.get(&format!("/{id}")).await["name"], "order");
            graph.create(&simple(round, "en", "On its way.")).await;
        });
    }
    with(saved(folder.path()), async |graph| {
        assert_eq!(graph.get(&format!("{LIST}?summary=total_count")).await["summary"]["total_count"], 4);
    });
    std::fs::write(&journal, "nonsense\n").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(Sandbox::bind(saved(folder.path()), 0)).expect_err("damaged").to_string();
    assert!(error.contains("journal.jsonl") && error.contains("line 1"), "{error}");
}

#[test]
fn it_stops_when_told_to_even_with_connections_open() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sandbox = Sandbox::bind(Settings::default(), 0).await.unwrap();
        let (base, client) = (sandbox.base_url(), Client::new());
        let first_answer = async move { drop(client.get(base).send().await.map(|_| client.clone())) };
        let stopped =
            tokio::time::timeout(std::time::Duration::from_secs(10), sandbox.serve(first_answer)).await;
        assert!(matches!(stopped, Ok(())));
    });
}

#[test]
fn a_damaged_state_is_an_error_that_tells_the_cure() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("state.json"), "{\"format\": 1, \"acc").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let error = Sandbox::bind(saved(folder.path()), 0).await.expect_err("damaged");
        assert!(matches!(error, SandboxError::Corrupt { .. }));
        assert!(
            error.to_string().contains("state.json") && error.to_string().contains("delete its folder"),
            "{error}"
        );
        let first = Sandbox::bind(Settings::default(), 0).await.unwrap();
        let port: u16 = first.base_url().rsplit(':').next().unwrap().parse().unwrap();
        let taken = Sandbox::bind(Settings::default(), port).await.expect_err("taken");
        assert!(taken.to_string().contains(&port.to_string()), "{taken}");
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

#[test]
fn top_level_values_are_checked() {
    let with = |key: &str, value: Value| {
        let mut template = simple("order", "en", "On its way.");
        template[key] = value;
        template
    };
    let timed = |category: &str, seconds: i64| {
        let mut template = with("message_send_ttl_seconds", json!(seconds));
        template["category"] = json!(category);
        template
    };
    codes(&[
        ("ok", "digits in a name", with("name", json!("order_66"))),
        ("100/2388046", "upper case in a name", with("name", json!("Order"))),
        ("100/2388046", "space in a name", with("name", json!("my order"))),
        ("ok", "512 characters of a name", with("name", json!("a".repeat(512)))),
        ("100", "513 characters of a name", with("name", json!("a".repeat(513)))),
        ("100", "no name", with("name", json!(""))),
        ("100", "hyphen in a language", with("language", json!("en-US"))),
        ("100", "unknown language", with("language", json!("es_VE"))),
        ("100", "retired category", with("category", json!("ACCOUNT_UPDATE"))),
        ("100", "unknown parameter format", with("parameter_format", json!("other"))),
        ("ok", "parameter format in lower case", with("parameter_format", json!("positional"))),
        ("100", "sub-category that is only read", with("sub_category", json!("CUSTOM"))),
        ("ok", "sub-category", with("sub_category", json!("ORDER_STATUS"))),
        ("100", "display format", with("display_format", json!("OTHER"))),
        ("100", "unknown key", with("componets", json!([]))),
        ("100", "no components", with("components", json!([]))),
        ("100", "components of the wrong kind", with("components", json!(["x"]))),
        ("ok", "least ttl of utility", timed("UTILITY", 30)),
        ("100", "too little ttl of utility", timed("UTILITY", 29)),
        ("100", "too much ttl of utility", timed("UTILITY", 43_201)),
        ("ok", "endless ttl of utility", timed("UTILITY", -1)),
        ("100", "endless ttl of marketing", timed("MARKETING", -1)),
        ("100", "ttl of Meta's own marketing example", timed("MARKETING", 120)),
        ("ok", "most ttl of marketing", timed("MARKETING", 2_592_000)),
    ]);
}

#[test]
fn components_are_known_and_come_once() {
    codes(&[
        ("100", "no body", template("UTILITY", &json!([{"type": "FOOTER", "text": "x"}]))),
        ("100", "two bodies", template("UTILITY", &json!([body(), body()]))),
        ("100", "unknown type", template("UTILITY", &json!([body(), {"type": "GREETING"}]))),
        ("100", "no type", template("UTILITY", &json!([{"text": "x"}]))),
        ("100", "unknown key", template("UTILITY", &json!([{"type": "BODY", "text": "x", "txt": "y"}]))),
        (
            "100",
            "flag of authentication",
            template("UTILITY", &json!([{"type": "BODY", "text": "x", "add_security_recommendation": true}])),
        ),
        (
            "100",
            "carousel for utility",
            template("UTILITY", &json!([body(), {"type": "CAROUSEL", "cards": []}])),
        ),
        (
            "ok",
            "permission to call",
            template("UTILITY", &json!([body(), {"type": "CALL_PERMISSION_REQUEST"}])),
        ),
        (
            "100",
            "permission to call beside buttons",
            template(
                "UTILITY",
                &json!([body(), {"type": "CALL_PERMISSION_REQUEST"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x"}]}]),
            ),
        ),
    ]);
}

#[test]
fn bodies_are_checked() {
    let text = |text: &str| template("UTILITY", &json!([{"type": "BODY", "text": text}]));
    let sampled = |text: &str, samples: Value| {
        template("UTILITY", &json!([{"type": "BODY", "text": text, "example": {"body_text": samples}}]))
    };
    codes(&[
        ("ok", "1024 characters", text(&"ä".repeat(1024))),
        ("100/2388040", "1025 characters", text(&"ä".repeat(1025))),
        ("100", "blank", text(" \n ")),
        ("100/2388043", "no text", template("UTILITY", &json!([{"type": "BODY"}]))),
        ("100/2388299", "variable at the start", sampled("{{1}} is your order", json!([["a"]]))),
        ("100/2388299", "variable at the end", sampled("Your order is {{1}} ", json!([["a"]]))),
        ("ok", "variable and full stop at the end", sampled("Your order is {{1}}.", json!([["a"]]))),
        ("100/2388072", "gap in the numbers", sampled("Your {{1}} and {{3}} came", json!([["a", "b"]]))),
        ("ok", "numbers in another order", sampled("Your {{2}} and {{1}} came", json!([["a", "b"]]))),
        ("ok", "number twice", sampled("Your {{1}} and again {{1}} came", json!([["a"]]))),
        ("100/2388072", "space inside", sampled("Your {{ 1 }} came", json!([["a"]]))),
        ("100/2388072", "braces that do not match", sampled("Your {{1} came", json!([["a"]]))),
        ("100/2388072", "sign inside", sampled("Your {{$1}} came", json!([["a"]]))),
        ("100/2388072", "name among numbers", sampled("Your {{1}} and {{name}} came", json!([["a", "b"]]))),
        ("100/2388043", "no sample", text("Your {{1}} came")),
        ("100/2388043", "too few samples", sampled("Your {{1}} and {{2}} came", json!([["a"]]))),
        ("100/2388043", "too many samples", sampled("Your {{1}} came today", json!([["a", "b"]]))),
        ("100/2388043", "blank sample", sampled("Your {{1}} came today", json!([[" "]]))),
        ("ok", "flat samples", sampled("Your {{1}} and {{2}} came", json!(["a", "b"]))),
        ("ok", "one bare sample", sampled("Your {{1}} came today", json!("a"))),
        (
            "100/2388293",
            "fewer words than variables",
            sampled("x {{1}} - {{2}} - {{3}}.", json!([["a", "b", "c"]])),
        ),
        ("ok", "no spaces between words", sampled("您的订单{{1}}，{{2}}。", json!([["a", "b"]]))),
        ("100", "three line breaks", text("One\n\n\nTwo")),
        ("100", "eleven emoji", text(&"Hi 🎉".repeat(11))),
        ("ok", "formatting, emoji, line breaks", text("*Hi* _you_ 🎉\n\nBye")),
    ]);
}

#[test]
fn neighbouring_variables_are_rejected_by_the_reviewer() {
    fresh(async |graph| {
        let sent = template(
            "UTILITY",
            &json!([{"type": "BODY", "text": "Your order {{1}} {{2}} has come today.", "example": {"body_text": [["a", "b"]]}}]),
        );
        let answer = graph.post(LIST, &sent).await;
        assert_eq!(answer["status"], "REJECTED");
        let id = answer["id"].as_str().unwrap();
        assert_eq!(
            graph.get(&format!("/{id}?fields=rejected_reason")).await["rejected_reason"],
            "INVALID_FORMAT"
        );
    });
}

/// The two templates of Meta's own list sample, reworded: what they do must stay allowed.
#[test]
fn what_metas_pages_show_is_accepted() {
    fresh(async |graph| {
        let handle = graph.upload("image/jpeg", "picture").await;
        let sample = |name: &str, example: &str| json!({"param_name": name, "example": example});
        let named = json!({"name": "reservation", "language": "en_US", "category": "utility",
            "parameter_format": "named", "components": [
            {"type": "header", "format": "image", "example": {"header_handle": [handle]}},
            {"type": "body", "text": "*All set!*\n\nYour table for {{guests}} on {{day}}, {{date}}, at {{time}}, waits. 😃",
             "example": {"body_text_named_params": [sample("guests", "4"), sample("day", "Saturday"),
                sample("date", "August 30th"), sample("time", "7:30 pm")]}},
            {"type": "footer", "text": "Lucky Shrub: The Luckiest Eatery in Town!"},
            {"type": "buttons", "buttons": [
                {"type": "url", "text": "Change reservation", "url": "https://www.luckyshrubeater.com/reservations"},
                {"type": "phone_number", "text": "Call us", "phone_number": "+16467043595"},
                {"type": "quick_reply", "text": "Cancel reservation"}]}]});
        let positional = json!({"name": "coupon", "language": "en", "category": "MARKETING", "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Act fast, {{1}}!", "example": {"header_text": ["Pablo"]}},
            {"type": "BODY", "text": "Your code {{1}} *ends in only {{2}} days!* Use it before it is gone.",
             "example": {"body_text": [["SUMMER20", "10"]]}},
            {"type": "FOOTER", "text": "Lucky Shrub Succulents"},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "See deals", "url": "https://www.luckyshrub.com/deals"},
                {"type": "QUICK_REPLY", "text": "Unsubscribe"}]}]});
        let id = graph.create(&named).await;
        let row = graph.get(&format!("/{id}")).await;
        assert_eq!([&row["parameter_format"], &row["category"]], ["NAMED", "UTILITY"]);
        let names = &row["components"][1]["example"]["body_text_named_params"];
        assert_eq!(names[3], sample("time", "7:30 pm"));
        let id = graph.create(&positional).await;
        assert_eq!(graph.components(&id).await, positional["components"]);
    });
}

#[test]
fn named_parameters_are_checked() {
    let named = |text: &str, samples: Value| {
        let mut template = template(
            "UTILITY",
            &json!([{"type": "BODY", "text": text, "example": {"body_text_named_params": samples}}]),
        );
        template["parameter_format"] = json!("NAMED");
        template
    };
    let sample = |name: &str| json!({"param_name": name, "example": "x"});
    let mut undeclared = named("Dear {{name}}, welcome", json!([sample("name")]));
    undeclared.as_object_mut().unwrap().remove("parameter_format");
    codes(&[
        ("ok", "one name", named("Dear {{first_name}}, welcome", json!([sample("first_name")]))),
        ("100/2388072", "format not declared", undeclared),
        ("100/2388072", "number", named("Dear {{1}}, welcome", json!([sample("1")]))),
        ("100/2388072", "upper case", named("Dear {{Name}}, welcome", json!([sample("Name")]))),
        ("100/2388043", "other name", named("Dear {{name}}, welcome", json!([sample("nam")]))),
        ("100/2388043", "no samples", named("Dear {{name}}, welcome", json!([]))),
        (
            "100/2388043",
            "one name sampled twice",
            named("Dear {{a}} and {{b}}, welcome", json!([sample("a"), sample("a")])),
        ),
    ]);
}

#[test]
fn headers_are_checked() {
    let header = |header: Value| template("UTILITY", &json!([header, body()]));
    let text = |text: &str| {
        header(json!({"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": ["x"]}}))
    };
    codes(&[
        ("ok", "60 characters", text(&"a".repeat(60))),
        ("100/2388040", "61 characters", text(&"a".repeat(61))),
        ("ok", "variable at the end", text("Order {{1}}")),
        ("100/2388047", "two variables", text("{{1}} and {{2}}")),
        ("100/2388047", "emoji", text("Hello 🎉")),
        ("100/2388047", "bold", text("*Hello*")),
        ("100/2388047", "line break", text("Hello\nyou")),
        ("100/2388047", "unknown format", header(json!({"type": "HEADER", "format": "SOUND"}))),
        ("100/2388043", "no format", header(json!({"type": "HEADER", "text": "x"}))),
        (
            "100/2388043",
            "no sample",
            header(json!({"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"})),
        ),
        ("100/2388043", "no handle", header(json!({"type": "HEADER", "format": "IMAGE"}))),
        (
            "100/2388273",
            "address",
            header(
                json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x.example/a.png"]}}),
            ),
        ),
        ("ok", "location", header(json!({"type": "HEADER", "format": "LOCATION"}))),
        ("100", "location with text", header(json!({"type": "HEADER", "format": "LOCATION", "text": "x"}))),
        (
            "100",
            "GIF for utility",
            header(json!({"type": "HEADER", "format": "GIF", "example": {"header_handle": ["x"]}})),
        ),
        ("100", "product for utility", header(json!({"type": "HEADER", "format": "PRODUCT"}))),
    ]);
}

#[test]
fn footers_are_checked() {
    let footer = |text: &str| template("UTILITY", &json!([body(), {"type": "FOOTER", "text": text}]));
    codes(&[
        ("ok", "60 characters", footer(&"a".repeat(60))),
        ("100/2388040", "61 characters", footer(&"a".repeat(61))),
        ("100/2388073", "variable", footer("Bye {{1}}")),
        ("100/2388073", "emoji", footer("Bye 🎉")),
        ("100/2388073", "line break", footer("Bye\nbye")),
    ]);
}

#[test]
fn buttons_are_checked_together() {
    let quick = |label: &str| json!({"type": "QUICK_REPLY", "text": label});
    let link = || json!({"type": "URL", "text": "Open", "url": "https://x.example"});
    let phone = || json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550051310"});
    let many: Vec<Value> = (0..11).map(|number| quick(&format!("Answer {number}"))).collect();
    codes(&[
        ("ok", "ten", buttons(&json!(many[..10]))),
        ("100", "eleven", buttons(&json!(many))),
        ("100", "none", buttons(&json!([]))),
        ("100", "three links", buttons(&json!([link(), link(), link()]))),
        ("100", "two phones", buttons(&json!([phone(), phone()]))),
        ("ok", "links, then replies", buttons(&json!([link(), phone(), quick("a"), quick("b")]))),
        ("100", "replies around a link", buttons(&json!([quick("a"), link(), quick("b")]))),
        ("100", "links around a reply", buttons(&json!([link(), quick("a"), phone()]))),
        ("100", "OTP for utility", buttons(&json!([{"type": "OTP", "otp_type": "COPY_CODE"}]))),
        ("100", "catalog for utility", buttons(&json!([{"type": "CATALOG"}]))),
        ("100", "unknown type", buttons(&json!([{"type": "POSTBACK", "text": "x"}]))),
        (
            "ok",
            "catalog",
            template(
                "MARKETING",
                &json!([body(), {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "View catalog"}]}]),
            ),
        ),
        (
            "100",
            "products without a header",
            template("MARKETING", &json!([body(), {"type": "BUTTONS", "buttons": [{"type": "MPM"}]}])),
        ),
        (
            "ok",
            "one product",
            template(
                "MARKETING",
                &json!([{"type": "HEADER", "format": "PRODUCT"}, body(), {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]),
            ),
        ),
        (
            "100",
            "product header alone",
            template("MARKETING", &json!([{"type": "HEADER", "format": "PRODUCT"}, body()])),
        ),
    ]);
}

#[test]
fn each_button_is_checked() {
    let one = |button: Value| buttons(&json!([button]));
    let quick = |label: &str| one(json!({"type": "QUICK_REPLY", "text": label}));
    let link = |url: &str, example: Value| {
        one(json!({"type": "URL", "text": "Open", "url": url, "example": example}))
    };
    let phone = |number: &str| one(json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": number}));
    let code = |example: Value| one(json!({"type": "COPY_CODE", "example": example}));
    codes(&[
        ("ok", "25 characters", quick(&"a".repeat(25))),
        ("100/2388040", "26 characters", quick(&"a".repeat(26))),
        ("100/2388060", "emoji", quick("Yes 🎉")),
        ("100/2388060", "variable", quick("Yes {{1}}")),
        ("100/2388060", "formatting", quick("*Yes*")),
        ("100/2388060", "no label", one(json!({"type": "QUICK_REPLY"}))),
        ("100", "unknown key", one(json!({"type": "QUICK_REPLY", "text": "Yes", "payload": "x"}))),
        ("ok", "whole sample", link("https://x.example/{{1}}", json!(["https://x.example/a"]))),
        ("ok", "suffix sample", link("https://x.example/{{1}}", json!(["a"]))),
        ("100/2388043", "no sample", link("https://x.example/{{1}}", json!([]))),
        ("100", "variable in the middle", link("https://x.example/{{1}}/a", json!(["a"]))),
        ("100", "two variables", link("https://x.example/{{1}}{{2}}", json!(["a", "b"]))),
        ("100", "variable with a name", link("https://x.example/{{id}}", json!(["a"]))),
        ("100", "no scheme", link("x.example", json!([]))),
        ("100", "other scheme", link("tel:1", json!([]))),
        (
            "100/2388040",
            "2001 characters",
            link(&format!("https://x.example/{}", "a".repeat(1983)), json!([])),
        ),
        ("100/2388043", "no address", one(json!({"type": "URL", "text": "Open"}))),
        ("ok", "phone without a plus", phone("15550051310")),
        ("192", "phone with letters", phone("+1555CALL")),
        ("100/2388040", "21 characters of a phone", phone("123456789012345678901")),
        ("ok", "code of 20", code(json!("A".repeat(20)))),
        ("100/2388040", "code of 21", code(json!("A".repeat(21)))),
        ("100", "code in a list", code(json!(["SAVE"]))),
        ("100/2388043", "no code", one(json!({"type": "COPY_CODE"}))),
        (
            "ok",
            "flow",
            one(
                json!({"type": "FLOW", "text": "Book", "flow_id": "1", "flow_action": "navigate", "navigate_screen": "A"}),
            ),
        ),
        ("100", "no flow", one(json!({"type": "FLOW", "text": "Book"}))),
        ("100", "two flows", one(json!({"type": "FLOW", "text": "Book", "flow_id": "1", "flow_name": "a"}))),
        (
            "100",
            "screen without navigation",
            one(
                json!({"type": "FLOW", "text": "Book", "flow_id": 1, "flow_action": "data_exchange", "navigate_screen": "A"}),
            ),
        ),
        ("100", "flow that is no JSON", one(json!({"type": "FLOW", "text": "Book", "flow_json": "{"}))),
        ("ok", "call", one(json!({"type": "VOICE_CALL", "text": "Call now", "ttl_minutes": 1440}))),
        ("100", "call for too short", one(json!({"type": "VOICE_CALL", "ttl_minutes": 100}))),
        (
            "100/2388040",
            "21 characters on a call",
            one(json!({"type": "VOICE_CALL", "text": "a".repeat(21)})),
        ),
        ("ok", "order details", one(json!({"type": "ORDER_DETAILS", "text": "Review and Pay"}))),
        ("ok", "contact information", one(json!({"type": "REQUEST_CONTACT_INFO"}))),
    ]);
}

#[test]
fn authentication_templates_are_checked() {
    let with = |change: &dyn Fn(&mut Value)| {
        let app = json!({"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"});
        let mut template = authentication(
            "en",
            &json!({"type": "OTP", "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": true, "supported_apps": [app]}),
        );
        change(&mut template);
        template
    };
    let button = |key: &str, value: Value| {
        with(&|template| template["components"][2]["buttons"][0][key] = value.clone())
    };
    let app = |key: &str, value: &str| {
        with(&|template| template["components"][2]["buttons"][0]["supported_apps"][0][key] = json!(value))
    };
    codes(&[
        ("ok", "zero tap", with(&|_| ())),
        (
            "100",
            "text in the body",
            with(&|template| template["components"][0]["text"] = json!("Your code is {{1}}.")),
        ),
        ("100", "text in the footer", with(&|template| template["components"][1]["text"] = json!("Bye"))),
        (
            "100",
            "91 minutes",
            with(&|template| template["components"][1]["code_expiration_minutes"] = json!(91)),
        ),
        (
            "100",
            "header",
            with(&|template| {
                template["components"][1] = json!({"type": "HEADER", "format": "TEXT", "text": "x"})
            }),
        ),
        ("100", "no button", with(&|template| template["components"] = json!([{"type": "BODY"}]))),
        (
            "100",
            "other button",
            with(&|template| {
                template["components"][2]["buttons"] = json!([{"type": "QUICK_REPLY", "text": "x"}])
            }),
        ),
        ("100", "unknown kind", button("otp_type", json!("TWO_TAP"))),
        ("100", "terms not accepted", button("zero_tap_terms_accepted", json!(false))),
        ("100", "no apps", button("supported_apps", json!([]))),
        ("100", "package name in its old place", button("package_name", json!("com.example.app"))),
        ("100", "package of one segment", app("package_name", "app")),
        ("100", "hash of ten", app("signature_hash", "K8a/AINcGX")),
        ("100/2388040", "label of 26", button("text", json!("a".repeat(26)))),
        ("100", "apps of a copy button", button("otp_type", json!("COPY_CODE"))),
        ("100", "ttl of 901", with(&|template| template["message_send_ttl_seconds"] = json!(901))),
    ]);
}

#[test]
fn offers_are_checked() {
    let offer = |text: &str, buttons: Value| {
        template(
            "MARKETING",
            &json!([
        {"type": "limited_time_offer", "limited_time_offer": {"text": text, "has_expiration": true}},
        body(), {"type": "BUTTONS", "buttons": buttons}]),
        )
    };
    let copy = |code: &str| json!({"type": "COPY_CODE", "example": code});
    let link =
        || json!({"type": "URL", "text": "Book now!", "url": "https://x.example/{{1}}", "example": ["a"]});
    let mut footed = offer("Ends tonight", json!([link()]));
    footed["components"].as_array_mut().unwrap().push(json!({"type": "FOOTER", "text": "Bye"}));
    let mut long = offer("Ends tonight", json!([link()]));
    long["components"][1]["text"] = json!("a".repeat(601));
    codes(&[
        ("ok", "code and link", offer("Ends tonight", json!([copy("SAVE20"), link()]))),
        ("ok", "link", offer("Ends tonight", json!([link()]))),
        ("100", "link and code", offer("Ends tonight", json!([link(), copy("SAVE20")]))),
        ("100", "reply", offer("Ends tonight", json!([{"type": "QUICK_REPLY", "text": "x"}]))),
        ("100/2388040", "17 characters", offer(&"a".repeat(17), json!([link()]))),
        ("100/2388040", "code of 16", offer("Ends tonight", json!([copy(&"A".repeat(16)), link()]))),
        ("100", "footer", footed),
        ("100/2388040", "long body", long),
    ]);
}

#[test]
fn carousels_are_checked() {
    fresh(async |graph| {
        let handle = graph.upload("image/jpeg", "picture").await;
        let card = |text: &str, button: &str| {
            json!({"components": [
            {"type": "header", "format": "image", "example": {"header_handle": [handle]}},
            {"type": "body", "text": text},
            {"type": "buttons", "buttons": [{"type": button, "text": "More", "url": "https://x.example"}]}]})
        };
        let carousel =
            |cards: Value| template("MARKETING", &json!([body(), {"type": "carousel", "cards": cards}]));
        let product = || {
            json!({"components": [{"type": "HEADER", "format": "PRODUCT"},
            {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]})
        };
        let mut footed = carousel(json!([product(), product()]));
        footed["components"].as_array_mut().unwrap().push(json!({"type": "FOOTER", "text": "Bye"}));
        let mut bare = card("a", "url");
        bare["components"].as_array_mut().unwrap().remove(1);
        let cases = [
            ("100", "one card", carousel(json!([card("a", "url")]))),
            ("100", "cards that differ", carousel(json!([card("a", "url"), bare]))),
            ("100/2388040", "long text", carousel(json!([card(&"a".repeat(161), "url"), card("b", "url")]))),
            ("100", "button of a card", carousel(json!([card("a", "flow"), card("b", "flow")]))),
            ("100", "three products", carousel(json!([product(), product(), product()]))),
            ("100", "footer beside", footed),
            ("ok", "two cards", carousel(json!([card("a", "url"), card("b", "url")]))),
        ];
        for (wanted, about, template) in cases {
            assert_eq!(code(&graph.post(LIST, &template).await), wanted, "{about}");
        }
        let read =
            graph.get(&format!("{LIST}?name=order")).await["data"][0]["components"][1]["cards"].clone();
        assert_eq!(read[1]["components"][0]["format"], "IMAGE");
        assert!(
            read[1]["components"][0]["example"]["header_handle"][0]
                .as_str()
                .unwrap()
                .starts_with("https://scontent.")
        );
        assert_eq!(read[1]["components"][2]["buttons"][0]["type"], "URL");
        graph.post("/_sandbox/reset", &json!({})).await;
        assert_eq!(code(&graph.post(LIST, &carousel(json!([product(), product()]))).await), "ok");
    });
}
