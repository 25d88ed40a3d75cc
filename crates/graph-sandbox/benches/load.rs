//! What the sandbox stands: `cargo bench -p graph-sandbox -- [SECONDS] [CLIENTS]`.
//!
//! A minute of a thousand clients that list, read, create, edit, delete and send side by side; every answer that is
//! not the one asked for is counted as an error. Then 6,000 templates, page by page, and writes into an account that is
//! full, in memory and in a folder.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a bench is a program of its own"
)]

use std::future::pending;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use graph_sandbox::{Sandbox, Scenario, Settings};
use reqwest::{Client, Method};
use serde_json::{Value, json};

const LIST: &str = "/v26.0/100000000000000/message_templates";
const SEND: &str = "/v26.0/300000000000000/messages";

#[derive(Clone)]
struct Graph {
    base: String,
    client: Client,
}

impl Graph {
    // The server has threads of its own: what is measured is not the client waiting for itself.
    fn start(scenario: &str, state: Option<PathBuf>) -> Self {
        let scenario = Scenario::parse(scenario).expect("a scenario");
        let settings = Settings { scenario, state: state.map(Into::into), ..Settings::default() };
        let (told, address) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let sandbox = Sandbox::bind(settings, 0).await.expect("a free port");
                told.send(sandbox.base_url()).expect("somebody waits");
                sandbox.serve(pending()).await;
            });
        });
        let client = Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
        Self { base: address.recv().expect("an address"), client }
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let request =
            self.client.request(method, format!("{}{path}", self.base)).bearer_auth("sandbox-token");
        let request = body.into_iter().fold(request, |request, body| request.json(body));
        let answer = request.send().await.map_err(|error| format!("{error:?}"))?;
        answer.json().await.map_err(|error| format!("{error:?}"))
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let seconds = numbers.first().copied().unwrap_or(60);
    let clients = numbers.get(1).copied().unwrap_or(1_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        crowd(Duration::from_secs(seconds), clients).await;
        pages().await;
        writes("in memory", None).await;
        let folder = tempfile::tempdir().expect("a folder");
        writes("in a folder", Some(folder.path().to_owned())).await;
    });
}

async fn crowd(lasting: Duration, clients: u64) {
    let graph = Graph::start(
        "limits: {creations_per_hour: off, calls_per_hour: off, templates: off, edits: false}",
        None,
    );
    let (calls, errors) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let mut tasks = Vec::new();
    for number in 0..clients {
        let (graph, calls, errors) = (graph.clone(), Arc::clone(&calls), Arc::clone(&errors));
        tasks.push(tokio::spawn(async move {
            let (mut slowest, mut round) = (Duration::ZERO, 0);
            while began.elapsed() < lasting {
                round += 1;
                if let Err(reason) =
                    walk(&graph, &calls, &mut slowest, &format!("order_{number}_{round}")).await
                    && errors.fetch_add(1, Ordering::Relaxed) < 5
                {
                    println!("error: {reason}");
                }
            }
            slowest
        }));
    }
    let mut slowest = Duration::ZERO;
    for task in tasks {
        slowest = slowest.max(task.await.expect("a client"));
    }
    let (calls, took) = (calls.load(Ordering::Relaxed), began.elapsed().as_secs_f64());
    println!(
        "{clients} clients, {took:.0} s: {calls} calls, {:.0} a second, slowest {} ms, {} errors, {}",
        calls as f64 / took,
        slowest.as_millis(),
        errors.load(Ordering::Relaxed),
        memory()
    );
}

/// One template's life, each answer looked at.
async fn walk(graph: &Graph, calls: &AtomicUsize, slowest: &mut Duration, name: &str) -> Result<(), String> {
    let mut call =
        async |method: Method, path: &str, body: Option<&Value>, fits: &(dyn Fn(&Value) -> bool + Sync)| {
            let began = Instant::now();
            let answer = graph.call(method, path, body).await?;
            *slowest = (*slowest).max(began.elapsed());
            calls.fetch_add(1, Ordering::Relaxed);
            if fits(&answer) { Ok(answer) } else { Err(format!("{path}: {answer}")) }
        };
    let components = |text: &str| json!([{"type": "BODY", "text": text}]);
    let order = json!({"name": name, "language": "en", "category": "UTILITY", "components": components("On its way.")});
    let done = |answer: &Value| answer["success"] == true;
    let created = call(Method::POST, LIST, Some(&order), &|answer| answer["status"] == "APPROVED").await?;
    let id = created["id"].as_str().unwrap_or_default().to_owned();
    call(Method::GET, &format!("/{id}"), None, &|answer| answer["name"] == name).await?;
    call(Method::POST, &format!("/{id}"), Some(&json!({"components": components("It is here.")})), &done)
        .await?;
    let page = |answer: &Value| answer["data"].as_array().is_some_and(|rows| !rows.is_empty());
    call(Method::GET, &format!("{LIST}?limit=10"), None, &page).await?;
    let message = json!({"messaging_product": "whatsapp", "to": "16505551234", "type": "template",
        "template": {"name": name, "language": {"code": "en"}}});
    call(Method::POST, SEND, Some(&message), &|answer| answer["messages"][0]["id"].is_string()).await?;
    call(Method::DELETE, &format!("{LIST}?hsm_id={id}&name={name}"), None, &done).await?;
    Ok(())
}

async fn pages() {
    let graph = Graph::start("{fill: 6000, limits: {templates: 6000}}", None);
    for limit in [25, 255, 1_000] {
        let (mut rows, mut pages, mut after) = (0, 0, String::new());
        let began = Instant::now();
        loop {
            let page = graph.call(Method::GET, &format!("{LIST}?limit={limit}&after={after}"), None).await;
            let page = page.expect("a page");
            rows += page["data"].as_array().map_or(0, Vec::len);
            pages += 1;
            if page["paging"]["next"].is_null() {
                break;
            }
            after = page["paging"]["cursors"]["after"].as_str().expect("a cursor").to_owned();
        }
        println!(
            "{rows} templates in {pages} pages of {limit}: {} ms, {}",
            began.elapsed().as_millis(),
            memory()
        );
    }
}

async fn writes(place: &str, state: Option<PathBuf>) {
    const WRITES: u32 = 500;
    for fill in [0, 6_000] {
        let scenario = format!("{{fill: {fill}, limits: {{creations_per_hour: off, templates: off}}}}");
        let state = state.as_ref().map(|folder| folder.join(fill.to_string()));
        let graph = Graph::start(&scenario, state);
        let began = Instant::now();
        for number in 0..WRITES {
            let order = json!({"name": format!("order_{number}"), "language": "en", "category": "UTILITY",
                "components": [{"type": "BODY", "text": "On its way."}]});
            let answer = graph.call(Method::POST, LIST, Some(&order)).await.expect("an answer");
            assert!(answer["id"].is_string(), "{answer}");
        }
        println!(
            "a creation beside {fill} templates, {place}: {} µs",
            began.elapsed().as_micros() / u128::from(WRITES)
        );
    }
}

/// The most memory that this process had, server and clients together.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "memory unknown".to_owned(), |peak| format!("at most {} of memory", peak.trim()))
}
