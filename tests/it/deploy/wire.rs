//! What servers and the wire do, row by row of the catalogue of hostile inputs (G), as the library meets it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use graph_sandbox::Review;
use serde_json::{Value, json};
use watpl::apply::{ApplyError, Outcome};
use watpl::graph;
use watpl::payload::{Status, VersionKey};
use watpl::plan::{Action, PlanOptions, plan};
use watpl::remote::calls::{self, Listing};
use watpl::remote::{CallError, Remote, TransportError};

use super::{
    LIST, Memory, Stage, WABA, answer, desired, http, listing, next, on_stage, options, page, result, run,
    server, sides, source, template,
};

const JSON: &str = "content-type: application/json\r\n";

fn last() -> String {
    page(&["3"], &Value::Null)
}

fn error(status: &str, error: &Value) -> String {
    answer(status, JSON, &json!({ "error": error }).to_string())
}

/// How often the account was asked to change something.
async fn posts(stage: &Stage) -> usize {
    let log = stage.look("requests").await;
    log["requests"].as_array().expect("requests").iter().filter(|request| request["method"] == "POST").count()
}

async fn push(stage: &Stage) -> Outcome {
    stage.push(&mut Memory::default(), &source("a"), &PlanOptions::default()).await.1
}

#[test]
fn g03_servers_that_fail_for_a_moment_are_asked_again_and_a_write_is_made_once() {
    let transient = json!({ "code": 2, "message": "A moment", "is_transient": true });
    for bad in [
        answer("500 Internal Server Error", "", "<html>Sorry</html>"),
        answer("502 Bad Gateway", "", ""),
        answer("503 Service Unavailable", "", "<html>Sorry</html>"),
        answer("504 Gateway Timeout", "", ""),
        error("400 Bad Request", &json!({ "code": 1, "message": "Unknown" })),
        error("500 Internal Server Error", &transient),
    ] {
        assert_eq!(listing(vec![bad.clone(), bad.clone(), last()]), ("3".into(), 3), "{bad}");
        // It ends: once, and three times more.
        assert_eq!(listing(vec![bad.clone()]).1, 4, "{bad}");
    }
    on_stage(Review::Approve, async |stage| {
        for fault in [
            json!({ "kind": "body", "status": 500 }),
            json!({ "kind": "body", "status": 502, "body": "" }),
            json!({ "kind": "body", "status": 503 }),
            json!({ "kind": "body", "status": 504, "body": "" }),
            json!({ "kind": "error", "code": 1 }),
            json!({ "kind": "error", "code": 2, "transient": true }),
        ] {
            stage.control("reset", json!({})).await;
            let mut fault = fault;
            fault["method"] = "POST".into();
            fault["times"] = 9.into();
            stage.fault(fault.clone()).await;
            let outcome = push(&stage).await;
            assert!(!outcome.is_complete(), "{fault}: {outcome:#?}");
            assert_eq!(posts(&stage).await, 1, "{fault}");
        }
    });
}

#[test]
fn g06_answers_are_judged_by_what_they_hold() {
    let refused = json!({ "code": 190, "message": "It has expired" });
    assert_eq!(listing(vec![error("200 OK", &refused)]), ("It has expired".into(), 1));
    let portal = format!("<html>\u{1b}[31m{}</html>", "sign in ".repeat(100));
    let (seen, asked) = listing(vec![answer("200 OK", "", &portal)]);
    assert!(seen.contains("instead of a Graph API response"), "{seen}");
    assert!(seen.chars().count() < 400 && asked == 1, "{seen}");
    on_stage(Review::Approve, async |stage| {
        let bodies = [
            (200, json!({ "error": { "code": 100, "message": "No" } }).to_string()),
            (200, portal.clone()),
            (200, "{}".into()),
            (204, String::new()),
            (400, String::new()),
        ];
        for (status, body) in bodies {
            stage.control("reset", json!({})).await;
            stage.fault(json!({ "method": "POST", "kind": "body", "status": status, "body": body })).await;
            let outcome = push(&stage).await;
            assert!(outcome.items[0].result.is_err(), "{status} {body}: {outcome:#?}");
            assert_eq!(stage.listed().await.len(), 1, "{status} {body}");
        }
    });
}

/// A server that writes these bytes, and then the same piece again and again for as long as somebody reads.
fn endless(head: &'static [u8], piece: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let piece = piece.clone();
            std::thread::spawn(move || {
                // What comes before anything was asked for is another mistake.
                let asked = stream.read(&mut [0; 1024]).is_ok();
                let mut open = asked && stream.write_all(head).is_ok();
                while open {
                    open = stream.write_all(&piece).is_ok();
                }
            });
        }
    });
    base
}

fn lost(base: &str) -> String {
    let (mut seen, began) = (String::new(), Instant::now());
    run(async {
        let remote = http(base).within(Duration::from_secs(5));
        match calls::list(&remote, WABA).await {
            Err(CallError::Transport(TransportError::ResponseLost { cause, .. })) => seen = cause,
            other => seen = format!("{other:?}"),
        }
    });
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
    seen
}

#[test]
fn g07_bodies_that_lie_about_themselves_are_no_answers() {
    let whole = json!({ "data": [] }).to_string();
    let cut = "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"dat";
    assert_eq!(listing(vec![cut.into()]), ("lost".into(), 4));
    let long = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 999\r\n\r\n{whole}");
    assert_eq!(listing(vec![long]), ("lost".into(), 4));
    assert_eq!(listing(vec![answer("200 OK", "content-encoding: gzip\r\n", &whole)]).0, "lost");
    for odd in [format!("\u{feff}{whole}"), format!("{whole}{whole}"), "{\"data\": [\u{0}]}".into()] {
        let (seen, _) = listing(vec![answer("200 OK", JSON, &odd)]);
        assert!(seen.contains("instead of a Graph API response"), "{odd:?}: {seen}");
    }
    let bytes = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"data\": [\"\xff\xfe\"]}";
    let head: &'static [u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5000000000\r\n\r\n";
    let huge = lost(&endless(head, vec![b' '; 1 << 20]));
    assert!(huge.contains("larger than 8388608 bytes"), "{huge}");
    // Bytes that are no text are read as far as they go: what they stand for is a row that is none.
    let (base, _) = raw(bytes.to_vec());
    run(async {
        let listed = calls::list(&http(&base), WABA).await;
        assert!(listed.as_ref().map_or(true, Vec::is_empty), "{listed:?}");
    });
}

/// A server with these bytes for an answer, on connections that it closes; it counts requests.
fn raw(bytes: Vec<u8>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let shared = Arc::clone(&count);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            if head(&mut stream).is_some() {
                shared.fetch_add(1, Ordering::SeqCst);
                // Who does not wait for the answer does not want it.
                let _ = stream.write_all(&bytes);
            }
        }
    });
    (base, count)
}

/// The head of one request and its body, as text.
fn head(stream: &mut TcpStream) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some(head)
}

#[test]
fn g08_heads_that_never_end_are_cut_off() {
    let lines = lost(&endless(b"HTTP/1.1 200 OK\r\n", b"x-more: and more\r\n".repeat(4_000)));
    assert!(!lines.is_empty());
    let one = lost(&endless(b"HTTP/1.1 200 OK\r\nx-more: ", vec![b'x'; 1 << 16]));
    assert!(!one.is_empty());
}

#[test]
fn g10_the_address_of_the_next_page_is_not_followed_wherever_it_leads() {
    for elsewhere in ["file:///etc/passwd", "http://169.254.169.254/", "//elsewhere.invalid/", "", "\u{7}"] {
        let paging = json!({ "cursors": { "after": "a b&c" }, "next": elsewhere });
        let (base, asked) = server(vec![page(&["1"], &paging), last()]);
        run(async {
            let versions = calls::list(&http(&base), WABA).await.expect("a listing");
            assert_eq!(versions.len(), 2, "{elsewhere}");
        });
        let asked = asked.lock().expect("no panic elsewhere");
        assert!(asked[1].starts_with(&format!("GET {LIST}?")), "{}", asked[1]);
        assert!(asked[1].contains("after=a+b%26c") || asked[1].contains("after=a%20b%26c"), "{}", asked[1]);
    }
}

#[test]
fn g11_pages_without_end_are_an_error_and_no_listing() {
    let endless = (0..501).map(|index| page(&["1"], &next(&format!("c{index}")))).collect();
    assert_eq!(listing(endless), ("endless: more than 500 pages".into(), 500));
    let filler = "x".repeat(7 << 20);
    let large = (0..30).map(|index| {
        let mut paging = next(&format!("c{index}"));
        paging["filler"] = json!(filler);
        page(&["1"], &paging)
    });
    assert_eq!(listing(large.collect()), ("endless: more than 128 MiB of templates".into(), 19));
    assert_eq!(
        listing(vec![page(&["1"], &next("a")), page(&["2"], &next("a"))]).0,
        "endless: a page leads back to an earlier one"
    );
    // A page without rows is not the last one.
    assert_eq!(listing(vec![page(&["1"], &next("a")), page(&[], &next("b")), last()]), ("1 3".into(), 3));
}

#[test]
fn g12_rows_that_repeat_over_pages_count_once() {
    let pages =
        vec![page(&["1", "2"], &next("a")), page(&["2", "3"], &next("b")), page(&["1", "4"], &Value::Null)];
    assert_eq!(listing(pages), ("1 2 3 4".into(), 3));
}

/// The plan for a listing with one row, twice over: whether anything is sent, and what for.
fn planned(row: &Value) -> Result<Vec<String>, String> {
    let body = json!({ "data": [row], "paging": null }).to_string();
    let (base, _) = server(vec![answer("200 OK", JSON, &body)]);
    let mut seen = Err(String::new());
    run(async {
        let listed = calls::list(&http(&base), WABA).await;
        seen = match listed {
            Ok(versions) => {
                let listing = Listing { versions, limit: None };
                let wanted = source("a");
                let saved = Memory::default().saved;
                let plan = plan(&sides(&wanted, &listing, &saved, 7), &options("overwrite prune"));
                Ok(plan.changes.iter().map(super::shown).collect())
            }
            Err(error) => Err(error.to_string()),
        };
    });
    seen
}

#[test]
fn g13_what_nobody_has_heard_of_is_kept_and_is_no_change_that_could_be_sent() {
    let body = json!({ "type": "BODY", "text": "Your order is on its way to you." });
    let row = |status: &str, category: &str, components: &Value| {
        json!({ "id": "1", "name": "order", "language": "en_US", "status": status, "category": category,
                "quality_score": { "score": "TOOCRAZY" }, "parameter_format": "TIKTOK", "components": components })
    };
    let button = json!({ "type": "BUTTONS", "buttons": [{ "type": "TELEPORT", "text": "Go" }] });
    let header = json!({ "type": "HEADER", "format": "HOLOGRAM" });
    let odd = json!({ "type": "TIKTOK", "video": { "deep": [1, 2, null] } });
    let known = planned(&row("approved", "utility", &json!([body])));
    assert_eq!(known, Ok(vec!["= adopted".into()]));
    for (status, category, components) in [
        ("TOOCRAZY", "UTILITY", json!([body])),
        ("APPROVED", "TIKTOK", json!([body])),
        ("APPROVED", "UTILITY", json!([body, button])),
        ("APPROVED", "UTILITY", json!([body, header])),
        ("APPROVED", "UTILITY", json!([body, odd])),
    ] {
        let told = planned(&row(status, category, &components)).expect("a listing");
        let shown = told.join("; ");
        assert!(["= adopted", "! not_adopted", "! category_is_fixed"].contains(&shown.as_str()), "{shown}");
    }
    let listed =
        answer("200 OK", JSON, &json!({ "data": [row("TOOCRAZY", "X", &json!([body]))] }).to_string());
    let (base, _) = server(vec![listed]);
    run(async {
        let versions = calls::list(&http(&base), WABA).await.expect("a listing");
        assert_eq!((versions[0].status.as_str(), versions[0].category.as_str()), ("TOOCRAZY", "X"));
        assert!(matches!(versions[0].status, Status::Other(_)));
    });
}

#[test]
fn g14_rows_that_lack_something_or_have_too_much_are_read_or_refused() {
    let row = json!({ "id": "1", "name": "order", "language": "en_US", "status": "APPROVED", "category": "UTILITY",
                      "components": [{ "type": "BODY", "text": "Your order is on its way to you." }] });
    let with = |key: &str, value: Value| {
        let mut row = row.clone();
        row[key] = value;
        planned(&row)
    };
    // An id beyond what a float holds stays what it is.
    let body = json!({ "data": [row] }).to_string().replace("\"1\"", "12345678901234567891");
    assert_eq!(listing(vec![answer("200 OK", JSON, &body)]).0, "12345678901234567891");
    for (key, value) in [
        ("components", Value::Null),
        ("components", json!([null, 7, "x", [], {}])),
        ("components", json!({})),
        ("quality_score", Value::Null),
        ("status", Value::Null),
        ("category", Value::Null),
        ("language", json!(7)),
        ("name", Value::Null),
        ("id", json!(1e15)),
        ("id", Value::Null),
        ("extra", json!({ "a": [{}] })),
    ] {
        let told = with(key, value.clone());
        // A row that does not say which version it is would look as if that were not there.
        if ["id", "name"].contains(&key) && value.is_null() {
            assert_eq!(told, Err("the response has no `id, name, language`".into()), "{key} {value}");
            continue;
        }
        if key == "id" {
            let message = "the response has the id `1000000000000000.0`, which is not a number";
            assert_eq!(told, Err(message.into()), "{key} {value}");
            continue;
        }
        // Nothing is created, edited or deleted for a row that is there and lacks something else.
        let shown = told.expect("a listing").join("; ");
        let is_other = key == "language";
        assert!(!shown.contains(['~', '-']) && (is_other || !shown.contains('+')), "{key} {value}: {shown}");
    }
    let deep = format!("{{\"data\": [{}1{}]}}", "[".repeat(10_000), "]".repeat(10_000));
    let (seen, _) = listing(vec![answer("200 OK", JSON, &deep)]);
    assert!(seen.contains("instead of a Graph API response"), "{seen}");
    let twice = "{\"data\": [], \"data\": [{\"id\": \"1\", \"name\": \"a\", \"language\": \"fa\", \"status\": \"APPROVED\", \"category\": \"UTILITY\"}]}";
    assert!(["", "1"].contains(&listing(vec![answer("200 OK", JSON, twice)]).0.as_str()));
}

/// Texts that would change the address if they were put into it.
fn bad_ids() -> impl Iterator<Item = String> {
    let ids = [
        "",
        "1/../2",
        "..",
        "1?access_token=x",
        "1#",
        "1%2f2",
        "1 2",
        "1\r\nX: y",
        "\\",
        "//elsewhere.invalid",
        "१",
        "-1",
        "1.0",
        "me",
    ];
    ids.into_iter().map(str::to_owned).chain(["9".repeat(33)])
}

#[test]
fn g25_an_id_of_an_answer_is_a_number_or_an_error() {
    let payload = desired(&[template("order", "Your order is on its way to you.")]).remove(0).payload;
    let json = |value: Value| answer("200 OK", JSON, &value.to_string());
    for id in bad_ids() {
        let told = format!("the response has the id `{id}`, which is not a number");
        let row = json!({ "id": id, "name": "order", "language": "en_US", "status": "APPROVED", "category": "UTILITY" });
        assert_eq!(listing(vec![page(&[id.as_str()], &Value::Null)]), (told.clone(), 1));
        let answers = [
            json(row.clone()),
            json(row.clone()),
            json(json!({ "data": [row] })),
            json(json!({ "data": { "app_id": id } })),
            json(json!({ "data": [{ "id": "1" }, { "id": id }] })),
        ];
        let (base, asked) = server(answers.to_vec());
        run(async {
            let http = http(&base);
            let mut errors = vec![
                calls::get(&http, "1").await.map(drop).map_err(|error| error.to_string()),
                calls::create(&http, WABA, &payload).await.map(drop).map_err(|error| error.to_string()),
                calls::upsert(&http, WABA, &payload, &["en_US"])
                    .await
                    .map(drop)
                    .map_err(|error| error.to_string()),
            ];
            let token = http.ask_about_token().await.expect("an answer");
            errors.push(graph::token::response(&token).map(drop).map_err(|error| error.to_string()));
            let edge = http.send(graph::node::edge(WABA, "phone_numbers")).await.expect("an answer");
            errors.push(graph::node::ids(&edge).map(drop).map_err(|error| error.to_string()));
            assert_eq!(errors, vec![Err(told.clone()); 5], "{id}");
        });
        assert_eq!(asked.lock().expect("no panic elsewhere").len(), 5, "{id}");
    }
}

#[test]
fn g25_an_id_that_is_no_part_of_an_address_is_not_sent() {
    let (base, asked) = server(vec![page(&["1"], &Value::Null)]);
    run(async {
        for id in bad_ids()
            .filter(|id| !["me"].contains(&id.as_str()) && !id.bytes().all(|byte| byte.is_ascii_digit()))
        {
            for request in
                [graph::get::request(&id), graph::list::request(&id, None, None), graph::upload::ask(&id)]
            {
                let fault = http(&base).send(request).await.expect_err("it is not sent");
                assert!(matches!(fault, TransportError::ConnectFailed { .. }), "{id}: {fault}");
            }
        }
        let fault = http(&base).send(graph::get::request("")).await.expect_err("it is not sent");
        assert!(fault.to_string().contains("is not a Graph API path"), "{fault}");
    });
    assert_eq!(asked.lock().expect("no panic elsewhere").len(), 0);
}

#[test]
fn g16_a_search_that_finds_longer_names_finds_the_one_that_was_meant() {
    on_stage(Review::Approve, async |stage| {
        let mut project = Memory::default();
        let longer = desired(&[template("order_update", "Your order is on its way to you.")]);
        stage.push(&mut project, &longer, &PlanOptions::default()).await;
        let key = VersionKey { name: "order".into(), language: "en_US".into() };
        assert!(calls::find(&stage.http(), WABA, &key).await.expect("an answer").is_none());
        // A creation that did not arrive is not taken for done because of it.
        stage.fault(json!({ "method": "POST", "kind": "drop_before" })).await;
        let both = [longer, source("a")].concat();
        let (_, outcome) = stage.push(&mut project, &both, &PlanOptions::default()).await;
        assert!(matches!(outcome.items[0].result, Err(ApplyError::NotDone(_))), "{outcome:#?}");
        stage.assert_recovers(&mut project, &both, &PlanOptions::default(), "a longer name").await;
    });
}

#[test]
fn g22_words_before_the_answer_are_skipped() {
    for early in ["100 Continue", "103 Early Hints"] {
        let bytes = format!("HTTP/1.1 {early}\r\nlink: </x>\r\n\r\n{}", last());
        assert_eq!(listing(vec![bytes]), ("3".into(), 1), "{early}");
    }
}

#[test]
fn g22_a_write_on_a_connection_that_closes_is_not_sent_again() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // Pages are answered on a connection that stays open; a write is read, and then the connection closes.
            while let Some(head) = head(&mut stream) {
                let line = head.lines().next().unwrap_or_default().to_owned();
                let is_write = line.starts_with("post");
                log.lock().expect("no panic elsewhere").push(line);
                let page = last().replacen("connection: close\r\n", "", 1);
                if is_write || stream.write_all(page.as_bytes()).is_err() {
                    break;
                }
            }
        }
    });
    run(async {
        let remote = http(&base);
        assert_eq!(calls::list(&remote, WABA).await.expect("a listing").len(), 1);
        let error = calls::create(&remote, WABA, &source("a")[0].payload).await.expect_err("no answer");
        assert!(matches!(error, CallError::Transport(TransportError::ResponseLost { .. })), "{error}");
    });
    let seen = seen.lock().expect("no panic elsewhere");
    assert_eq!(seen.iter().filter(|line| line.starts_with("post")).count(), 1, "{seen:?}");
}

#[test]
fn h09_one_language_is_deleted_by_its_id_and_the_others_stay() {
    on_stage(Review::Approve, async |stage| {
        let file = |languages: &str| {
            template("order", "Your order is on its way to you.")
                .replace("language: en_US", &format!("languages: [{languages}]"))
        };
        let mut project = Memory::default();
        let prune = options("prune");
        stage.push(&mut project, &desired(&[file("en_US, en_GB, en")]), &prune).await;
        let (plan, outcome) = stage.push(&mut project, &desired(&[file("en_US, en")]), &prune).await;
        assert_eq!((plan.count(Action::Delete), result(&outcome)), (1, " -> done".into()), "{outcome:#?}");
        let left = stage.listed().await;
        let mut left: Vec<_> = left.iter().filter(|deployed| deployed.key.name == "order").collect();
        left.sort_by_key(|deployed| deployed.key.language.clone());
        assert_eq!(
            left.iter().map(|deployed| deployed.key.language.as_str()).collect::<Vec<_>>(),
            ["en", "en_US"]
        );
        let log = stage.look("requests").await;
        let sent = log["requests"].as_array().expect("requests").iter();
        let deleted: Vec<_> =
            sent.filter(|request| request["method"] == "DELETE").map(Value::to_string).collect();
        assert!(deleted.len() == 1 && deleted[0].contains("hsm_id"), "{deleted:?}");
    });
}
