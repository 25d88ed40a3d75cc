//! The program as people run it: what it prints, how it ends, and what it leaves alone.

mod accounts;
mod audit;
#[cfg(unix)]
mod boundary;
mod bounds;
mod certificates;
mod commands;
mod completion;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod files;
#[cfg(unix)]
mod git;
mod outputs;
mod plans;
#[cfg(target_os = "linux")]
mod questions;
#[cfg(unix)]
mod sandbox;
mod secrets;
#[cfg(unix)]
mod state;
mod trust;
#[cfg(unix)]
mod trust_command;
#[cfg(unix)]
mod window;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;
use watpl::workspace::LockFile;

use crate::run::Run;

const PROGRAM: &str = env!("CARGO_BIN_EXE_watpl");

const GOOD: &str = "\
name: order_shipped
category: utility
language: en_US
variables: { order: S20418 }
body: Your order {{order}} is on its way and will reach you soon.
";

/// A folder to run in.
struct Project(TempDir);

impl Project {
    fn empty() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// One clean template, in `templates/order_shipped.yaml`.
    fn new() -> Self {
        Self::empty().with("templates/order_shipped.yaml", GOOD)
    }

    /// A project whose account `live` is at Meta.
    fn at_meta() -> Self {
        Self::new().with(
            "watpl.yaml",
            "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n",
        )
    }

    fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, content).expect("a file is written");
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command.env_clear().env("NO_COLOR", "1").stdin(Stdio::null());
        // A machine of its own, unless a test says otherwise.
        command.env("XDG_STATE_HOME", self.path(".state")).env("XDG_CONFIG_HOME", self.path(".config"));
        command
    }

    fn run(&self, arguments: &str) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Against a server of ours, with a token.
    fn run_at(&self, base: &str, arguments: &str) -> Run {
        Run::of(self.command(arguments).env("WATPL_GRAPH_URL", base).env("WATPL_TOKEN", SECRET))
    }

    /// `lint --format json`.
    fn lint(&self) -> Value {
        let run = self.run("lint --format json");
        serde_json::from_str(&run.out).unwrap_or_else(|error| unreachable!("{error}: {run:?}"))
    }
}

/// `rule file:line` of each error.
fn errors(report: &Value) -> Vec<String> {
    let diagnostics = report["diagnostics"].as_array().expect("a list").iter();
    let errors = diagnostics.filter(|found| found["severity"] == "error");
    errors
        .map(|found| {
            let word = |key: &str| found[key].as_str().expect("a text");
            format!("{} {}:{}", word("rule"), word("file"), found["line"])
        })
        .collect()
}

#[test]
fn a_finding_for_people_has_its_place_its_help_and_its_reason() {
    let project =
        Project::new().with("templates/order_shipped.yaml", GOOD.replace("body:", "boddy:\n  x\nbody:"));
    insta::assert_snapshot!(project.run("lint").shown(), @r"
    unknown-key

      × `boddy` is not a key of a template
       ╭─[templates/order_shipped.yaml:5:1]
     4 │ variables: { order: S20418 }
     5 │ boddy:
       · ─────
     6 │   x
       ╰────
      help: did you mean `body`?
            note: the template cannot be deployed until this is fixed; see `watpl explain unknown-key`

    1 template in 1 version checked: 1 error
    exit code 1
    ");
    insta::assert_snapshot!(Project::new().run("lint").shown(), @r"
    1 template in 1 version checked: all clean
    exit code 0
    ");
}

#[test]
fn a_finding_for_machines_has_every_documented_field() {
    let text = format!("\u{feff}# 😀\n{GOOD}name: again\n").replace("body: Your", "body: {{order}} Your");
    let project = Project::new().with("templates/order_shipped.yaml", &text);
    let report = project.lint();
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    let set = |words: &str| words.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(keys(&report), set("version diagnostics unread summary"));
    assert_eq!(report["version"], 1);
    assert_eq!(keys(&report["summary"]), set("templates versions errors warnings infos"));
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    for found in diagnostics {
        let fields = "rule severity class message label help file start end line column related fix url";
        assert_eq!(keys(found), set(fields));
        assert!(["error", "warning", "info"].contains(&found["severity"].as_str().expect("a text")));
        let place = |key: &str| usize::try_from(found[key].as_u64().expect("a number")).expect("small");
        let span = text.get(place("start")..place("end")).expect("a place in the file");
        let before = &text[..place("start")];
        assert_eq!(place("line"), before.matches('\n').count() + 1, "{span}");
        let line = before.rsplit('\n').next().expect("a line").trim_start_matches('\u{feff}');
        assert_eq!(place("column"), line.chars().count() + 1, "{span}");
        assert_eq!(found["file"], "templates/order_shipped.yaml");
        assert!(
            found["url"]
                .as_str()
                .expect("a text")
                .ends_with(&format!("{}.md", found["rule"].as_str().expect("a text")))
        );
    }
    let by_rule = |rule: &str| diagnostics.iter().find(|found| found["rule"] == rule).expect("that rule");
    let duplicate = by_rule("duplicate-key");
    assert_eq!(keys(&duplicate["related"][0]), set("label file start end line column"));
    assert_eq!(duplicate["related"][0]["line"], 2);
    let quote = by_rule("unquoted-placeholder");
    assert_eq!(keys(&quote["fix"]), set("title safe edits"));
    assert_eq!(keys(&quote["fix"]["edits"][0]), set("file start end text"));
    let counted = diagnostics.iter().filter(|found| found["severity"] == "error").count();
    assert_eq!(report["summary"]["errors"], counted);
}

#[test]
fn the_exit_code_says_how_a_run_ended() {
    let clean = Project::new();
    clean.run("lint").assert(0, &["1 template in 1 version checked"]);
    clean.run("lint templates").assert(0, &[]);
    clean.run("lint templates/order_shipped.yaml").assert(0, &[]);
    clean.run("lint nowhere.yaml").assert(2, &["nowhere.yaml cannot be read", "help:"]);
    clean.run("lint templates nowhere.yaml").assert(2, &["nowhere.yaml cannot be read"]);
    clean.run("lint --nonsense").assert(2, &["--nonsense"]);
    clean.run("").assert(2, &["Usage"]);
    clean.run("--config nowhere.yaml lint").assert(2, &["nowhere.yaml"]);
    clean.run("push --account live").assert(2, &["unknown account `live`"]);
    clean.run("push order_shiped").assert(2, &["did you mean `order_shipped`?"]);
    clean.run("explain nonsense").assert(2, &["unknown rule `nonsense`"]);
    clean.run("--version").assert(0, &[env!("CARGO_PKG_VERSION")]);
    let empty = Project::empty().with("templates/README.md", "nothing");
    empty.run("lint").assert(2, &["no templates found in templates", "help:"]);
    empty.run("push").assert(2, &["no templates found in templates"]);
    Project::empty().run("lint").assert(2, &["help:"]);
    let broken = Project::new().with("watpl.yaml", "acounts: {}\n");
    broken.run("lint").assert(1, &["did you mean `accounts`?"]);
    broken.run("push").assert(2, &["the configuration has errors"]);
}

/// Files that are wrong in shape, and the first error of each.
const SHAPES: [(&str, &str, &str); 15] = [
    ("no_name.yaml", "category: utility\nlanguage: fa\nbody: x\n", "missing-key"),
    ("no_category.yaml", "name: no_category\nlanguage: fa\nbody: x\n", "missing-key"),
    ("unknown.yaml", "name: unknown\ncategory: utility\nlanguage: fa\nbody: x\nfotter: y\n", "unknown-key"),
    ("twice.yaml", "name: twice\ncategory: utility\nlanguage: fa\nbody: x\nbody: y\n", "duplicate-key"),
    ("kind.yaml", "name: kind\ncategory: utility\nlanguage: fa\nbody: [x]\n", "wrong-kind"),
    ("language.yaml", "name: language\ncategory: utility\nlanguage: en-US\nbody: x\n", "unknown-language"),
    ("category.yaml", "name: category\ncategory: promo\nlanguage: fa\nbody: x\n", "invalid-value"),
    ("caps.yaml", "name: Caps\ncategory: utility\nlanguage: fa\nbody: x\n", "invalid-name"),
    ("empty.yaml", "# nothing\n", "empty-file"),
    ("list.yaml", "- name: list\n", "empty-file"),
    ("hopeless.yaml", "\"name: x\n", "yaml-syntax"),
    ("open.yaml", "name: open\ncategory: utility\nlanguage: fa\nbody: \"x\n", "yaml-syntax"),
    ("open.watpl", "template open {\n  category utility\n  language fa\n  body \"x\n}\n", "dsl-syntax"),
    (
        "junk.watpl",
        "template junk {\n  category utility\n  language fa\n  body \"x\"\n  ]]\n}\n",
        "dsl-syntax",
    ),
    ("bell.yaml", "name: bell\ncategory: utility\nlanguage: fa\nbody: \"x\u{7}\"\n", "control-character"),
];

#[test]
fn files_that_are_wrong_are_reported_and_the_others_are_checked_all_the_same() {
    let wrong = GOOD.replace("order_shipped", "last").replace("utility", "nonsense");
    let mut project = Project::new().with("templates/zz/last.yaml", wrong);
    project = project.with("templates/no_language.yaml", "name: no_language\ncategory: utility\nbody: x\n");
    project = project.with("templates/utf16.yaml", [0xff, 0xfe, b'n', 0]);
    project = project.with("templates/latin1.yaml", b"name: latin1\nbody: caf\xe9\n");
    for (name, text, _) in SHAPES {
        project = project.with(&format!("templates/{name}"), text);
    }
    let report = project.lint();
    let errors = errors(&report);
    for (name, _, rule) in SHAPES {
        assert!(
            errors.iter().any(|error| error.starts_with(&format!("{rule} templates/{name}:"))),
            "{name}: {errors:#?}"
        );
    }
    // One problem, one diagnostic: what could not be read is not called absent as well.
    let hopeless = errors.iter().filter(|error| error.contains("hopeless.yaml"));
    assert_eq!(hopeless.collect::<Vec<_>>(), ["yaml-syntax templates/hopeless.yaml:1"]);
    for (name, rule) in
        [("utf16.yaml:1", "not-utf8"), ("latin1.yaml:2", "not-utf8"), ("zz/last.yaml:2", "invalid-value")]
    {
        assert!(errors.contains(&format!("{rule} templates/{name}")), "{errors:#?}");
    }
    assert!(errors.iter().any(|error| error.contains("no_language.yaml")), "{errors:#?}");
    assert!(!errors.iter().any(|error| error.contains("order_shipped.yaml")), "{errors:#?}");
    assert_eq!(report["summary"]["templates"], SHAPES.len() + 5);
    project.run("lint").assert(1, &[]);
}

#[test]
fn two_files_with_one_name_and_language_are_an_error_and_neither_is_pushed() {
    let project = Project::new().with("templates/second.yaml", GOOD);
    project.run("lint").assert(1, &["templates/second.yaml"]);
    let pushed = project.run("push");
    assert_eq!(pushed.code, 1, "{}", pushed.shown());
    project.run("status").assert(0, &["hello_world"]);
    assert!(!project.run("status").out.contains("order_shipped"));
}

#[test]
fn a_file_too_large_is_refused_and_the_others_are_checked() {
    let project = Project::new().with("templates/large.yaml", "# x\n".repeat(512 * 1024));
    project.run("lint").assert(
        3,
        &["templates/large.yaml cannot be read: it is larger than 1 MiB", "1 template in 1 version"],
    );
    project.run("lint templates/large.yaml").assert(2, &["larger than 1 MiB"]);
    project.run("push").assert(3, &["nothing was planned"]);
    assert!(!project.path(".watpl/sandbox").exists());
}

#[cfg(unix)]
#[test]
fn pipes_links_and_locked_files_never_hang_a_run() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = Project::new();
    let made = Command::new("mkfifo").arg(project.path("templates/pipe.yaml")).status();
    assert!(made.expect("mkfifo runs").success());
    symlink(project.path("templates"), project.path("templates/loop")).expect("a link");
    symlink("self.yaml", project.path("templates/self.yaml")).expect("a link");
    project.run("lint").assert(0, &["1 template in 1 version checked"]);
    project.run("lint templates/pipe.yaml").assert(2, &["timed out while waiting for data from the pipe"]);
    project.run("lint templates/self.yaml").assert(2, &["templates/self.yaml cannot be read"]);
    project.run("lint templates/loop/loop/order_shipped.yaml").assert(0, &[]);
    let locked = project.with("templates/locked.yaml", GOOD.replace("order_shipped", "locked"));
    let path = locked.path("templates/locked.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("a mode");
    // The superuser reads everything.
    if fs::read(&path).is_err() {
        locked.run("lint").assert(3, &["templates/locked.yaml cannot be read", "1 template in 1 version"]);
        locked.run("push").assert(3, &["nothing was planned"]);
    }
}

/// Nothing that a terminal obeys, but line breaks.
fn assert_harmless(run: &Run) {
    let obeyed = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found: Vec<_> =
        run.out.chars().chain(run.err.chars()).filter(|&character| obeyed(character)).collect();
    assert_eq!(found, [' '; 0], "{}", run.shown().escape_debug());
    assert!([0, 1, 2, 3].contains(&run.code), "{}", run.shown());
}

#[cfg(unix)]
#[test]
fn nothing_that_a_terminal_obeys_is_printed_as_it_is() {
    let evil = "\u{1b}[31m\u{7}\u{8}\u{9b}2J\u{202e}\u{2066}\u{7f}";
    let body = format!(
        "name: evil{evil}\ncategory: utility{evil}\nlanguage: fa\n{evil}: x\nbody: \"{evil} {{{{{evil}}}}}\"\n"
    );
    let returns = "name: returns\ncategory: utility\nlanguage: fa\nbody: x\rcategory: OVERWRITTEN\n";
    let quoted = "name: quoted\ncategory: utility\nlanguage: fa\n\"\\e[31m\\x07\\x9b\\u202e\": x\nbody: \"\\e[2J \\x9b {{\\e}} text \\u202e\"\nfooter: \"\\r\\e]0;x\\a\"\n";
    let project = Project::new()
        .with(&format!("templates/a{evil}\n.yaml"), &body)
        .with("templates/returns.yaml", returns)
        .with(
            "templates/crlf.yaml",
            "name: crlf\r\ncategory: utility\r\nlanguage: fa\r\nbodi: x\r\nbody: y\r\n",
        )
        .with("templates/quoted.yaml", quoted)
        .with(
            "templates/quoted.watpl",
            format!("template quoted {{\n  category \"{evil}\"\n  {evil} x\n  body \"{evil}\"\n}}\n"),
        );
    for arguments in ["lint", "lint --format json", "compile", "push", "diff", "diff --format json", "status"]
    {
        assert_harmless(&project.run(arguments));
    }
    assert_harmless(&Run::of(project.command("lint").arg(format!("nowhere{evil}.yaml"))));
    assert_harmless(&Run::of(project.command("explain").arg(evil)));
    assert_harmless(&Run::of(project.command("push").arg(evil)));
    assert_harmless(&Run::of(project.command("push --account").arg(evil)));
    assert_harmless(&Run::of(project.command("lint --config").arg(evil)));
    // What a server says is no better.
    let (base, _) = server(answer(
        &format!("{{\"error\": {{\"code\": 1{evil}, \"message\": \"{evil}\"}}}}").into_bytes(),
    ));
    assert_harmless(&Project::at_meta().run_at(&base, "status"));
    let words = "{\"error\": {\"code\": 100, \"message\": \"\\u001b[31m\\u009b\\u202e\\r\\n\"}}";
    let (base, _) = server(answer(words.as_bytes()));
    assert_harmless(&Project::at_meta().run_at(&base, "status"));
    let words = "\\u001b[31m\\u009b\\u202e\\r\\n\\u0007";
    let row = "{\"data\": [{\"id\": \"1\", \"name\": \"order_shipped\", \"language\": \"en_US\", \"status\": \"APPROVED\", \"category\": \"UTILITY\", \"components\": [{\"type\": \"BODY\", \"text\": \"x\"}]}]}";
    for word in ["order_shipped", "en_US", "APPROVED", "UTILITY", "\"x\"", "\"1\"", "BODY"] {
        let evil = format!("{}{words}", word.trim_end_matches('"'));
        let evil = if word.ends_with('"') { evil + "\"" } else { evil };
        let (base, _) = server(answer(row.replace(word, &evil).as_bytes()));
        for arguments in [
            "status",
            "status --format json",
            "audit",
            "audit --format json",
            "audit --format markdown",
            "diff",
            "diff --format json",
            "push --yes --adopt",
        ] {
            assert_harmless(&Project::at_meta().run_at(&base, arguments));
        }
    }
}

#[test]
fn a_second_push_finds_nothing_to_do() {
    let project = Project::new();
    project.run("diff --exit-code").assert(1, &["+ order_shipped/en_US", "1 to create"]);
    project.run("diff").assert(0, &[]);
    project.run("push").assert(0, &["✓ order_shipped/en_US  created, approved", "sandbox: 1 done"]);
    project.run("push").assert(0, &["nothing to do"]);
    project.run("diff --exit-code").assert(0, &["nothing to do"]);
    let plan: Value = serde_json::from_str(&project.run("diff --format json").out).expect("json");
    for action in ["create", "edit", "delete", "hold"] {
        assert_eq!(plan["summary"][action], 0, "{action}");
    }
    project.run("status").assert(0, &["order_shipped/en_US  approved"]);
    assert!(
        fs::read_to_string(project.path(".watpl/journal.jsonl"))
            .expect("a journal")
            .contains("\"result\":\"done\"")
    );
    assert_eq!(fs::read_to_string(project.path(".watpl/.gitignore")).expect("a file"), "*\n");
    // The sandbox is no account that is worth committing a lock for.
    assert!(!project.path("watpl.lock").exists());
}

/// A template beside [`GOOD`], with a text of its own.
fn other() -> String {
    GOOD.replace("order_shipped", "other").replace("will reach you soon", "comes to your door today")
}

#[test]
fn pruning_deletes_what_was_removed_and_only_ours() {
    let project = Project::new().with("templates/other.yaml", other());
    project.run("push").assert(0, &["2 done"]);
    fs::remove_file(project.path("templates/other.yaml")).expect("a file");
    project.run("push").assert(0, &["= other/en_US", "`watpl sync --prune` deletes it"]);
    project.run("sync").assert(0, &["= other/en_US"]);
    project.run("sync --prune --max-deletes 0").assert(1, &["! other/en_US", "so nothing is deleted"]);
    project.run("status").assert(0, &["other"]);
    project.run("sync --prune").assert(0, &["- other/en_US", "✓ other/en_US  deleted"]);
    let left = project.run("status").out;
    assert!(
        !left.contains("other") && left.contains("order_shipped") && left.contains("hello_world"),
        "{left}"
    );
    project.run("sync --prune").assert(0, &["nothing to do"]);
}

#[test]
fn a_file_that_cannot_be_understood_is_not_a_file_that_was_removed() {
    for (name, text) in [
        ("other.yaml", "name: other\n  category: [\n"),
        ("other.yaml", ""),
        ("other.yaml", "name: other\ncategory: utility\nlanguage: en-US\nbody: It is here.\n"),
        ("other.watpl", "template \"other {\n"),
    ] {
        let project = Project::new().with("templates/other.yaml", other());
        project.run("push").assert(0, &["2 done"]);
        fs::remove_file(project.path("templates/other.yaml")).expect("a file");
        let project = project.with(&format!("templates/{name}"), text);
        let pruned = project.run("sync --prune --yes");
        pruned.assert(1, &["! other/en_US", "nothing is removed until they are fixed"]);
        project.run("status").assert(0, &["other"]);
    }
}

#[test]
fn nothing_is_sent_to_meta_that_nobody_agreed_to() {
    let project = Project::at_meta();
    let sandbox = Served::start(&["--token", SECRET]);
    project
        .run_at(&sandbox.base, "push")
        .assert(2, &["1 to create", "cannot ask for confirmation: not a terminal", "--yes"]);
    project.run_at(&sandbox.base, "sync --prune").assert(2, &["cannot ask for confirmation: not a terminal"]);
    project.run_at(&sandbox.base, "diff").assert(0, &["1 to create"]);
    assert!(!project.path("watpl.lock").exists());
    assert_eq!(sandbox.writes(), 0);
    project.run_at(&sandbox.base, "push --yes").assert(0, &["live: 1 done"]);
    project.run_at(&sandbox.base, "push").assert(0, &["nothing to do"]);
    let lock = fs::read_to_string(project.path("watpl.lock")).expect("a lock");
    assert!(lock.contains("\"order_shipped/en_US\"") && lock.contains("\"100000000000000\""), "{lock}");
    let wrong =
        Run::of(project.command("status").env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", "OTHER"));
    wrong.assert(3, &["nothing was changed", "code 190", "help:"]);
    project.run("status").assert(3, &["the variable WATPL_TOKEN is not set", "help:"]);
}

#[test]
fn a_token_goes_nowhere_but_to_the_right_place() {
    let project = Project::at_meta();
    for base in [
        "http://graph.example.com",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "nonsense",
        "http://user@127.0.0.1",
    ] {
        project.run_at(base, "status").assert(2, &["WATPL_GRAPH_URL", "help:"]);
    }
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    project
        .run_at(&format!("http://{closed}"), "status")
        .assert(3, &["cannot be reached", "help: check the network"]);
}

#[test]
fn the_token_is_never_printed_nor_kept() {
    let echo = |body: &str| body.replace("TOKEN", SECRET).into_bytes();
    let answers = [
        echo("{\"error\": {\"code\": 190, \"message\": \"Malformed access token TOKEN\"}}"),
        echo("{\"error\": {\"code\": 100, \"error_user_msg\": \"TOKEN\", \"fbtrace_id\": \"TOKEN\"}}"),
        echo("<html>Bearer TOKEN</html>"),
        [&[0xff, 0xfe][..], &echo(" TOKEN")].concat(),
        echo(
            "{\"data\": [{\"id\": \"1\", \"name\": \"TOKEN\", \"language\": \"fa\", \"status\": \"TOKEN\"}]}",
        ),
    ];
    for body in answers {
        let project = Project::at_meta();
        let (base, asked) = server(answer(&body));
        for arguments in
            ["status", "status --format json", "diff", "diff --format json", "push --yes", "sync --yes"]
        {
            let run = project.run_at(&base, arguments);
            assert!(!run.shown().contains(SECRET), "{arguments}: {}", run.shown());
        }
        assert!(
            asked
                .lock()
                .expect("no panic elsewhere")
                .iter()
                .all(|head| head.contains(&format!("Bearer {SECRET}\r\n")))
        );
        for kept in ["watpl.lock", ".watpl/journal.jsonl"] {
            let text = fs::read_to_string(project.path(kept)).unwrap_or_default();
            assert!(!text.contains(SECRET), "{kept}: {text}");
        }
    }
}

#[test]
fn of_two_pushes_at_once_the_second_says_who_is_first() {
    let project = Project::new();
    let held = LockFile::acquire(project.0.path(), "sandbox", None).expect("nobody holds it");
    project.run("push").assert(3, &["another run is writing to this account (process ", "help: wait"]);
    project.run("sync").assert(3, &["another run is writing to this account"]);
    project.run("diff").assert(0, &["1 to create"]);
    drop(held);
    project.run("push").assert(0, &["1 done"]);
}

#[test]
fn a_lock_that_cannot_be_believed_stops_everything_and_stays_as_it_is() {
    let sandbox = Served::start(&["--token", SECRET]);
    for (text, words) in [
        ("", "is not valid"),
        ("{\"version\": 1, \"accounts\": {\"live\": 7}}", "is not valid"),
        ("{\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n}", "conflict markers"),
        ("{\"version\": 99, \"accounts\": {}}", "has version 99"),
        (
            "{\"version\": 1, \"accounts\": {\"live\": {\"waba_id\": \"1\", \"versions\": {\"x\": 1}}}}",
            "is not valid",
        ),
    ] {
        let project = Project::at_meta().with("watpl.lock", text);
        for arguments in ["diff", "push --yes", "sync --prune --yes"] {
            project.run_at(&sandbox.base, arguments).assert(3, &["watpl.lock", words, "help:"]);
        }
        assert_eq!(fs::read_to_string(project.path("watpl.lock")).expect("a lock"), text);
    }
    let other = "{\"version\": 1, \"accounts\": {\"live\": {\"waba_id\": \"7\"}}}";
    let project = Project::at_meta().with("watpl.lock", other);
    project.run_at(&sandbox.base, "push --yes").assert(2, &["belongs to the account 7"]);
    assert_eq!(sandbox.writes(), 0);
}

#[cfg(unix)]
#[test]
fn without_a_lock_that_can_be_written_nothing_is_sent() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta().with("elsewhere", "{\"version\": 1}");
    std::os::unix::fs::symlink("elsewhere", project.path("watpl.lock")).expect("a link");
    project.run_at(&sandbox.base, "push --yes").assert(3, &["watpl.lock: it is a symbolic link"]);
    assert_eq!(sandbox.writes(), 0);
    assert_eq!(fs::read_to_string(project.path("elsewhere")).expect("a file"), "{\"version\": 1}");
}

#[test]
fn what_others_changed_has_an_exit_code_of_its_own() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    sandbox.control("category", &serde_json::json!({ "name": "order_shipped", "category": "MARKETING" }));
    for arguments in ["diff", "push --yes", "sync --yes"] {
        project
            .run_at(&sandbox.base, arguments)
            .assert(4, &["Meta changed the category to marketing; the file declares utility"]);
    }
    let components = serde_json::json!([{ "type": "BODY", "text": "Something else entirely." }]);
    let edit = serde_json::json!({ "name": "order_shipped", "language": "en_US", "components": components });
    sandbox.control("console", &edit);
    project
        .run_at(&sandbox.base, "push --yes")
        .assert(4, &["! order_shipped/en_US", "was edited outside watpl"]);
    project.run_at(&sandbox.base, "push --yes --overwrite").assert(4, &["edited, approved"]);
    let project = project
        .with("templates/order_shipped.yaml", GOOD.replace("utility", "marketing").replace("soon", "today"));
    project.run_at(&sandbox.base, "push --yes").assert(1, &["once in 24 hours; waiting until "]);
    assert_eq!(sandbox.writes(), 2);
}

#[test]
fn a_damaged_sandbox_says_so_and_is_left_alone() {
    let project = Project::new().with(".watpl/sandbox/state.json", "{ half");
    for arguments in ["push", "diff", "status"] {
        project.run(arguments).assert(3, &["is damaged", "delete its folder"]);
    }
    assert_eq!(fs::read_to_string(project.path(".watpl/sandbox/state.json")).expect("a file"), "{ half");
}

#[test]
fn compiling_writes_what_would_be_sent() {
    let project = Project::new();
    let printed: Value = serde_json::from_str(&project.run("compile").out).expect("json");
    project.run("compile --out out/json").assert(0, &["1 version written to out/json"]);
    let text = fs::read_to_string(project.path("out/json/order_shipped.en_US.json")).expect("a file");
    let written: Value = serde_json::from_str(&text).expect("json");
    assert_eq!(printed, serde_json::json!([written]));
    assert_eq!(written["components"][0]["text"], "Your order {{1}} is on its way and will reach you soon.");
    let broken = project.with("templates/bad.yaml", "name: bad\nlanguage: fa\nbody: x\ncategory: x\n");
    let run = broken.run("compile");
    assert_eq!(run.code, 1, "{}", run.shown());
    assert_eq!(serde_json::from_str::<Value>(&run.out).expect("json"), printed);
}

#[test]
fn every_rule_is_explained() {
    let project = Project::empty();
    project.run("explain unknown-key").assert(0, &["unknown-key"]);
    project.run("explain unknown-kee").assert(2, &["did you mean"]);
    let list = project.run("explain");
    list.assert(0, &["unknown-key", "yaml-syntax"]);
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let project = Project::new().with("templates/bad.yaml", "name: bad\n");
    let colourful = |command: &mut Command| Run::of(command).shown().contains('\u{1b}');
    assert!(!colourful(&mut project.command("lint")));
    assert!(colourful(&mut project.command("lint --color always")));
    assert!(!colourful(
        project.command("lint --color never").env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1")
    ));
    assert!(colourful(project.command("lint").env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1")));
    assert!(!colourful(project.command("lint").env_remove("NO_COLOR")));
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    for arguments in ["explain", "lint", "diff", "compile", "--help"] {
        let project = Project::new();
        let mut child = project
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{arguments}");
    }
}

#[test]
fn the_sandbox_prints_its_address_first_and_answers() {
    let sandbox = Served::start(&[]);
    let (status, list) = sandbox.get("/v26.0/100000000000000/message_templates", "sandbox-token");
    assert_eq!((status, &list["data"][0]["name"]), (200, &Value::from("hello_world")));
    let (status, refused) = sandbox.get("/v26.0/100000000000000/message_templates", "wrong");
    assert_eq!((status, &refused["error"]["code"]), (401, &Value::from(190)));
    let project = Project::new();
    let push = || Run::of(project.command("push").env("WATPL_GRAPH_URL", &sandbox.base));
    push().assert(0, &["1 done"]);
    push().assert(0, &["nothing to do"]);
    assert_eq!(sandbox.writes(), 1);
    let port = sandbox.base.rsplit(':').next().expect("a port");
    Project::empty().run(&format!("sandbox --port {port}")).assert(3, &["cannot listen on 127.0.0.1"]);
}

#[test]
fn the_sandbox_plays_a_scenario_and_says_what_is_wrong_with_one() {
    let folder = Project::empty();
    let scenario = |text: &str| std::fs::write(folder.path("scenario.yaml"), text).expect("a file");
    for (text, wrong) in [
        ("limts: {}", "unknown field `limts`"),
        ("fill: lots", "fill: invalid type"),
        ("webhook: {url: 'https://hooks.example/'}", "is not an http address of this machine"),
    ] {
        scenario(text);
        folder.run("sandbox --scenario scenario.yaml").assert(2, &["the scenario `scenario.yaml`", wrong]);
    }
    folder.run("sandbox --scenario other.yaml").assert(2, &["cannot be read"]);
    folder.run("sandbox --webhook http://hooks.example/").assert(2, &["is not an http URL on this machine"]);
    scenario("fill: 7\ntokens: [{token: late, expires_in: -1}]\n");
    let file = folder.path("scenario.yaml");
    let sandbox = Served::start(&["--scenario", &file.display().to_string(), "--read-back", "faithful"]);
    let (_, list) =
        sandbox.get("/v26.0/100000000000000/message_templates?summary=total_count", "sandbox-token");
    assert_eq!(list["summary"]["total_count"], 8);
    let (status, refused) = sandbox.get("/v26.0/100000000000000/message_templates", "late");
    assert_eq!((status, &refused["error"]["error_subcode"]), (401, &Value::from(463)));
}

const SECRET: &str = "SECRETSECRET";

/// `watpl sandbox`, until it goes out of scope.
struct Served {
    child: Child,
    base: String,
    _folder: Project,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let folder = Project::empty();
        let mut command = folder.command("sandbox --port 0");
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut base = String::new();
        let out = child.stdout.as_mut().expect("a pipe");
        BufReader::new(out).read_line(&mut base).expect("a first line");
        Self { child, base: base.trim_end().to_owned(), _folder: folder }
    }

    fn get(&self, path: &str, token: &str) -> (u16, Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let sent =
                reqwest::Client::new().get(format!("{}{path}", self.base)).bearer_auth(token).send().await;
            let answer = sent.expect("an answer");
            (answer.status().as_u16(), answer.json().await.expect("json"))
        })
    }

    fn control(&self, what: &str, body: &Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("{}/_sandbox/{what}", self.base);
        let sent = runtime.block_on(reqwest::Client::new().post(address).json(body).send());
        assert!(sent.expect("an answer").status().is_success(), "{what} {body}");
    }

    /// How many calls there were.
    fn arrived(&self) -> usize {
        self.get("/_sandbox/requests", "").1["requests"].as_array().expect("a list").len()
    }

    /// How many calls there were that change something.
    fn writes(&self) -> usize {
        let (_, log) = self.get("/_sandbox/requests", "");
        log["requests"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|request| request["method"] != "GET")
            .count()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn answer(body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    let head = if body.starts_with(b"{\"data\"") { head.replace("400 Bad Request", "200 OK") } else { head };
    [head.as_bytes(), body].concat()
}

/// A server with one answer for everything; it tells what it was asked.
fn server(answer: Vec<u8>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.extend(byte);
            }
            let head = String::from_utf8_lossy(&head).replace("authorization", "Authorization");
            log.lock().expect("no panic elsewhere").push(head);
            // Who does not wait for the answer does not want it.
            let _ = stream.write_all(&answer);
        }
    });
    (base, asked)
}

#[test]
fn many_findings_of_a_file_are_cut_and_counted() {
    let broken: String = (1..=120).map(|number| format!("{{{{ {number} }}}} and ")).collect();
    let text = format!("name: many\ncategory: utility\nlanguage: en_US\nbody: Hi {broken}bye\n");
    let run = Project::empty().with("templates/many.yaml", text).run("lint");
    run.assert(1, &["more in templates/many.yaml", "121 errors"]);
    // Fifty of one rule, and one of another.
    assert_eq!(run.out.matches("╭─[").count(), 51);
}

/// What lies at the path of a media sample, and what is said of it.
#[test]
fn a_sample_is_a_file_of_the_project_and_what_it_says_it_is() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";
    let project = Project::new().with("templates/real.png", png).with("templates/page.png", "<html></html>");
    let outside = Project::empty().with("secret.png", png);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path("secret.png"), project.path("templates/link.png"))
        .expect("a link");
    let absolute = outside.path("secret.png").to_string_lossy().into_owned();
    let samples = [
        ("real.png", None),
        ("page.png", Some("is `text/html` (must be JPEG or PNG)")),
        ("absent.png", Some("does not exist")),
        ("../../../../../../../../etc/passwd", Some("is outside the project")),
        ("/etc/passwd", Some("is outside the project")),
        ("~/.ssh/id_rsa", Some("is outside the project")),
        ("link.png", Some("is outside the project")),
        (absolute.as_str(), Some("is outside the project")),
        ("https://shop.example/a.png", Some("is a URL")),
    ];
    for (sample, words) in samples {
        let text = GOOD.replace("body:", &format!("header: {{ image: \"{sample}\" }}\nbody:"));
        fs::write(project.path("templates/order_shipped.yaml"), text).expect("a file is written");
        let run = project.run("lint");
        match words {
            None => drop(run.assert(0, &["all clean"])),
            Some(words) => {
                assert!(
                    run.out.contains("media-file") && run.out.contains(words),
                    "{sample}: {}",
                    run.shown()
                );
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::new();
    let name = std::ffi::OsStr::from_bytes(b"templates/caf\xe9.yaml");
    fs::write(project.0.path().join(name), GOOD.replace("order_shipped", "Bad Name"))
        .expect("a file is written");
    project.run("lint").assert(1, &["invalid-name", "templates/caf\u{fffd}.yaml", "2 templates"]);
}

#[test]
fn folders_may_be_deep_and_globs_are_names() {
    let deep = format!("templates/{}order_shipped.yaml", "d/".repeat(400));
    let project = Project::empty().with(&deep, GOOD);
    project.run("lint").assert(0, &["1 template in 1 version checked"]);
    project.run("lint **/**/**/**/x").assert(2, &["cannot be read"]);
}

#[test]
fn a_hundred_megabytes_are_refused_without_being_read() {
    let project = Project::new();
    let big = fs::File::create(project.path("templates/big.yaml")).expect("a file");
    big.set_len(100 * 1024 * 1024).expect("a hole");
    let began = std::time::Instant::now();
    project.run("lint").assert(3, &["templates/big.yaml cannot be read", "larger than 1 MiB", "1 template"]);
    assert!(began.elapsed() < std::time::Duration::from_secs(10));
}

#[test]
fn files_whose_names_differ_in_case_are_two_files() {
    let project = Project::new().with("templates/Order_Shipped.yaml", GOOD);
    project.run("lint").assert(1, &["duplicate-template", "2 templates"]);
}

#[test]
fn a_locale_without_utf_8_is_no_reason_to_panic() {
    let project = Project::new().with("templates/b.yaml", "name: Ü\n");
    for locale in ["C", "POSIX", "de_DE.ISO-8859-1", "nonsense"] {
        Run::of(project.command("lint").env("LC_ALL", locale).env("LANG", locale))
            .assert(1, &["invalid-name"]);
    }
}

#[test]
fn what_changed_since_it_was_read_is_not_written_over() {
    let project = Project::new();
    let mut workspace = watpl::workspace::Workspace::open(project.0.path(), None).expect("a project");
    assert!(workspace.load(&[], project.0.path()).is_empty());
    fs::write(project.path("templates/order_shipped.yaml"), "# by an editor, meanwhile\n").expect("written");
    let source = workspace.templates().next().expect("a template");
    let refused = workspace.rewrite(source, "anything").expect_err("it changed");
    assert!(refused.to_string().contains("it changed since it was read"), "{refused}");
    let left = fs::read_to_string(project.path("templates/order_shipped.yaml")).expect("a text");
    assert_eq!(left, "# by an editor, meanwhile\n");
}

#[test]
fn a_file_with_errors_is_not_called_removed() {
    let project = Project::new();
    project.run("push").assert(0, &["1 done"]);
    let project = project.with("templates/order_shipped.yaml", GOOD.replace("body:", "boddy:"));
    let run = project.run("push");
    run.assert(1, &["did you mean `body`?", "has errors"]);
    assert!(!run.out.contains("was removed from the files"), "{}", run.shown());
}

#[cfg(unix)]
#[test]
fn a_token_that_others_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Served::start(&["--token", SECRET]);
    let config = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\", token: { file: token } }\n";
    let project = Project::at_meta().with("watpl.yaml", config).with("token", SECRET);
    project.run("trust --yes").assert(0, &["live: approved"]);
    for (mode, warns) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(project.path("token"), fs::Permissions::from_mode(mode)).expect("a mode");
        let run = project.run_at(&sandbox.base, "status");
        run.assert(0, &["hello_world"]);
        assert_eq!(run.err.contains("warning: the token file token can be read by other users"), warns);
    }
}

#[test]
fn files_that_change_while_they_are_read_are_read_or_reported() {
    let project = Project::new();
    let path = project.path("templates/fickle.yaml");
    let text = GOOD.replace("order_shipped", "fickle").repeat(200);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        while stopped.try_recv().is_err() {
            // Which of these a run meets is chance; none of them may fail here or there.
            drop(fs::write(&path, &text));
            drop(fs::write(&path, "name: x\n"));
            drop(fs::remove_file(&path));
        }
    });
    for _ in 0..200 {
        let mut workspace = watpl::workspace::Workspace::open(project.0.path(), None).expect("a project");
        let unreadable = workspace.load(&[], project.0.path());
        assert!(unreadable.iter().all(|error| error.path.ends_with("fickle.yaml")), "{unreadable:?}");
        let checked = workspace.check();
        let steady = checked.templates.iter().filter(|template| template.title() == "order_shipped");
        assert_eq!(steady.count(), 1);
    }
    stop.send(()).expect("the writer waits");
    writer.join().expect("the writer ends");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_not_a_success() {
    let project = Project::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let run = Run::of(project.command("lint").stdout(full));
    run.assert(3, &["the output cannot be written"]);
}

#[test]
fn output_for_machines_is_whole_when_a_file_cannot_be_read() {
    let project = Project::new().with("templates/large.yaml", "# x\n".repeat(512 * 1024));
    let run = project.run("lint --format json");
    assert_eq!(run.code, 3, "{}", run.shown());
    let report: Value = serde_json::from_str(&run.out).expect("one JSON document");
    assert_eq!(report["summary"]["templates"], 1);
    assert!(run.err.contains("large.yaml cannot be read"), "{}", run.shown());
}

#[test]
fn long_and_wide_lines_are_cut_around_the_place() {
    let wide = "お届け先は👩‍👩‍👧‍👦です ".repeat(5_000);
    let text = GOOD.replace("soon", &format!("{wide} {{{{nobody}}}} {wide}"));
    let run = Project::new().with("templates/order_shipped.yaml", text).run("lint");
    run.assert(1, &["undeclared-variable", "{{nobody}}"]);
    let longest = run.out.lines().map(str::len).max().unwrap_or_default();
    assert!(longest < 1_000, "a line of {longest} bytes");
}

#[test]
fn what_differs_only_in_its_encoding_is_said_to_look_alike() {
    let sandbox = Served::start(&["--token", SECRET]);
    let text = |cafe: &str| GOOD.replace("soon", &format!("from our {cafe} soon"));
    let project = Project::at_meta().with("templates/order_shipped.yaml", text("café"));
    project.run_at(&sandbox.base, "push --yes").assert(0, &["1 done"]);
    let project = project.with("templates/order_shipped.yaml", text("cafe\u{301}"));
    project.run_at(&sandbox.base, "diff").assert(0, &["~ order_shipped/en_US", "the texts look the same"]);
    let project = project.with("templates/order_shipped.yaml", text("bar"));
    assert!(!project.run_at(&sandbox.base, "diff").out.contains("the texts look the same"));
}

/// A template with one mistake that can be mended, one that a person should look at, and one that nobody can.
const MESSY: &str = "\
# why we send this
name: messy
category: utility
language: en_US
variables: { order: S20418 }
body: Your order {{ order }} from shop {order} is on its way and {{nobody}} will bring it soon. # no hurry
";

fn git(project: &Project, words: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(project.0.path())
        .args(["-c", "user.name=a", "-c", "user.email=a@b.example"])
        .args(words);
    let run = Run::of(&mut command);
    assert_eq!(run.code, 0, "{}", run.shown());
}

#[test]
fn fixes_are_shown_applied_and_leave_the_rest_as_it_is() {
    let project = Project::empty().with("templates/messy.yaml", MESSY);
    let shown = project.run("lint --diff");
    shown.assert(
        1,
        &["-body: Your order {{ order }} from", "+body: Your order {{order}} from", "1 problem in 1 file"],
    );
    assert_eq!(fs::read_to_string(project.path("templates/messy.yaml")).expect("a text"), MESSY);
    project
        .run("lint --fix")
        .assert(1, &["1 problem fixed in 1 file", "undeclared-variable", "single-braces"]);
    let mended = fs::read_to_string(project.path("templates/messy.yaml")).expect("a text");
    assert_eq!(mended, MESSY.replace("{{ order }}", "{{order}}"));
    project.run("lint --fix --unsafe").assert(1, &["1 problem fixed", "undeclared-variable"]);
    let mended = fs::read_to_string(project.path("templates/messy.yaml")).expect("a text");
    assert!(mended.contains("shop {{order}} is") && mended.ends_with("# no hurry\n"), "{mended}");
    project.run("lint --diff").assert(0, &["0 problems"]);
    project.run("lint --unsafe").assert(2, &["`--fix`"]);
}

#[test]
fn rules_are_chosen_by_command_by_file_and_by_comment() {
    let config = "lint:\n  overrides:\n    - { files: [templates/old/**], rules: { single-braces: off, undeclared-variable: info } }\n";
    let project = Project::empty().with("watpl.yaml", config);
    let project = project.with("templates/messy.yaml", MESSY).with(
        "templates/old/elder.yaml",
        MESSY.replace("messy", "elder").replace("Your order", "Your parcel"),
    );
    let report = project.lint();
    let found = report["diagnostics"].as_array().expect("a list");
    let of = |file: &str| {
        let of_file = found.iter().filter(|found| found["file"] == file);
        of_file
            .map(|found| format!("{} {}", found["rule"], found["severity"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    let messy = of("templates/messy.yaml");
    assert!(messy.contains(&"single-braces warning".to_owned()), "{messy:?}");
    assert!(messy.contains(&"undeclared-variable error".to_owned()), "{messy:?}");
    let elder = of("templates/old/elder.yaml");
    assert!(elder.contains(&"undeclared-variable info".to_owned()), "{elder:?}");
    assert!(!elder.iter().any(|found| found.starts_with("single-braces")), "{elder:?}");
    // Where the command is run makes no difference.
    let mut below = project.command("lint --format json");
    below.current_dir(project.path("templates/old"));
    assert!(!Run::of(&mut below).out.contains("\"rule\": \"single-braces\", \"file\": \"elder"));
    let only = project.run("lint --select single-braces");
    only.assert(0, &["1 warning"]);
    assert!(!only.out.contains("undeclared-variable"), "{}", only.shown());
    let without = project.run("lint --ignore undeclared-variable,malformed-placeholder");
    without.assert(0, &["single-braces"]);
    project.run("lint --select nonsense").assert(2, &["unknown rule in", "help:"]);
    project
        .run("lint --min-severity error --ignore undeclared-variable,malformed-placeholder")
        .assert(0, &["all clean"]);
}

#[test]
fn comments_ignore_what_stands_below_or_beside_them() {
    let said = |text: &str| {
        Project::empty().with("templates/messy.yaml", text).run("lint --select single-braces,unused-ignore")
    };
    let above = MESSY.replace("body:", "# watpl: ignore[single-braces] they mean the shop\nbody:");
    said(&above).assert(0, &["all clean"]);
    let beside = MESSY.replace("# no hurry", "# watpl: ignore[single-braces] they mean the shop");
    said(&beside).assert(0, &["all clean"]);
    let wrong_place =
        MESSY.replace("category:", "# watpl: ignore[single-braces] they mean the shop\ncategory:");
    said(&wrong_place).assert(0, &["single-braces", "unused-ignore", "2 warnings"]);
    for (comment, word) in [
        ("ignore[single-braces]", "gives no reason"),
        ("ignore[nonsense] because", "there is no rule `nonsense`"),
        ("ignore[yaml-syntax] because", "can't be suppressed"),
        ("disable single-braces", "malformed `watpl:` comment"),
    ] {
        let text = MESSY.replace("# no hurry", &format!("# watpl: {comment}"));
        said(&text).assert(1, &["malformed-ignore", word]);
    }
    let across =
        GOOD.replace("language:", "# watpl: ignore[duplicate-template] both are tried out\nlanguage:");
    let project = Project::new().with("templates/zz.yaml", across);
    project.run("lint").assert(0, &["2 templates"]);
}

#[test]
fn a_baseline_hides_what_is_known_and_nothing_new() {
    let project = Project::empty().with("templates/messy.yaml", MESSY);
    project.run("lint --baseline known.json").assert(2, &["--update-baseline"]);
    project
        .run("lint --baseline known.json --update-baseline")
        .assert(0, &["findings written to known.json"]);
    project.run("lint --baseline known.json").assert(0, &["all clean", "hidden by the baseline"]);
    let moved = project.with("templates/messy.yaml", format!("# one line more\n{MESSY}"));
    moved.run("lint --baseline known.json").assert(0, &["all clean"]);
    let worse = moved.with("templates/worse.yaml", MESSY.replace("messy", "worse"));
    worse.run("lint --baseline known.json").assert(1, &["templates/worse.yaml"]);
    let better =
        worse.with("templates/worse.yaml", GOOD).with("templates/messy.yaml", GOOD.replace("S20418", "S1"));
    better.run("lint --baseline known.json").assert(1, &["no longer found", "--update-baseline"]);
    let broken = better.with("known.json", "{}");
    broken.run("lint --baseline known.json").assert(2, &["is not a baseline"]);
}

#[test]
fn only_what_changed_is_reported_where_that_is_asked() {
    let project = Project::empty().with("templates/messy.yaml", MESSY);
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "begin"]);
    project.run("lint --changed-since main").assert(0, &["all clean"]);
    let project = project.with("templates/new.yaml", MESSY.replace("messy", "new"));
    let run = project.run("lint --changed-since main");
    run.assert(1, &["templates/new.yaml", "other template"]);
    assert!(!run.out.contains("─[templates/messy.yaml:6:24]"), "{}", run.shown());
    project.run("lint --changed-since nonsense").assert(2, &["unknown git revision `nonsense`"]);
    project.run("lint --changed-since=--output=x").assert(2, &["is not a git revision"]);
    Project::new().run("lint --changed-since main").assert(2, &["git"]);
}

#[test]
fn standard_input_is_one_template() {
    let project = Project::empty();
    let run = |arguments: &str, text: &str| {
        let mut command = project.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8(output.stdout).expect("a text"))
    };
    let (code, out) = run("lint - --stdin-filename templates/messy.yaml", MESSY);
    assert!(code == Some(1) && out.contains("templates/messy.yaml:6:"), "{out}");
    let (code, out) = run("lint - --fix", MESSY);
    assert_eq!((code, out), (Some(0), MESSY.replace("{{ order }}", "{{order}}")));
    let (code, out) = run(
        "lint - --stdin-filename a.watpl",
        "template a {\n  category utility\n  language fa\n  body \"x\n}\n",
    );
    assert!(code == Some(1) && out.contains("dsl-syntax"), "{out}");
    let (code, _) = run("lint - templates", MESSY);
    assert_eq!(code, Some(2));
}
