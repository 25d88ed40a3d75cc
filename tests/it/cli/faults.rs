//! What faults, signals and crashes do to the program: rows of the catalogue of hostile inputs, by their names.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use super::{GOOD, PROGRAM, Project, Run, SECRET, Served};

pub(super) fn templates(project: Project, count: usize) -> Project {
    (0..count).fold(project, |project, index| {
        let name = format!("notice_{index:02}");
        let text = GOOD.replace("order_shipped", &name).replace("on its way", &format!("on its way {index}"));
        project.with(&format!("templates/{name}.yaml"), text)
    })
}

/// The names and languages of an account, sorted.
fn listed(sandbox: &Served) -> Vec<String> {
    let (_, dump) = sandbox.get("/_sandbox/dump", "");
    let templates = dump["account"]["templates"].as_array().expect("templates");
    let own = templates.iter().filter(|template| template["name"] != "hello_world");
    let mut keys: Vec<_> =
        own.map(|template| format!("{}/{}", template["name"], template["language"])).collect();
    keys.sort();
    keys
}

/// Nothing is there twice, nothing is missing, and nothing is left to do.
pub(super) fn assert_whole(project: &Project, sandbox: &Served, count: usize, context: &str) {
    project.run_at(&sandbox.base, "push --yes").assert(0, &[]);
    let keys = listed(sandbox);
    let mut once = keys.clone();
    once.dedup();
    assert_eq!((keys.len(), once.len()), (count, count), "{context}: {keys:?}");
    project.run_at(&sandbox.base, "push").assert(0, &["nothing to do"]);
    let lock = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    assert_eq!(lock.matches("\"id\"").count(), count, "{context}: {lock}");
    assert!(!project.path(".watpl/live.steps.jsonl").exists(), "{context}");
}

#[test]
fn h03_a_run_killed_after_any_request_is_finished_by_the_next() {
    const COUNT: usize = 3;
    let mut runs = 0;
    // The requests of a push: the listing, the account's name, a creation each.
    for after in 0..COUNT + 2 {
        for kind in ["slow", "drip"] {
            let sandbox = Served::start(&["--token", SECRET]);
            let project = templates(Project::at_meta(), COUNT - 1);
            // The answer does not come in time, with or without an effect: there is time to kill the run.
            let fault = json!({ "kind": kind, "milliseconds": 60_000, "after": after });
            sandbox.control("faults", &json!({ "faults": [fault] }));
            let mut command = project.command("push --yes");
            command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            let began = Instant::now();
            while sandbox.arrived() <= after && began.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(20));
            }
            child.kill().expect("it runs");
            child.wait().expect("it ends");
            sandbox.control("faults", &json!({ "faults": [] }));
            assert_whole(&project, &sandbox, COUNT, &format!("{kind} after {after}"));
            runs += 1;
        }
    }
    assert_eq!(runs, 10);
}

#[test]
fn h04_a_signal_finishes_what_is_under_way_and_says_what_was_done() {
    for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let sandbox = Served::start(&["--token", SECRET]);
        let project = templates(Project::at_meta(), 3);
        let fault = json!({ "method": "POST", "kind": "slow", "milliseconds": 1_500, "after": 1 });
        sandbox.control("faults", &json!({ "faults": [fault] }));
        let mut command = project.command("push --yes");
        command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("it starts");
        // The listing, the name, one creation, and the one that is slow.
        let began = Instant::now();
        while sandbox.arrived() < 4 && began.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(20));
        }
        kill(Pid::from_raw(i32::try_from(child.id()).expect("a process")), signal).expect("it runs");
        let output = child.wait_with_output().expect("it ends");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{out}");
        assert!(out.contains("2 done, 2 not tried"), "{out}");
        assert_eq!(listed(&sandbox).len(), 2);
        assert_whole(&project, &sandbox, 4, "after a signal");
    }
}

#[test]
fn h04_a_second_signal_gives_up_what_is_under_way() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 3);
    let fault = json!({ "method": "POST", "kind": "slow", "milliseconds": 50_000, "after": 1 });
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let mut command = project.command("push --yes");
    command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let began = Instant::now();
    while sandbox.arrived() < 4 && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let process = Pid::from_raw(i32::try_from(child.id()).expect("a process"));
    kill(process, Signal::SIGINT).expect("it runs");
    // The second is heard once the first was.
    let mut said = [0; 10];
    child.stderr.as_mut().expect("a pipe").read_exact(&mut said).expect("it says that it stops");
    std::thread::sleep(Duration::from_millis(200));
    kill(process, Signal::SIGINT).expect("it runs");
    let output = child.wait_with_output().expect("it ends");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(130), "{out}");
    assert!(out.contains("1 done, 1 unknown") && out.contains("2 not tried"), "{out}");
    assert!(began.elapsed() < Duration::from_secs(40));
    sandbox.control("faults", &json!({ "faults": [] }));
    assert_whole(&project, &sandbox, 4, "after two signals");
}

#[test]
fn h05_a_full_disk_stops_the_run_and_the_lock_stays_whole() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 7);
    project.run_at(&sandbox.base, "push notice_00 --yes").assert(0, &["1 done"]);
    let before = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    // A file may have so many blocks: the lock fits, and so do some of the steps.
    let blocks = before.len().div_ceil(512) + 1;
    let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" push --yes");
    let mut command = Command::new("sh");
    command.args(["-c", &script, PROGRAM]).current_dir(project.0.path()).env_clear();
    command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
    let run = Run::of(&mut command);
    assert_eq!(run.code, 3, "{}", run.shown());
    assert!(run.out.contains("not tried"), "{}", run.shown());
    // It says which file, and what is there is whole.
    assert!(
        run.shown().contains("live.steps.jsonl") || run.shown().contains("watpl.lock"),
        "{}",
        run.shown()
    );
    let lock = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    assert!(watpl::lock::Lock::parse(&lock).is_ok(), "{lock}");
    assert_whole(&project, &sandbox, 8, "after a full disk");
}

#[test]
fn h06_what_a_killed_run_wrote_down_is_taken_in_and_garbage_is_refused() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let garbage = project.with(".watpl/live.steps.jsonl", "garbage\n");
    garbage.run_at(&sandbox.base, "push --yes").assert(3, &["live.steps.jsonl", "is not valid", "help:"]);
    let torn = garbage.with(".watpl/live.steps.jsonl", "{\"account\": \"li");
    torn.run_at(&sandbox.base, "push --yes").assert(0, &["nothing to do"]);
    assert!(!torn.path(".watpl/live.steps.jsonl").exists());
}

#[test]
fn h13_a_clock_that_jumps_holds_nothing_for_ever_and_loses_nothing() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let lock = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    // It was written by a machine whose clock was years ahead.
    let at =
        lock.split("\"applied_at\":").nth(1).and_then(|rest| rest.split(['}', ',']).next()).expect("a time");
    let ahead = lock.replace(at, "4000000000,\"edits\":[4000000001]");
    let project =
        project.with("watpl.lock", ahead).with("templates/order_shipped.yaml", GOOD.replace("soon", "today"));
    project.run_at(&sandbox.base, "push --yes").assert(0, &["edited"]);
    project.run_at(&sandbox.base, "push").assert(0, &["nothing to do"]);
}

#[test]
fn g01_a_server_that_cannot_be_reached_is_one_line() {
    let project = Project::at_meta();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let run = project.run_at(&format!("http://{closed}"), "push --yes");
    run.assert(3, &["cannot be reached", &closed.to_string()]);
    // Whoever speaks no TLS where it is asked for.
    let sandbox = Served::start(&["--token", SECRET]);
    let base = sandbox.base.replace("http://", "https://");
    project.run_at(&base, "push --yes").assert(3, &["cannot be reached"]);
    assert_eq!(sandbox.arrived(), 0);
}

#[test]
fn g02_too_many_calls_are_waited_for_as_told_and_never_too_long() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 1);
    for (header, least) in [("1", 1), ("2", 2)] {
        let fault = json!({
            "method": "POST", "kind": "rate_limit", "retry_after": header, "usage": 20, "times": 1,
        });
        sandbox.control("reset", &json!({}));
        sandbox.control("faults", &json!({ "faults": [fault] }));
        let _ = fs::remove_file(project.path("watpl.lock"));
        let began = Instant::now();
        project.run_at(&sandbox.base, "push --yes").assert(0, &["2 done"]);
        assert!(began.elapsed() >= Duration::from_secs(least), "{header}: {:?}", began.elapsed());
    }
    for header in ["1e9", "86400", "garbage", "-1"] {
        sandbox.control("reset", &json!({}));
        let fault =
            json!({ "method": "POST", "kind": "rate_limit", "retry_after": header, "usage": 20, "times": 9 });
        sandbox.control("faults", &json!({ "faults": [fault] }));
        let _ = fs::remove_file(project.path("watpl.lock"));
        let began = Instant::now();
        let run = project.run_at(&sandbox.base, "push --yes --max-wait 5s");
        run.assert(3, &["Meta's rate limit is reached (code 80008)", "longer than `--max-wait` allows"]);
        assert!(began.elapsed() < Duration::from_secs(10), "{header}");
        assert_eq!(listed(&sandbox).len(), 0);
    }
}

#[test]
fn g04_without_access_nothing_more_is_tried() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 2);
    for (code, subcode, help) in [
        (190, Some(463), "create a new one"),
        (200, None, "whatsapp_business_management"),
        (10, None, "lacks"),
    ] {
        let fault =
            json!({ "method": "POST", "kind": "error", "code": code, "subcode": subcode, "message": "No" });
        sandbox.control("faults", &json!({ "faults": [fault] }));
        project.run_at(&sandbox.base, "push --yes").assert(3, &["1 not done, 2 not tried", help]);
        let fault =
            json!({ "method": "GET", "kind": "error", "code": code, "subcode": subcode, "message": "No" });
        sandbox.control("faults", &json!({ "faults": [fault] }));
        project.run_at(&sandbox.base, "push --yes").assert(3, &["nothing was changed", help]);
    }
    assert_eq!(listed(&sandbox).len(), 0);
}

#[test]
fn g17_words_of_the_server_are_cut_and_shown_as_text() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    let long = format!("\u{1b}]52;c;eA==\u{7}{{token}} {}", "word ".repeat(20_000));
    let fault = json!({ "method": "POST", "kind": "error", "code": 100, "subcode": 1, "user_message": long });
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let run = project.run_at(&sandbox.base, "push --yes");
    assert_eq!(run.code, 1, "{}", run.shown());
    assert!(run.shown().len() < 5_000, "{}", run.shown().len());
    assert!(!run.shown().contains(['\u{1b}', '\u{7}']) && !run.shown().contains(SECRET), "{}", run.shown());
    let journal = fs::read_to_string(project.path(".watpl/journal.jsonl")).expect("a journal");
    assert!(!journal.contains(SECRET) && !journal.contains('\u{1b}'), "{journal}");
}

#[test]
fn g20_proxies_are_used_and_their_passwords_are_not_shown() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = proxy.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in proxy.incoming().flatten() {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.extend(byte);
            }
            let told = String::from_utf8_lossy(&head).to_lowercase();
            let asked =
                told.starts_with("connect graph.facebook.com:443") && told.contains("proxy-authorization");
            let status = if asked { "407 Not You" } else { "400 Not This" };
            let _ = stream.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes());
        }
    });
    let project = Project::at_meta();
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let mut command = project.command("diff");
        command.env("WATPL_TOKEN", SECRET).env(variable, format!("http://someone:PASSWORD@{address}"));
        command.env("RUST_LOG", "trace");
        let run = Run::of(&mut command);
        run.assert(3, &["graph.facebook.com cannot be reached"]);
        assert!(run.shown().contains("407") || run.shown().contains("proxy"), "{variable}: {}", run.shown());
        assert!(!run.shown().contains("PASSWORD") && !run.shown().contains(SECRET), "{}", run.shown());
    }
    // A server on this machine is asked without one.
    let sandbox = Served::start(&["--token", SECRET]);
    let mut command = project.command("diff");
    command.env("WATPL_TOKEN", SECRET).env("WATPL_GRAPH_URL", &sandbox.base);
    Run::of(command.env("http_proxy", format!("http://{address}"))).assert(0, &["1 to create"]);
}

#[test]
fn h01_of_two_pushes_at_once_one_is_told_who_is_first() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 5);
    let fault = json!({ "method": "POST", "kind": "slow", "milliseconds": 300, "times": 99 });
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let spawn = || {
        let mut command = project.command("push --yes");
        command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let both = [spawn(), spawn()].map(|child| child.wait_with_output().expect("it ends"));
    let mut codes = both.each_ref().map(|output| output.status.code().unwrap_or(-1));
    codes.sort_unstable();
    let said: String =
        both.iter().map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).collect();
    assert_eq!(codes, [0, 3], "{said}");
    assert!(said.contains("another run is writing to this account (process "), "{said}");
    assert_whole(&project, &sandbox, 6, "two at once");
}

#[test]
fn h01_two_machines_at_once_create_nothing_twice() {
    let sandbox = Served::start(&["--token", SECRET]);
    let projects = [(); 2].map(|()| templates(Project::at_meta(), 5));
    let children = projects.each_ref().map(|project| {
        let mut command = project.command("push --yes");
        command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    });
    for mut child in children {
        child.wait().expect("it ends");
    }
    for project in &projects {
        assert_whole(project, &sandbox, 6, "two machines");
    }
}

#[test]
fn a_template_edited_in_the_console_between_diff_and_push_is_not_overwritten() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let project = project.with("templates/order_shipped.yaml", GOOD.replace("soon", "today"));
    project.run_at(&sandbox.base, "diff").assert(0, &["1 to edit"]);
    let components = json!([{ "type": "BODY", "text": "Something else entirely." }]);
    let edit = json!({ "name": "order_shipped", "language": "en_US", "components": components });
    sandbox.control("console", &edit);
    project
        .run_at(&sandbox.base, "push --yes")
        .assert(4, &["! order_shipped/en_US", "edited outside watpl and in the file"]);
    assert_eq!(sandbox.writes(), 1);
}

/// What can go wrong with a call.
fn kinds() -> Vec<Value> {
    vec![
        json!({ "kind": "body" }),
        json!({ "kind": "body", "status": 200 }),
        json!({ "kind": "body", "status": 204, "body": "" }),
        json!({ "kind": "body", "status": 400, "body": "" }),
        json!({ "kind": "body", "status": 503, "body": "" }),
        json!({ "kind": "rate_limit", "retry_after": "7200" }),
        json!({ "kind": "rate_limit", "code": 4, "status": 429, "retry_after": "7200" }),
        json!({ "kind": "error", "code": 1 }),
        json!({ "kind": "error", "code": 2, "transient": true }),
        json!({ "kind": "error", "code": 131_000, "effect": true }),
        json!({ "kind": "error", "code": 190 }),
        json!({ "kind": "error", "code": 100 }),
        json!({ "kind": "redirect" }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "truncate" }),
        json!({ "kind": "half_json" }),
        json!({ "kind": "wrong_length", "by": 5 }),
        json!({ "kind": "wrong_length", "by": -5 }),
        json!({ "kind": "gzip_bomb", "megabytes": 64 }),
        json!({ "kind": "same_cursor" }),
        json!({ "kind": "cursor_loop" }),
        json!({ "kind": "next_elsewhere" }),
        json!({ "kind": "repeat_items" }),
        json!({ "kind": "empty_page" }),
        json!({ "kind": "number_ids" }),
        json!({ "kind": "rewrite", "at": ["/data/*/status", "/status"], "value": "TIKTOK" }),
        json!({ "kind": "remove", "at": ["/data/*/components", "/id"] }),
        json!({ "kind": "slow", "milliseconds": 100 }),
    ]
}

#[test]
fn every_fault_at_every_call_leaves_nothing_twice_and_nothing_missing() {
    let sandbox = Served::start(&["--token", SECRET]);
    let mut runs = 0;
    for kind in kinds() {
        // The listing, the account's name, two creations; all of them where time is no matter.
        for after in (0..4).filter(|after| after % 2 == 0 || crate::cases() >= 5_000) {
            sandbox.control("reset", &json!({}));
            let project = templates(Project::at_meta(), 1);
            let mut fault = kind.clone();
            fault["after"] = json!(after);
            sandbox.control("faults", &json!({ "faults": [fault] }));
            let began = Instant::now();
            let run = project.run_at(&sandbox.base, "push --yes --max-wait 2s");
            assert!([0, 1, 3].contains(&run.code), "{kind} after {after}: {}", run.shown());
            assert!(began.elapsed() < Duration::from_secs(60), "{kind} after {after}");
            sandbox.control("faults", &json!({ "faults": [] }));
            assert_whole(&project, &sandbox, 2, &format!("{kind} after {after}"));
            runs += 1;
        }
    }
    assert!(runs == 58 || runs == 116, "{runs}");
}

/// A project whose two templates, or what is left of three, are other than the account has them.
fn changed(sandbox: &Served, deletes: bool) -> Project {
    let project = templates(Project::at_meta(), if deletes { 2 } else { 1 });
    project.run_at(&sandbox.base, "push --yes").assert(0, &[]);
    if deletes {
        for name in ["notice_00", "notice_01"] {
            fs::remove_file(project.path(&format!("templates/{name}.yaml"))).expect("it is there");
        }
        return project;
    }
    ["order_shipped", "notice_00"].into_iter().fold(project, |project, name| {
        let path = format!("templates/{name}.yaml");
        let text = fs::read_to_string(project.path(&path)).expect("it is there");
        project.with(&path, text.replace("soon", "today"))
    })
}

/// One fault at one call of a run that edits or deletes, and the run after it.
fn survives(sandbox: &Served, kind: &Value, deletes: bool, after: usize) {
    let context = format!("{kind} after {after}, deletes: {deletes}");
    sandbox.control("reset", &json!({}));
    let project = changed(sandbox, deletes);
    let mut fault = kind.clone();
    fault["after"] = json!(after);
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let words = if deletes { "sync --prune --yes --max-wait 2s" } else { "push --yes --max-wait 2s" };
    let began = Instant::now();
    let run = project.run_at(&sandbox.base, words);
    // A listing that says something else of a version looks like an edit in the console.
    let codes: &[i32] = if after == 0 { &[0, 1, 3, 4] } else { &[0, 1, 3] };
    assert!(codes.contains(&run.code), "{context}: {}", run.shown());
    assert!(began.elapsed() < Duration::from_secs(60), "{context}");
    sandbox.control("faults", &json!({ "faults": [] }));
    project.run_at(&sandbox.base, words).assert(0, &[]);
    assert_whole(&project, sandbox, if deletes { 1 } else { 2 }, &context);
    let (_, dump) = sandbox.get("/_sandbox/dump", "");
    let all = dump["account"]["templates"].as_array().expect("templates");
    let edited = all.iter().filter(|template| {
        template["components"].to_string().contains("will reach you today")
            && template["edits"].as_array().is_some_and(|edits| edits.len() == 1)
    });
    // Each was edited, and once.
    assert_eq!(edited.count(), if deletes { 0 } else { 2 }, "{context}: {all:#?}");
}

#[test]
fn every_fault_at_every_call_of_edits_and_deletions_leaves_nothing_undone() {
    let sandbox = Served::start(&["--token", SECRET]);
    let mut runs = 0;
    for kind in kinds() {
        // The listing, the account's name; an edit is looked at before and after, a deletion before. Where time is
        // short, the first call that changes something.
        for (deletes, calls) in [(false, 8), (true, 6)] {
            for after in (0..calls).filter(|after| *after == 3 || crate::cases() >= 5_000) {
                survives(&sandbox, &kind, deletes, after);
                runs += 1;
            }
        }
    }
    assert!(runs == 58 || runs == 406, "{runs}");
}

#[test]
fn what_meta_refuses_is_shown_where_it_stands() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    let words = "C'est \u{1b}[31mrefusé";
    for (code, subcode, place, help) in [
        (100, Some(2_388_072), "body: Your order", "check line breaks"),
        (100, Some(2_388_046), "name: order_shipped", "use lower-case letters"),
        (100, Some(999), "language: en_US", ""),
        (10, Some(2_388_185), "category: utility", "raise its messaging limit"),
    ] {
        let error = json!({
            "error": { "code": code, "error_subcode": subcode, "error_user_msg": words, "fbtrace_id": "Tr" }
        });
        let fault = json!({ "method": "POST", "kind": "body", "status": 400, "body": error.to_string() });
        sandbox.control("faults", &json!({ "faults": [fault] }));
        let run = project.run_at(&sandbox.base, "push --yes");
        assert!([1, 3].contains(&run.code), "{}", run.shown());
        let codes = format!("code {code}, subcode {}", subcode.unwrap_or_default());
        for word in [codes.as_str(), place, help, "C'est \\u{1b}[31mrefusé", "trace Tr"] {
            assert!(run.out.contains(word), "{word:?} is not in\n{}", run.shown());
        }
        assert!(!run.out.contains('\u{1b}'));
    }
}
