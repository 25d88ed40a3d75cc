//! Who may reach the sandbox and how much they may use: web pages of other sites, slow clients, greedy clients.

use std::time::{Duration, Instant};

use graph_sandbox::{AllowedHost, Bounds, Scenario, Settings};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::{Graph, LIST, TOKEN, code, fresh, simple, with};

/// Longer than anything takes here, and shorter than the default bounds.
const SOON: Duration = Duration::from_secs(20);

fn address(graph: &Graph) -> &str {
    graph.base.strip_prefix("http://").expect("an http address")
}

async fn connect(graph: &Graph) -> TcpStream {
    TcpStream::connect(address(graph)).await.expect("a connection")
}

/// Everything that arrives until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(SOON, stream.read_to_end(&mut bytes)).await;
    // A connection that is reset is closed as well.
    drop(read.expect("the connection is closed"));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status and the body of the answer to these bytes.
async fn raw(graph: &Graph, request: &str) -> (u16, String) {
    let mut stream = connect(graph).await;
    stream.write_all(request.as_bytes()).await.expect("it can be sent");
    let answer = rest(&mut stream).await;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status.unwrap_or_else(|| panic!("a status: {answer}")), body.unwrap_or_default())
}

/// A request with these headers; JSON, when there is a body.
fn request(line: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}")
}

const JSON: (&str, &str) = ("Content-Type", "application/json");
const HERE: (&str, &str) = ("Host", "localhost");

async fn plan_one_fault(graph: &Graph) {
    graph.post("/_sandbox/faults", &json!({"faults": [{"kind": "body", "status": 599}]})).await;
}

/// Asserts that nothing has happened since one fault was planned: it is still there, and no call was logged.
async fn assert_untouched(graph: &Graph) {
    assert_eq!(graph.get("/_sandbox/requests").await, json!({"requests": []}));
    let struck = graph.send(Method::GET, LIST, None).await.expect("an answer");
    assert_eq!(struck.status().as_u16(), 599);
}

#[test]
fn requests_to_other_hosts_are_refused_before_they_have_an_effect() {
    fresh(async |graph| {
        plan_one_fault(&graph).await;
        let query = format!("{LIST}?access_token={TOKEN}");
        for line in
            ["GET /_sandbox/dump", "POST /_sandbox/reset", &format!("GET {query}"), &format!("POST {query}")]
        {
            for host in
                ["evil.example", "evil.example:8460", "localhost.evil.example", "0.0.0.0", "192.168.0.1", ""]
            {
                let (status, body) = raw(&graph, &request(line, &[("Host", host), JSON], "{}")).await;
                assert_eq!(status, 403, "{line} {host}: {body}");
                let answer: Value = serde_json::from_str(&body).expect("json");
                let message = answer["error"]["message"].as_str().expect("a message");
                assert!(message.contains(&format!("`{host}`")), "{message}");
                let names_option = message.contains("--allow-host");
                assert_eq!(names_option, !host.is_empty(), "{message}");
            }
        }
        for headers in [vec![HERE, HERE, JSON], vec![JSON]] {
            assert_eq!(
                raw(&graph, &request("POST /_sandbox/reset", &headers, "{}")).await.0,
                403,
                "{headers:?}"
            );
        }
        let absolute = request("POST http://evil.example/_sandbox/reset", &[HERE, JSON], "{}");
        assert_eq!(raw(&graph, &absolute).await.0, 403);
        assert_untouched(&graph).await;
    });
}

#[test]
fn hosts_of_this_machine_are_answered_on_any_port() {
    fresh(async |graph| {
        for host in [
            "localhost",
            "localhost:1",
            "LOCALHOST",
            "app.localhost",
            "127.0.0.1",
            "127.1.2.3:99",
            "[::1]:8460",
        ] {
            let (status, body) = raw(&graph, &request("GET /_sandbox/dump", &[("Host", host)], "")).await;
            assert_eq!(status, 200, "{host}: {body}");
        }
        assert_eq!(raw(&graph, "GET /_sandbox/dump HTTP/1.0\r\n\r\n").await.0, 200);
    });
}

#[test]
fn pages_of_other_sites_are_refused_before_they_have_an_effect() {
    fresh(async |graph| {
        plan_one_fault(&graph).await;
        let query = format!("POST {LIST}?access_token={TOKEN}");
        let origin = |origin| ("Origin", origin);
        for line in ["POST /_sandbox/reset", "GET /_sandbox/dump", &query] {
            for bad in [
                origin("https://evil.example"),
                origin("null"),
                origin(""),
                origin("http://localhost.evil.example"),
                origin("chrome-extension://localhost"),
                ("Sec-Fetch-Site", "cross-site"),
            ] {
                let (status, body) = raw(&graph, &request(line, &[HERE, JSON, bad], "{}")).await;
                assert_eq!(status, 403, "{line} {bad:?}: {body}");
            }
        }
        assert_untouched(&graph).await;
        for good in
            ["http://localhost", "http://127.0.0.1:3000", "https://[::1]:3000", "http://app.localhost:5173"]
        {
            let (status, body) =
                raw(&graph, &request("POST /_sandbox/reset", &[HERE, JSON, origin(good)], "{}")).await;
            assert_eq!(status, 200, "{good}: {body}");
        }
    });
}

#[test]
fn control_calls_need_json_so_that_no_form_can_send_them() {
    fresh(async |graph| {
        plan_one_fault(&graph).await;
        let kinds = [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "",
            "application/jsonx",
        ];
        for kind in kinds {
            for body in ["{}", ""] {
                let asked = request("POST /_sandbox/reset", &[HERE, ("Content-Type", kind)], body);
                let (status, answer) = raw(&graph, &asked).await;
                assert_eq!(status, 415, "{kind} {body}: {answer}");
                assert!(answer.contains("`Content-Type: application/json`"), "{answer}");
            }
        }
        for line in [
            "POST /_sandbox/reset",
            "POST /v26.0/_sandbox/reset",
            "POST //_sandbox//reset",
            "DELETE /_sandbox/reset",
        ] {
            assert_eq!(raw(&graph, &request(line, &[HERE], "")).await.0, 415, "{line}");
        }
        assert_untouched(&graph).await;
        let kind = ("Content-Type", "Application/JSON; charset=utf-8");
        assert_eq!(raw(&graph, &request("POST /_sandbox/reset", &[HERE, kind], "")).await.0, 200);
        assert_eq!(raw(&graph, &request("GET /_sandbox/dump", &[HERE], "")).await.0, 200);
    });
}

#[test]
fn a_refused_request_calls_no_webhook() {
    fresh(async |graph| {
        let hook = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", hook.local_addr().expect("an address"));
        let target = json!({"url": url, "verify_token": "t"}).to_string();
        let subscription =
            json!({"override_callback_uri": url, "verify_token": "t", "access_token": TOKEN}).to_string();
        let subscribed = "POST /v26.0/100000000000000/subscribed_apps";
        for (line, body) in [("POST /_sandbox/webhook", &target), (subscribed, &subscription)] {
            let foreign = request(line, &[HERE, JSON, ("Origin", "https://evil.example")], body);
            assert_eq!(raw(&graph, &foreign).await.0, 403, "{line}");
        }
        let review = json!({"name": "hello_world", "status": "PAUSED"});
        graph.post("/_sandbox/review", &review).await;
        assert!(tokio::time::timeout(Duration::from_millis(500), hook.accept()).await.is_err());
    });
}

#[test]
fn allowed_hosts_are_answered_along_with_those_of_this_machine() {
    let allowed_hosts =
        ["forward.example", "fd00::7"].map(|name| AllowedHost::parse(name).expect("a host")).into();
    with(Settings { allowed_hosts, ..Settings::default() }, async |graph| {
        for (host, origin, wanted) in [
            ("forward.example:443", "https://forward.example", 200),
            ("[fd00::7]:80", "http://localhost", 200),
            ("localhost", "https://forward.example:8443", 200),
            ("other.example", "https://forward.example", 403),
            ("forward.example", "https://other.example", 403),
            ("forward.example", "null", 403),
        ] {
            let headers = [("Host", host), ("Origin", origin), JSON];
            assert_eq!(
                raw(&graph, &request("POST /_sandbox/reset", &headers, "{}")).await.0,
                wanted,
                "{host} {origin}"
            );
        }
    });
}

#[test]
fn graph_calls_take_json_forms_multipart_and_raw_uploads() {
    fresh(async |graph| {
        let components = json!([{"type": "BODY", "text": "Your order is on its way."}]).to_string();
        let texts = [
            ("name", "order"),
            ("language", "en"),
            ("category", "UTILITY"),
            ("components", components.as_str()),
        ];
        let form: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(texts).finish();
        let part = |name: &str, value: &str| {
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\n12345\r\n";
        let multipart: String = texts.iter().map(|(name, value)| part(name, value)).collect();
        let multipart = format!("{file}{multipart}--XX--\r\n");
        let line = format!("POST {LIST}?access_token={TOKEN}");
        for (kind, body) in [
            ("application/x-www-form-urlencoded", &form),
            ("multipart/form-data; boundary=XX", &multipart),
            ("Multipart/Form-Data; boundary=\"XX\"", &multipart),
        ] {
            let (status, answer) = raw(&graph, &request(&line, &[HERE, ("Content-Type", kind)], body)).await;
            assert_eq!(status, 200, "{kind}: {answer}");
            let created: Value = serde_json::from_str(&answer).expect("json");
            let id = created["id"].as_str().expect("an id");
            assert_eq!(graph.components(id).await[0]["text"], "Your order is on its way.");
            graph.post("/_sandbox/reset", &json!({})).await;
        }

        let sessions =
            format!("/v26.0/200000000000000/uploads?file_length=5&file_type=image/png&access_token={TOKEN}");
        for (kind, body) in [
            ("application/octet-stream", "12345".to_owned()),
            ("text/plain", "12345".to_owned()),
            ("multipart/form-data; boundary=XX", format!("{}{file}--XX--\r\n", part("note", "1234567"))),
        ] {
            let session = graph.post(&sessions, &json!({})).await;
            let line =
                format!("POST /v26.0/{}&access_token={TOKEN}", session["id"].as_str().expect("a session"));
            let headers = [HERE, ("Content-Type", kind), ("file_offset", "0")];
            let (status, answer) = raw(&graph, &request(&line, &headers, &body)).await;
            assert!(status == 200 && answer.contains("\"h\""), "{kind}: {answer}");
        }
    });
}

#[test]
fn forms_that_are_none_are_refused() {
    fresh(async |graph| {
        let head = "--XX\r\nContent-Disposition: form-data";
        let many = format!("{head}; name=\"a\"\r\n\r\nb\r\n").repeat(1_001) + "--XX--\r\n";
        let long = "x".repeat(5 * 1024 * 1024);
        for (kind, body) in [
            ("multipart/form-data", "--XX--\r\n"),
            ("multipart/mixed; boundary=XX", "--XX--\r\n"),
            ("multipart/form-data; boundary=XX", "nonsense"),
            ("multipart/form-data; boundary=XX", &format!("{head}; name=\"a\"\r\n\r\ncut short")),
            ("multipart/form-data; boundary=XX", &format!("{head}\r\n\r\nno name\r\n--XX--\r\n")),
            ("multipart/form-data; boundary=XX", &many),
            ("multipart/form-data; boundary=XX", &format!("{head}; name=\"a\"\r\n\r\n{long}\r\n--XX--\r\n")),
            ("application/json", &format!("{{\"a\":\"{long}\"}}")),
        ] {
            let request = graph.client.post(format!("{}{LIST}", graph.base)).bearer_auth(TOKEN);
            let sent = request.header("Content-Type", kind).body(body.to_owned()).send().await;
            // What is too long may be refused while it is still being sent.
            let Ok(answer) = sent else { continue };
            let answer: Value = answer.json().await.expect("json");
            assert_eq!(code(&answer), "100", "{kind}: {answer}");
        }
        assert_eq!(code(&graph.get(LIST).await), "ok");
    });
}

#[test]
fn slow_connections_do_not_keep_others_waiting_and_are_closed() {
    let bounds = Bounds { header_time: Duration::from_secs(3), ..Bounds::default() };
    assert_eq!(Bounds::default().header_time, Duration::from_secs(30));
    with(Settings { bounds, ..Settings::default() }, async |graph| {
        let mut slow = Vec::new();
        for number in 0..200 {
            let mut stream = connect(&graph).await;
            let start =
                ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "][number % 4];
            stream.write_all(start.as_bytes()).await.expect("it can be sent");
            slow.push(stream);
        }
        let begun = Instant::now();
        assert_eq!(code(&graph.get(LIST).await), "ok");
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        // A byte now and then does not help: what counts is when the headers are complete.
        let mut dripping = connect(&graph).await;
        let drip = async {
            while dripping.write_all(b"G").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        tokio::time::timeout(SOON, drip).await.expect("the connection is closed");
        for stream in &mut slow {
            rest(stream).await;
        }
    });
}

#[test]
fn more_connections_than_the_bound_wait_for_their_turn() {
    let bounds = Bounds { connections: 2, header_time: Duration::from_secs(1), ..Bounds::default() };
    with(Settings { bounds, ..Settings::default() }, async |graph| {
        let _slow = [connect(&graph).await, connect(&graph).await];
        let begun = Instant::now();
        assert_eq!(code(&graph.get(LIST).await), "ok");
        assert!(begun.elapsed() > Duration::from_millis(500), "{:?}", begun.elapsed());
    });
}

#[test]
fn bodies_that_take_too_long_are_given_up() {
    let bounds = Bounds { body_time: Duration::from_millis(300), ..Bounds::default() };
    with(Settings { bounds, ..Settings::default() }, async |graph| {
        for (line, kind) in
            [(format!("POST {LIST}"), JSON), ("POST /upload:x".to_owned(), ("Content-Type", "image/png"))]
        {
            let mut stream = connect(&graph).await;
            let whole = request(&line, &[HERE, kind], &"x".repeat(100));
            stream.write_all(&whole.as_bytes()[..whole.len() - 50]).await.expect("it can be sent");
            assert!(rest(&mut stream).await.starts_with("HTTP/1.1 408 "), "{line}");
        }
        assert_eq!(graph.get("/_sandbox/requests").await, json!({"requests": []}));
    });
}

#[test]
fn memory_for_bodies_is_bounded_over_all_connections() {
    // Room for one body of 100 KB, which may become 64 times as large as it is parsed.
    let bounds = Bounds { memory: 8 * 1024 * 1024, ..Bounds::default() };
    with(Settings { bounds, ..Settings::default() }, async |graph| {
        let line = format!("POST {LIST}?access_token={TOKEN}");
        let whole = request(&line, &[HERE, JSON], &format!("{{\"name\": \"{}\"}}", "x".repeat(100_000)));
        let (most, end) = whole.split_at(whole.len() - 1);
        let mut first = connect(&graph).await;
        first.write_all(most.as_bytes()).await.expect("it can be sent");
        tokio::time::sleep(Duration::from_millis(300)).await;
        let (status, answer) = raw(&graph, &whole).await;
        assert_eq!(status, 503, "{answer}");
        assert!(answer.contains("\"is_transient\":true"), "{answer}");
        // Uploads are counted and not kept.
        let upload =
            request("POST /upload:x", &[HERE, ("Content-Type", "image/png")], &"x".repeat(9_000_000));
        assert_eq!(raw(&graph, &upload).await.0, 401);
        first.write_all(end.as_bytes()).await.expect("it can be sent");
        assert!(rest(&mut first).await.starts_with("HTTP/1.1 400 "));
        assert_eq!(raw(&graph, &whole).await.0, 400);
    });
}

#[test]
fn answers_that_nobody_reads_are_bounded_and_given_up() {
    let scenario = Scenario::parse("fill: 2000").expect("a scenario");
    // Room for two dumps of 1 to 2 MB. On a busy machine it takes seconds until two connections wait for their clients
    // at the same time.
    let bounds = Bounds { memory: 4_000_000, write_time: Duration::from_secs(20), ..Bounds::default() };
    let patience = Duration::from_secs(120);
    with(Settings { bounds, scenario, ..Settings::default() }, async |graph| {
        let dump = async || graph.send(Method::GET, "/_sandbox/dump", None).await.expect("an answer");
        let length = dump().await.bytes().await.expect("a body").len();
        assert!((1_400_000..2_000_000).contains(&length), "{length}");
        let once = request("GET /_sandbox/dump", &[HERE], "").replace("Connection: close\r\n", "");
        let mut unread = Vec::new();
        for _ in 0..4 {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.set_recv_buffer_size(4_096).expect("a small buffer");
            let server = address(&graph).parse().expect("an address");
            let mut stream = socket.connect(server).await.expect("a connection");
            // More than the system's buffers take.
            stream.write_all(once.repeat(40).as_bytes()).await.expect("it can be sent");
            unread.push(stream);
        }
        for wanted in [503, 200] {
            let begun = Instant::now();
            while dump().await.status().as_u16() != wanted {
                assert!(begun.elapsed() < patience, "{wanted} never came");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    });
}

#[test]
fn the_log_of_calls_forgets_by_size_as_well() {
    fresh(async |graph| {
        let long = "x".repeat(60_000);
        for _ in 0..300 {
            graph.get(&format!("/{long}")).await;
        }
        let log = graph.get("/_sandbox/requests").await;
        let kept = log["requests"].as_array().expect("a list").len();
        assert!((200..300).contains(&kept), "{kept}");
        let mut stream = connect(&graph).await;
        let longer = request("GET /a", &[HERE, ("X", &"x".repeat(100_000))], "");
        // The connection may be closed before everything is sent.
        drop(stream.write_all(longer.as_bytes()).await);
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    });
}

#[test]
fn uploads_that_are_begun_and_never_sent_are_bounded() {
    super::playing("limits: {calls_per_hour: off}", async |graph| {
        let start = "/v26.0/200000000000000/uploads?file_length=5&file_type=image/png";
        let first = graph.post(start, &json!({})).await;
        for _ in 0..1_000 {
            graph.post(start, &json!({})).await;
        }
        let dump = graph.get("/_sandbox/dump").await;
        assert_eq!(dump["account"]["sessions"].as_array().map(Vec::len), Some(1_000));
        assert_eq!(code(&graph.get(&format!("/{}", first["id"].as_str().expect("an id"))).await), "100/33");
        let long = format!("/v26.0/200000000000000/uploads?file_length=5&file_type={}", "x".repeat(300));
        assert_eq!(code(&graph.post(&long, &json!({})).await), "100");
        graph.create(&simple("order", "en", "On its way.")).await;
    });
}
