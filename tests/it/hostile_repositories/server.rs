//! The sandbox: the server that a web page could reach, and the addresses that a committed state names.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::case::{ANY, Case, REFUSED};
use super::world::World;

const LIST: &str = "/v26.0/100000000000000/message_templates";
const TOKEN: &str = "Authorization: Bearer sandbox-token\r\n";
const JSON: &str = "Content-Type: application/json\r\n";
const TEXT: &str = "Content-Type: text/plain\r\n";

pub(super) fn cases() -> Vec<Case> {
    [states(), pages()].into_iter().flatten().collect()
}

/// Makes a state of the sandbox that sends webhooks to the canary.
fn state(world: &World) {
    world.hand_over();
    let program = super::Program::copied();
    let mut command = Command::new(&program.path);
    world.environment(&mut command);
    let done = command.arg("push").current_dir(world.path("")).stdout(Stdio::null()).status();
    assert!(done.expect("it runs").success());
    let path = world.path(".watpl/sandbox/state.json");
    let text = fs::read_to_string(&path).expect("a state");
    let mut state: Value = serde_json::from_str(&text).expect("JSON");
    for account in state["accounts"].as_object_mut().expect("accounts").values_mut() {
        account["books"]["subscription"] =
            serde_json::json!({ "override_callback_uri": null, "verify_token": null });
    }
    let target = world.fill("{canary}/admin/delete-all");
    state["webhooks"] = serde_json::json!({ "target": { "url": target } });
    fs::write(path, state.to_string()).expect("written");
    for name in ["sandbox/journal.jsonl", "sandbox.lock", "sandbox.writer"] {
        world.without(&format!(".watpl/{name}"));
    }
    world.template("second");
}

/// Commands after which a webhook would be sent.
const PUSHES: [&str; 4] = ["push", "sync --yes", "status", "push"];

fn states() -> Vec<Case> {
    vec![
        Case::new(
            "state-with-webhook",
            "The sandbox's state is committed, and names a service on this machine",
            |world| {
                state(world);
                world.commit();
            },
        )
        .run_all(&PUSHES, REFUSED)
        .says(&[".watpl"]),
        Case::new("archived-state-with-webhook", "An unpacked archive has such a state folder", state)
            .run_all(&PUSHES, ANY),
        Case::new("scenario-with-webhook", "A scenario that no one names has a webhook", |world| {
            world.file("scenario.yaml", "webhook: { url: \"{canary}\" }\n").commit();
        })
        .run_all(&["push", "status"], ANY),
    ]
}

/// Sends a request as it is; gives back the status and the rest.
fn ask(base: &str, line: &str, headers: &str, body: &str) -> Result<(u16, String), String> {
    let sent = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(base.trim_start_matches("http://"))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let length = body.len();
        write!(
            stream,
            "{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = sent().map_err(|error| format!("{line}: {error}"))?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.ok_or_else(|| format!("{line}: no answer"))?, answer))
}

/// A request that must be refused, without an effect.
fn refuses(base: &str, line: &str, headers: &str, body: &str) -> Result<(), String> {
    let (status, answer) = ask(base, line, headers, body)?;
    if (400..500).contains(&status) && !answer.contains("hello_world") {
        return Ok(());
    }
    Err(format!("`{line}` with {headers:?} was answered with {status}"))
}

/// A request that must work.
fn takes(base: &str, line: &str, headers: &str, body: &str) -> Result<(), String> {
    let (status, answer) = ask(base, line, headers, body)?;
    if status == 200 {
        Ok(())
    } else {
        Err(format!("`{line}` with {headers:?} was answered with {status}: {answer}"))
    }
}

/// The `Host` header of a server.
fn host(base: &str) -> String {
    format!("Host: {}\r\n", base.trim_start_matches("http://"))
}

const NOTE: &str = r#"{"name":"evil_note","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Hello you there my friend."}]}"#;

fn pages() -> Vec<Case> {
    vec![
        Case::new(
            "page-rebinds",
            "A web page reaches the sandbox by its own host name (DNS rebinding)",
            |_| {},
        )
        .serve("sandbox --port 0", |base| {
            for name in
                ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "169.254.169.254", ""]
            {
                let host = format!("Host: {name}\r\n");
                refuses(base, "GET /_sandbox/dump", &host, "")?;
                refuses(base, &format!("GET {LIST}"), &format!("{host}{TOKEN}"), "")?;
                refuses(base, "POST /_sandbox/reset", &format!("{host}{JSON}"), "{}")?;
            }
            takes(base, &format!("GET {LIST}"), &(host(base) + TOKEN), "")?;
            let port = base.rsplit(':').next().unwrap_or_default();
            takes(base, &format!("GET {LIST}"), &format!("Host: localhost:{port}\r\n{TOKEN}"), "")
        })
        .serve("sandbox --port 0 --allow-host forwarded.example", |base| {
            takes(base, &format!("GET {LIST}"), &format!("Host: forwarded.example\r\n{TOKEN}"), "")?;
            refuses(base, &format!("GET {LIST}"), &format!("Host: evil.example\r\n{TOKEN}"), "")
        }),
        Case::new(
            "page-from-elsewhere",
            "A web page of another origin sends requests to the sandbox",
            |_| {},
        )
        .serve("sandbox --port 0", |base| {
            for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://"] {
                let headers = format!("{}Origin: {origin}\r\n", host(base));
                refuses(base, "POST /_sandbox/reset", &format!("{headers}{JSON}"), "{}")?;
                refuses(base, "GET /_sandbox/dump", &headers, "")?;
                let line = format!("POST {LIST}?access_token=sandbox-token");
                refuses(base, &line, &format!("{headers}{TEXT}"), NOTE)?;
                refuses(base, &line, &format!("{headers}{JSON}"), NOTE)?;
            }
            let (_, dump) = ask(base, "GET /_sandbox/dump", &host(base), "")?;
            if dump.contains("evil_note") {
                return Err("the page created a template".to_owned());
            }
            let own = format!("{}Origin: http://localhost:3000\r\n{JSON}", host(base));
            takes(base, "POST /_sandbox/reset", &own, "{}")
        }),
        Case::new(
            "page-sends-forms",
            "A web page sends control calls as a form, which browsers allow without asking",
            |_| {},
        )
        .serve("sandbox --port 0", |base| {
            for kind in [
                TEXT,
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "",
            ] {
                let headers = format!("{}{kind}", host(base));
                refuses(base, "POST /_sandbox/reset", &headers, "{}")?;
                let faults = r#"{"faults":[{"kind":"drop_before","times":100000}]}"#;
                refuses(base, "POST /_sandbox/faults", &headers, faults)?;
            }
            takes(base, "POST /_sandbox/reset", &(host(base) + JSON), "{}")
        }),
        Case::new(
            "page-names-a-service",
            "A web page makes the sandbox call a service on this machine",
            |world| {
                world.file("canary", "{canary}");
            },
        )
        .serve_in("sandbox --port 0", |world, base| {
            let body = world.fill("{\"url\":\"{canary}/restart?x=1\"}");
            let origin = format!("{}Origin: https://evil.example\r\n", host(base));
            refuses(base, "POST /_sandbox/webhook", &format!("{origin}{TEXT}"), &body)?;
            refuses(base, "POST /_sandbox/webhook", &format!("{origin}{JSON}"), &body)?;
            refuses(base, "POST /_sandbox/webhook", &(host(base) + TEXT), &body)
        }),
    ]
}
