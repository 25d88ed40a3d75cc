//! The kit of all tests: a running sandbox, its client, and templates to send.

use std::path::Path;

use graph_sandbox::{Review, Sandbox, Scenario, Settings};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "sandbox-token";

pub(crate) const LIST: &str = "/v26.0/100000000000000/message_templates";

/// A running sandbox and a client with its token.
pub(crate) struct Graph {
    pub(crate) base: String,
    pub(crate) client: Client,
}

impl Graph {
    pub(crate) async fn start(settings: Settings) -> Self {
        let sandbox = Sandbox::bind(settings, 0).await.expect("a free port");
        let base = sandbox.base_url();
        tokio::spawn(sandbox.serve(std::future::pending()));
        Self { base, client: Client::new() }
    }

    pub(crate) async fn send(
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

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, None).await.expect("an answer").json().await.expect("json")
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Value {
        self.send(Method::POST, path, Some(body)).await.expect("an answer").json().await.expect("json")
    }

    pub(crate) async fn delete(&self, query: &str) -> Value {
        let path = format!("{LIST}?{query}");
        self.send(Method::DELETE, &path, None).await.expect("an answer").json().await.expect("json")
    }

    /// Creates a template, which must be accepted, and returns its id.
    pub(crate) async fn create(&self, template: &Value) -> String {
        let answer = self.post(LIST, template).await;
        assert!(answer["id"].is_string(), "{template} is refused: {answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn upload(&self, mime: &str, bytes: &'static str) -> String {
        let query = format!("file_name=f&file_length={}&file_type={mime}", bytes.len());
        let session = self.post(&format!("/v26.0/200000000000000/uploads?{query}"), &json!({})).await;
        let address = format!("{}/v26.0/{}", self.base, session["id"].as_str().expect("a session"));
        let request = self.client.post(address).header("Authorization", format!("OAuth {TOKEN}"));
        let answer: Value =
            request.header("file_offset", "0").body(bytes).send().await.unwrap().json().await.unwrap();
        answer["h"].as_str().expect("a handle").to_owned()
    }

    /// The components of a template as they read back.
    pub(crate) async fn components(&self, id: &str) -> Value {
        self.get(&format!("/{id}?fields=components")).await["components"].clone()
    }
}

/// Runs a test on a new sandbox, on one thread as the tool does.
pub(crate) fn with(settings: Settings, test: impl AsyncFnOnce(Graph)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { test(Graph::start(settings).await).await });
}

pub(crate) fn fresh(test: impl AsyncFnOnce(Graph)) {
    with(Settings::default(), test);
}

/// A sandbox that plays a scenario.
pub(crate) fn playing(scenario: &str, test: impl AsyncFnOnce(Graph)) {
    let scenario = Scenario::parse(scenario).expect("a scenario");
    with(Settings { scenario, ..Settings::default() }, test);
}

pub(crate) fn held() -> Settings {
    Settings { review: Review::Hold, ..Settings::default() }
}

pub(crate) fn saved(folder: &Path) -> Settings {
    Settings { state: Some(folder.to_owned().into()), ..Settings::default() }
}

/// `code` or `code/subcode` of an answer, `ok` when it is no error.
pub(crate) fn code(answer: &Value) -> String {
    let error = &answer["error"];
    match (&error["code"], &error["error_subcode"]) {
        (Value::Null, _) => "ok".to_owned(),
        (code, Value::Null) => code.to_string(),
        (code, subcode) => format!("{code}/{subcode}"),
    }
}

pub(crate) fn template(category: &str, components: &Value) -> Value {
    json!({"name": "order", "language": "en", "category": category, "components": components})
}

pub(crate) fn simple(name: &str, language: &str, text: &str) -> Value {
    let components = json!([{"type": "BODY", "text": text}]);
    json!({"name": name, "language": language, "category": "UTILITY", "components": components})
}

pub(crate) fn body() -> Value {
    json!({"type": "BODY", "text": "Your order is on its way."})
}

/// A utility template with these buttons.
pub(crate) fn buttons(buttons: &Value) -> Value {
    template("UTILITY", &json!([body(), {"type": "BUTTONS", "buttons": buttons}]))
}

pub(crate) fn authentication(language: &str, button: &Value) -> Value {
    json!({"name": "login", "language": language, "category": "AUTHENTICATION", "components": [
        {"type": "BODY", "add_security_recommendation": true},
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "BUTTONS", "buttons": [button]}]})
}

/// Creates each template in a new sandbox, and compares all error codes.
pub(crate) fn codes(cases: &[(&str, &str, Value)]) {
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
