//! State folders that others wrote: links, pipes, devices, huge files, and content that no sandbox writes.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use graph_sandbox::{Sandbox, SandboxError, Settings, StateFolder};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{LIST, code, saved, simple, with};

/// The files of a state folder.
const FILES: [&str; 2] = ["state.json", "journal.jsonl"];
/// No state is so hostile that refusing it takes longer.
const SOON: Duration = Duration::from_secs(10);

/// A state folder that a sandbox wrote: a snapshot, and a journal with one line.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    with(saved(folder.path()), async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
    });
    assert_eq!(FILES.map(|file| folder.path().join(file).is_file()), [true, true]);
    folder
}

fn open(state: StateFolder) -> Result<(), String> {
    let settings = Settings { state: Some(state), ..Settings::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let begun = Instant::now();
    let opened = runtime.block_on(Sandbox::bind(settings, 0)).map(drop);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    opened.map_err(|error| error.to_string())
}

/// The message with which a state folder is refused.
fn refusal(folder: &Path) -> String {
    open(folder.to_owned().into()).expect_err("a refusal")
}

/// Puts something in place of a state file; the refusal has to name the file and contain `wanted`.
fn refuses(file: &str, wanted: &str, put: impl FnOnce(&Path)) {
    let folder = folder();
    let path = folder.path().join(file);
    fs::remove_file(&path).expect("the file is there");
    put(&path);
    let message = refusal(folder.path());
    assert!(message.contains(&path.display().to_string()) && message.contains(wanted), "{message}");
}

/// A state folder whose snapshot was changed.
fn changed(change: impl FnOnce(&mut Value)) -> TempDir {
    let folder = folder();
    fs::remove_file(folder.path().join("journal.jsonl")).expect("a journal");
    let path = folder.path().join("state.json");
    let mut state = serde_json::from_slice(&fs::read(&path).expect("a file")).expect("json");
    change(&mut state);
    fs::write(path, state.to_string()).expect("it can be written");
    folder
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("target");
    for file in FILES {
        for there in [true, false] {
            if there {
                fs::write(&target, "{}").expect("it can be written");
            } else {
                fs::remove_file(&target).expect("it is there");
            }
            let link = |path: &Path| std::os::unix::fs::symlink(&target, path).expect("a link");
            refuses(file, "it is a symbolic link", link);
            assert_eq!(fs::read_to_string(&target).ok(), there.then(|| "{}".to_owned()));
        }
    }
}

#[cfg(unix)]
#[test]
fn links_that_appear_while_it_runs_are_not_written_through() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    for (file, call) in [("journal.jsonl", LIST), ("state.json", "/_sandbox/reset")] {
        let target = elsewhere.path().join(file);
        fs::write(&target, "precious").expect("it can be written");
        let folder = folder();
        with(saved(folder.path()), async |graph| {
            let path = folder.path().join(file);
            fs::remove_file(&path).expect("the file is there");
            std::os::unix::fs::symlink(&target, &path).expect("a link");
            let answer = graph.post(call, &simple("other", "en", "Has arrived.")).await;
            let message = answer["error"]["message"].as_str().unwrap_or_default().to_owned();
            assert!(message.contains(file) && message.contains("symbolic link"), "{answer}");
            assert!(path.is_symlink());
        });
        assert_eq!(fs::read_to_string(&target).expect("a file"), "precious");
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert!(left.len() <= 2, "{left:?}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_folders_are_refused_at_once() {
    for file in FILES {
        refuses(file, "it is not a regular file", |path| {
            assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
        });
        refuses(file, "it is not a regular file", |path| fs::create_dir(path).expect("a folder"));
        refuses(file, "it is not a regular file", |path| {
            drop(std::os::unix::net::UnixListener::bind(path).expect("a socket"));
        });
        refuses(file, "it is a symbolic link", |path| {
            std::os::unix::fs::symlink("/dev/zero", path).expect("a link");
        });
    }
}

#[test]
fn huge_files_are_refused_before_they_are_read() {
    for file in FILES {
        refuses(file, "it has more than 512 MiB", |path| {
            File::create(path).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
        });
    }
}

#[test]
fn more_values_than_fit_into_memory_are_refused() {
    for file in FILES {
        let many = format!("{{\"format\":2,\"accounts\":{{}},\"x\":[{}0]}}\n", "0,".repeat(16_000_000));
        refuses(file, "it has more than 16000000 values", |path| fs::write(path, many).expect("a file"));
    }
}

#[test]
fn a_folder_that_is_open_already_is_used_as_it_is() {
    let parent = tempfile::tempdir().expect("a folder");
    let path = parent.path().join("state");
    fs::create_dir(&path).expect("a folder");
    let folder = Arc::new(Dir::open_ambient_dir(&path, ambient_authority()).expect("a folder"));
    // Whatever the path leads to by now, the folder stays the same.
    let moved = parent.path().join("moved");
    fs::rename(&path, &moved).expect("it can be renamed");
    let state = StateFolder::Opened { folder, path: path.clone() };
    with(Settings { state: Some(state.clone()), ..Settings::default() }, async |graph| {
        graph.create(&simple("order", "en", "On its way.")).await;
    });
    assert!(moved.join("journal.jsonl").is_file() && !path.exists());
    open(state).expect("it is a state");
    let damaged = File::create(moved.join("state.json")).and_then(|file| file.set_len(1));
    damaged.expect("it can be written");
    let folder = Arc::new(Dir::open_ambient_dir(&moved, ambient_authority()).expect("a folder"));
    let message = open(StateFolder::Opened { folder, path: path.clone() }).expect_err("a refusal");
    assert!(message.contains(&path.join("state.json").display().to_string()), "{message}");
}

#[test]
fn content_that_no_sandbox_writes_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 16] = [
        ("missing field", |state| *state = json!({"format": 2})),
        ("invalid type", |state| *state = json!([1, 2])),
        ("invalid type", |state| state["accounts"] = json!({"1": 7})),
        ("its format is 99", |state| state["format"] = json!(99)),
        ("invalid value", |state| state["format"] = json!(-1)),
        ("`id` is not a number", |state| {
            let account = state["accounts"]["100000000000000"].take();
            state["accounts"] = json!({"../../etc": account});
        }),
        ("`id` is not a number", |state| {
            let account = state["accounts"]["100000000000000"].take();
            state["accounts"] = json!({"9".repeat(1_000_000): account});
        }),
        ("`phone` is not a number", |state| account(state)["phone"] = json!("")),
        ("`clock_offset` is out of range", |state| account(state)["books"]["clock_offset"] = json!(i64::MAX)),
        ("`creations` is out of range", |state| account(state)["books"]["creations"] = json!([i64::MIN])),
        ("more than its length", |state| {
            account(state)["books"]["sessions"] =
                json!([{"id": "x", "app": "1", "mime": "", "length": 1, "received": u64::MAX}]);
        }),
        ("`id` is not a number", |state| template(state)["id"] = json!("1/../2?x#y")),
        ("`id` is not a number", |state| template(state)["id"] = json!("9".repeat(1_000_000))),
        ("`updated` is out of range", |state| template(state)["updated"] = json!(i64::MAX)),
        ("row 18446744073709551615 is out of range", |state| {
            let row = template(state).take();
            account(state)["templates"] = json!({u64::MAX.to_string(): row});
        }),
        ("two templates have the same id", |state| {
            let row = template(state).clone();
            account(state)["templates"] = json!({"0": row, "1": row});
        }),
    ];
    for (wanted, change) in cases {
        let message = refusal(changed(change).path());
        assert!(message.contains("is damaged") && message.contains(wanted), "{wanted}: {message:.300}");
        assert!(message.len() < 1_000, "{} bytes", message.len());
    }
}

fn account(state: &mut Value) -> &mut Value {
    &mut state["accounts"]["100000000000000"]
}

fn template(state: &mut Value) -> &mut Value {
    &mut account(state)["templates"]["0"]
}

#[test]
fn deep_json_is_refused() {
    for file in FILES {
        for open in ["[", "{\"a\":"] {
            let deep = format!("{{\"format\":2,\"accounts\":{{}},\"x\":{}\n", open.repeat(1_000_000));
            refuses(file, "is damaged", |path| fs::write(path, deep).expect("a file"));
        }
    }
    let deep = (0..126).fold(json!("x"), |inner, _| json!([inner]));
    let folder = changed(|state| template(state)["components"] = json!([deep]));
    assert!(refusal(folder.path()).contains("recursion limit"));
}

#[test]
fn a_state_of_100000_templates_is_read() {
    let folder = changed(|state| {
        let mut row = template(state).clone();
        row["components"] = json!([super::body()]);
        row["sent"] = row["components"].clone();
        let rows = (0..100_000_u64).map(|number| {
            let mut row = row.clone();
            row["id"] = json!((10_u64.pow(15) + number).to_string());
            row["name"] = json!(format!("order_{number}"));
            (number.to_string(), row)
        });
        account(state)["templates"] = rows.collect::<serde_json::Map<_, _>>().into();
    });
    with(saved(folder.path()), async |graph| {
        let list = graph.get(&format!("{LIST}?limit=1&summary=total_count")).await;
        assert_eq!(list["summary"]["total_count"], 100_000);
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

/// The keys of the files are part of their format: names in the sources may change, these may not.
#[test]
fn a_state_of_format_2_is_read() {
    let account = json!({"clock_offset": 5, "creations": [], "locks": [], "sessions": [], "handles": [],
        "subscription": null, "flags": {"is_enabled_for_insights": true,
        "disable_marketing_messages_on_cloud_api": false, "no_template_archival": false}});
    let template = json!({"id": "7", "name": "order", "language": "en", "category": "UTILITY",
        "previous_category": null, "sub_category": null, "display_format": null, "parameter_format": "POSITIONAL",
        "message_send_ttl_seconds": null, "cta_url_link_tracking_opted_out": null,
        "is_primary_device_delivery_only": null, "components": [{"type": "BODY", "text": "On its way."}],
        "status": "PENDING", "rejected_reason": "NONE", "quality": "UNKNOWN", "created": 1, "updated": 1, "edits": [],
        "sample": false, "sent": [], "correct_category": null, "library_template_name": null, "parameter_types": [],
        "degrees_of_freedom_spec": null, "source": "MANUAL", "rejection_info": null,
        "agenda": [{"at": 9_000_000_000_i64, "change": {"status": "APPROVED"}}], "status_changed": 1,
        "archived_from": null, "used": 1, "sends": 0});
    let snapshot = json!({"format": 2, "accounts": {"100000000000000":
        {"phone": "300000000000000", "books": account, "templates": {"0": template}}}});
    let mut changed = account.clone();
    changed["clock_offset"] = json!(6);
    let line = json!({"account": "100000000000000", "books": changed, "templates": {}});
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("state.json"), snapshot.to_string()).expect("a snapshot");
    fs::write(folder.path().join("journal.jsonl"), format!("{line}\n")).expect("a journal");
    with(saved(folder.path()), async |graph| {
        let dump = graph.get("/_sandbox/dump").await;
        assert_eq!(dump["account"]["clock_offset"], 6);
        assert_eq!(dump["account"]["templates"][0]["agenda"][0]["change"]["status"], "APPROVED");
        graph.post("/_sandbox/clock", &json!({"advance_seconds": 1})).await;
    });
    let text = fs::read_to_string(folder.path().join("journal.jsonl")).expect("a journal");
    let line: Value = serde_json::from_str(text.lines().last().expect("a line")).expect("JSON");
    assert_eq!(line["books"]["clock_offset"], 7);
}
