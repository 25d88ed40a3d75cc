//! What a run finds on this machine: locks of other runs, files that are gone, folders that cannot be used (H).

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::faults::{assert_whole, templates};
use super::{GOOD, Project, SECRET, Served};
use crate::run::Run;

const TWO_NAMES: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n  again: { waba_id: \"100000000000000\" }\n";

/// Runs both at once; what they ended with, in order, and what was said.
fn at_once(commands: [Command; 2]) -> ([i32; 2], String) {
    let children = commands
        .map(|mut command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts"));
    let outputs = children.map(|child| child.wait_with_output().expect("it ends"));
    let mut codes = outputs.each_ref().map(|output| output.status.code().unwrap_or(-1));
    codes.sort_unstable();
    let said = outputs.iter().map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).collect();
    (codes, said)
}

fn push(project: &Project, sandbox: &Served, arguments: &str) -> Command {
    let mut command = project.command(arguments);
    command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", SECRET);
    command
}

fn slow(sandbox: &Served) {
    let fault = json!({ "method": "POST", "kind": "slow", "milliseconds": 300, "times": 99 });
    sandbox.control("faults", &json!({ "faults": [fault] }));
}

#[test]
fn h01_an_account_with_two_names_has_one_writer() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 5).with("watpl.yaml", TWO_NAMES);
    slow(&sandbox);
    let names = ["push --yes", "push --yes --account again"];
    let (codes, said) = at_once(names.map(|arguments| push(&project, &sandbox, arguments)));
    assert_eq!(codes, [0, 3], "{said}");
    assert!(said.contains("another run is writing to this account (process "), "{said}");
    // One after the other both go.
    for arguments in names {
        Run::of(&mut push(&project, &sandbox, arguments)).assert(0, &["nothing to do"]);
    }
}

#[test]
fn h01_an_account_of_two_projects_has_one_writer() {
    let sandbox = Served::start(&["--token", SECRET]);
    let projects = [(); 2].map(|()| templates(Project::at_meta(), 5));
    let home = Project::empty();
    slow(&sandbox);
    let (codes, said) = at_once(projects.each_ref().map(|project| {
        let mut command = push(project, &sandbox, "push --yes");
        command.env("XDG_STATE_HOME", home.path("state"));
        command
    }));
    assert_eq!(codes, [0, 3], "{said}");
    assert!(said.contains("another run is writing to this account (process "), "{said}");
    for project in &projects {
        assert_whole(project, &sandbox, 6, "two projects");
    }
}

fn writers(project: &Project) -> Vec<PathBuf> {
    let files = fs::read_dir(project.path(".watpl")).expect("a folder").flatten().map(|file| file.path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "writer")).collect()
}

#[test]
fn h02_what_a_dead_run_left_holds_nobody_up() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let [writer] = &writers(&project)[..] else { unreachable!("one account is one file") };
    // The number belongs to another process by now, or the file was cut.
    for left in [format!("process {} since 5", std::process::id()), "process 1 sin".into(), "\u{7}".into()] {
        fs::write(writer, left).expect("a file is written");
        project.run_at(&sandbox.base, "push --yes").assert(0, &["nothing to do"]);
    }
    fs::remove_file(writer).expect("it is there");
    project.run_at(&sandbox.base, "push --yes").assert(0, &["nothing to do"]);
}

#[test]
fn h08_files_that_are_not_there_delete_nothing() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 2);
    project.run_at(&sandbox.base, "push --yes").assert(0, &["3 done"]);
    let writes = sandbox.writes();
    let prune = "sync --prune --yes";
    // A file has another name, and says the same.
    fs::rename(project.path("templates/notice_00.yaml"), project.path("templates/zz.yaml")).expect("renamed");
    project.run_at(&sandbox.base, prune).assert(0, &["nothing to do"]);
    // A folder was not checked out, or a pattern means nothing.
    fs::rename(project.path("templates"), project.path("gone")).expect("renamed");
    for arguments in [prune, "sync --prune --yes templates", "push --yes"] {
        let run = project.run_at(&sandbox.base, arguments);
        assert!([2, 3].contains(&run.code), "{}", run.shown());
    }
    fs::create_dir(project.path("templates")).expect("a folder");
    project.run_at(&sandbox.base, prune).assert(2, &["no templates found in templates"]);
    // Nothing is deleted that was not asked for, and without leave nothing at all.
    fs::rename(project.path("gone/order_shipped.yaml"), project.path("templates/order_shipped.yaml"))
        .expect("renamed");
    project.run_at(&sandbox.base, "push --yes").assert(0, &[]);
    project.run_at(&sandbox.base, "sync --prune").assert(2, &["2 to delete", "not a terminal"]);
    let config = fs::read_to_string(project.path("watpl.yaml")).expect("a file");
    let project = project.with("watpl.yaml", config + "sync: { max_deletes: 1 }\n");
    project.run_at(&sandbox.base, prune).assert(1, &["! notice_00/en_US", "! notice_01/en_US"]);
    assert_eq!(sandbox.writes(), writes);
}

#[test]
fn h11_what_a_refusal_left_undone_is_all_that_the_next_run_does() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = templates(Project::at_meta(), 9);
    let fault = json!({ "method": "POST", "kind": "rate_limit", "after": 3, "times": 99 });
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let run = project.run_at(&sandbox.base, "push --yes --format json --max-wait 1s");
    assert_eq!(run.code, 3, "{}", run.shown());
    let told: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let items = told["outcome"]["items"].as_array().expect("items");
    let results: Vec<_> = items.iter().map(|item| item["result"].as_str().expect("a text")).collect();
    assert_eq!((results.len(), &results[..4]), (10, &["done", "done", "done", "not_done"][..]), "{told}");
    assert!(results[4..].iter().all(|result| *result == "not_tried"), "{told}");
    sandbox.control("faults", &json!({ "faults": [] }));
    let before = sandbox.writes();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["7 done"]);
    assert_eq!(sandbox.writes() - before, 7);
    assert_whole(&project, &sandbox, 10, "after a refusal");
}

#[test]
fn h14_a_folder_of_the_user_that_cannot_be_used_stops_nothing() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta().with("file", "no folder");
    let states = [project.path("file"), project.path("file/below"), "/proc/none".into(), "relative".into()];
    for (index, state) in states.iter().enumerate() {
        let text = GOOD.replace("order_shipped", &format!("order_{index}"));
        fs::write(project.path("templates/order_shipped.yaml"), text).expect("a file is written");
        let mut command = push(&project, &sandbox, "push --yes");
        Run::of(command.env("XDG_STATE_HOME", state).env("HOME", "/nowhere")).assert(0, &["1 done"]);
    }
    assert!(!project.path("relative").exists());
}
