//! Repositories that strangers wrote, and that may do no harm: see `SECURITY.md`.
//!
//! Each case lays out a repository, runs commands in it, and checks after each of them what must hold whatever the
//! repository contains (`watch.rs`). `WATPL_CASE=word` runs the cases with that word in their names.

mod bounds;
mod case;
mod config;
mod controls;
mod destinations;
mod git;
mod harness;
mod output;
mod programs;
mod recorder;
mod server;
mod state;
mod templates;
mod watch;
mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use case::{ANY, Case, Outcome, REFUSED};

/// Cases that run at the same time.
const AT_ONCE: usize = 4;

/// The program under test, in a folder that every user may enter: commands don't run as the user who builds.
struct Program {
    path: PathBuf,
    _folder: TempDir,
}

impl Program {
    fn copied() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).expect("it can be opened");
        let path = folder.path().join("watpl");
        // By another process: a file that this one writes could not be run while a child that another test has just
        // started still holds it open.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_watpl")).arg(&path).status();
        assert!(copied.expect("cp runs").success());
        Self { path, _folder: folder }
    }
}

/// Runs cases with a program: each name with what came of its commands.
fn run(cases: &[Case], program: &Path) -> Vec<(&'static str, Vec<Outcome>)> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcomes = case.outcomes(program);
                    done.lock().expect("a lock").push((case.name, outcomes));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("a lock");
    done.sort_by_key(|(name, _)| cases.iter().position(|case| case.name == *name));
    done
}

/// Runs a group, prints its table, and fails when any command did harm.
#[expect(clippy::print_stdout, reason = "the table is for those who run the tests with `--nocapture`")]
fn assert_harmless(cases: Vec<Case>) {
    let wanted = std::env::var("WATPL_CASE").unwrap_or_default();
    let cases: Vec<_> = cases.into_iter().filter(|case| case.name.contains(&wanted)).collect();
    let (mut table, mut failures) = (String::new(), String::new());
    let program = Program::copied();
    for (name, outcomes) in run(&cases, &program.path) {
        for outcome in outcomes {
            let code = outcome.code.map_or("–".to_owned(), |code| code.to_string());
            let verdict =
                if outcome.problems.is_empty() { "harmless".to_owned() } else { outcome.problems.join("; ") };
            let _ = writeln!(table, "| {name} | `{}` | {code} | {verdict} |", outcome.command);
            if !outcome.problems.is_empty() {
                let printed = outcome.printed.trim_end().replace('\n', "\n    ");
                let _ = writeln!(failures, "{name}: `{}`: {verdict}\n    {printed}", outcome.command);
            }
        }
    }
    println!("{table}");
    assert!(failures.is_empty(), "{failures}");
}

fn groups() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("The folder `.watpl`, the lock file", state::cases()),
        ("`watpl.yaml`", config::cases()),
        ("Templates, media samples", templates::cases()),
        ("Files that are written", destinations::cases()),
        ("Programs, secrets, addresses", programs::cases()),
        ("Git", git::cases()),
        ("Output", output::cases()),
        ("Sizes, times", bounds::cases()),
        ("The sandbox server", server::cases()),
        ("Repositories that are not hostile", controls::cases()),
    ]
}

#[test]
fn files_in_the_state_folder_lead_nowhere() {
    assert_harmless(state::cases());
}

#[test]
fn the_configuration_is_a_file_of_the_work_tree() {
    assert_harmless(config::cases());
}

#[test]
fn templates_are_files_of_the_work_tree() {
    assert_harmless(templates::cases());
}

#[test]
fn nothing_is_written_through_a_link() {
    assert_harmless(destinations::cases());
}

#[test]
fn no_program_of_a_repository_runs() {
    assert_harmless(programs::cases());
}

#[test]
fn git_runs_nothing_that_a_repository_configures() {
    assert_harmless(git::cases());
}

#[test]
fn output_is_no_command_and_holds_no_secret() {
    assert_harmless(output::cases());
}

#[test]
fn time_and_memory_are_bounded() {
    assert_harmless(bounds::cases());
}

#[test]
fn the_sandbox_answers_this_machine_alone() {
    assert_harmless(server::cases());
}

/// What is refused above must work where nobody means harm; otherwise the cases would prove nothing.
#[test]
fn honest_repositories_work() {
    assert_harmless(controls::cases());
}

/// The page that lists the cases: `UPDATE_EXPECT=1 cargo test` writes it anew.
#[test]
fn the_page_lists_every_case() {
    let mut page = String::from(HEAD);
    let mut names = BTreeSet::new();
    for (title, cases) in groups() {
        let _ = write!(
            page,
            "\n## {title}\n\n| case | what the repository contains | commands |\n|---|---|---|\n"
        );
        for case in cases {
            assert!(names.insert(case.name), "two cases are called {}", case.name);
            let commands: Vec<_> = case.steps().iter().map(listed).collect();
            let _ = writeln!(page, "| {} | {} | {} |", case.name, case.about, commands.join(", "));
        }
    }
    assert!(names.len() >= 40, "{} cases", names.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hostile-repositories.md");
    crate::generated::expect(&path, &page);
}

fn listed(step: &case::Step) -> String {
    let command = step.shown().replace('|', "\\|");
    let codes = match step.codes {
        codes if codes == ANY => String::new(),
        codes if codes == REFUSED => " (refused)".to_owned(),
        codes => format!(" ({})", codes.iter().map(i32::to_string).collect::<Vec<_>>().join(" or ")),
    };
    format!("`{command}`{codes}")
}

const HEAD: &str = "\
# Hostile repositories

Which hostile repositories is watpl tested against, and what must hold in each of them?

```console
cargo test --test it hostile_repositories
```

`UPDATE_EXPECT=1 cargo test` writes this page. [SECURITY.md](../SECURITY.md) has the threat model.

Each case runs in a temporary folder with a home folder, another project and the hostile clone. The environment has a token and
other secrets. Two small servers record every call: one emulates the Graph API, and one is a service that nothing may call.
After each command, the suite checks that

- no file outside the clone was created, changed or removed, except in watpl's own folder of the user's state;
- nothing in a `.git` folder changed, and no program of the repository ran;
- no secret of the environment, of the user's files or of `.git/config` was printed, stored or sent, in plain text or encoded;
- the command ended in time and within its memory limit, with a documented exit code, and not by a signal or a panic;
- no control character and no CI command was printed;
- no service on this machine was called.

If a case also checks the exit code, it is listed after the command. \"Refused\" means 1, 2 or 3.
";
