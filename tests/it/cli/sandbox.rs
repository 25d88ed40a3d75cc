//! `watpl sandbox` on the command line, and the sandbox of a project.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{GOOD, PROGRAM, Project, Served};
use crate::run::Run;

/// Longer than any deadline of a command.
const SOON: Duration = Duration::from_secs(20);

fn state(project: &Project) -> Value {
    serde_json::from_slice(&fs::read(project.path(".watpl/sandbox/state.json")).expect("a state"))
        .expect("json")
}

/// A project whose committed state names an address of this machine for webhooks, and a template to push.
fn with_webhook(url: &str) -> Project {
    let project = Project::new();
    project.run("push").assert(0, &["1 done"]);
    let mut state = state(&project);
    state["webhooks"] = json!({"target": {"url": url}});
    let subscription = json!({"override_callback_uri": url, "verify_token": "t"});
    state["accounts"]["100000000000000"]["books"]["subscription"] = subscription;
    fs::remove_file(project.path(".watpl/sandbox/journal.jsonl")).expect("a journal");
    let other = GOOD
        .replace("order_shipped", "other")
        .replace("is on its way and will reach you soon", "has arrived at last");
    project.with(".watpl/sandbox/state.json", state.to_string()).with("templates/other.yaml", other)
}

/// A service of this machine, and whether something connected to it meanwhile.
fn service() -> (String, impl Fn() -> bool) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/admin", listener.local_addr().expect("an address"));
    listener.set_nonblocking(true).expect("it can be asked");
    (url, move || listener.accept().is_ok())
}

#[test]
fn a_committed_state_calls_no_webhook() {
    let (url, called) = service();
    let project = with_webhook(&url);
    for arguments in ["diff", "push", "status", "pull"] {
        let run = project.run(arguments);
        assert!(!called(), "{arguments}: {run:?}");
    }
    let journal = fs::read_to_string(project.path(".watpl/sandbox/journal.jsonl")).expect("a journal");
    assert!(journal.contains("other") && !journal.contains(&url), "{journal}");
}

#[test]
fn a_state_that_the_user_names_keeps_its_webhooks() {
    let (url, called) = service();
    let project = with_webhook(&url);
    let folder = project.path(".watpl/sandbox").display().to_string();
    let sandbox = Served::start(&["--state", &folder]);
    sandbox.control("review", &json!({"name": "hello_world", "status": "PAUSED"}));
    let begun = Instant::now();
    while !called() {
        assert!(begun.elapsed() < SOON, "the webhook was not called");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_state_that_is_a_device_is_refused_at_once() {
    let project = Project::new();
    fs::create_dir_all(project.path(".watpl/sandbox")).expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", project.path(".watpl/sandbox/state.json")).expect("a link");
    for arguments in ["push", "diff", "status"] {
        let limited = format!("ulimit -v 1000000; exec {PROGRAM} {arguments}");
        let mut command = Command::new("sh");
        command.args(["-c", &limited]).current_dir(project.path("")).env_clear().env("NO_COLOR", "1");
        let begun = Instant::now();
        Run::of(&mut command).assert(3, &["state.json", "it is a symbolic link"]);
        assert!(begun.elapsed() < SOON, "{arguments}");
    }
}

#[test]
fn a_scenario_may_be_a_pipe_that_is_written_to() {
    let folder = Project::empty();
    let pipe = folder.path("scenario");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let path = pipe.clone();
    let writing = std::thread::spawn(move || {
        let mut pipe = OpenOptions::new().write(true).open(path).expect("a pipe");
        pipe.write_all(b"fill: 3\n").expect("it can be written");
    });
    let sandbox = Served::start(&["--scenario", &pipe.display().to_string()]);
    writing.join().expect("it was written");
    let list = sandbox.get("/v26.0/100000000000000/message_templates?summary=total_count", "sandbox-token").1;
    assert_eq!(list["summary"]["total_count"], 4);
}

#[test]
fn a_scenario_that_never_comes_or_never_ends_is_given_up() {
    let folder = Project::empty().with("big.yaml", "#".repeat(1_100_000)).with("bytes.yaml", b"\xff\xfe");
    assert!(Command::new("mkfifo").arg(folder.path("pipe")).status().expect("mkfifo").success());
    std::os::unix::fs::symlink("/dev/zero", folder.path("zero")).expect("a link");
    for (scenario, wanted) in [
        ("pipe", "timed out while waiting for data from the pipe"),
        ("zero", "it is not a regular file"),
        ("big.yaml", "it is larger than 1 MiB"),
        ("bytes.yaml", "it is not UTF-8 text"),
        (".", "cannot be read"),
    ] {
        let begun = Instant::now();
        folder.run(&format!("sandbox --port 0 --scenario {scenario}")).assert(2, &[wanted]);
        assert!(begun.elapsed() < SOON, "{scenario}");
    }
    // A program that opens the pipe and writes nothing.
    let path = folder.path("pipe");
    let holding = std::thread::spawn(move || {
        let pipe = OpenOptions::new().write(true).open(path).expect("a pipe");
        std::thread::sleep(Duration::from_secs(6));
        drop(pipe);
    });
    folder
        .run("sandbox --port 0 --scenario pipe")
        .assert(2, &["timed out while waiting for data from the pipe"]);
    holding.join().expect("it held the pipe");
}

#[test]
fn ids_are_digits() {
    for option in ["--waba", "--app", "--phone"] {
        for bad in ["1/../2", "x", "1?a=b", "-1", "\u{661}", &"9".repeat(33)] {
            let run = Project::empty().run(&format!("sandbox --port 0 {option}={bad}"));
            run.assert(2, &["not a number with at most 32 digits"]);
        }
    }
    let sandbox = Served::start(&["--waba", "7", "--app", "8", "--phone", "9"]);
    assert_eq!(sandbox.get("/7", "sandbox-token").1["id"], "7");
}

#[test]
fn forwarded_ports_are_answered_by_their_names() {
    for bad in ["http://a", "a:80", "a/b", "*"] {
        let run = Project::empty().run(&format!("sandbox --port 0 --allow-host {bad}"));
        run.assert(2, &["not a host name or an IP address without a port"]);
    }
    let sandbox = Served::start(&["--allow-host", "forward.example", "--allow-host", "192.168.0.7"]);
    for (host, wanted) in [("forward.example", "200"), ("192.168.0.7:80", "200"), ("other.example", "403")] {
        let address = sandbox.base.strip_prefix("http://").expect("an http address");
        let mut stream = std::net::TcpStream::connect(address).expect("a connection");
        write!(stream, "GET /_sandbox/dump HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with(&format!("HTTP/1.1 {wanted} ")), "{host}: {answer:.300}");
    }
}
