//! Questions on a terminal, signals, and output that cannot be written.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use nix::pty::openpty;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;

use super::{Project, SECRET, Served};
use crate::run::Run;

/// A program that has a terminal of its own.
struct Session {
    child: Child,
    terminal: Option<File>,
    pieces: Receiver<Vec<u8>>,
    shown: String,
}

impl Session {
    /// Starts it; only a session's leader gets a signal from Ctrl-C.
    fn start(of: &Command) -> Self {
        let pair = openpty(None, None).expect("a terminal");
        let end = || Stdio::from(pair.slave.try_clone().expect("another handle"));
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(of.get_program()).args(of.get_args());
        command.current_dir(of.get_current_dir().expect("a folder")).env_clear();
        command.envs(of.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", "/usr/bin:/bin").env("TERM", "xterm");
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("setsid runs");
        let terminal = File::from(pair.master);
        let mut reader = terminal.try_clone().expect("another handle");
        let (send, pieces) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 1024];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                drop(send.send(bytes[..count].to_vec()));
            }
        });
        Self { child, terminal: Some(terminal), pieces, shown: String::new() }
    }

    /// Waits until it has shown these words.
    #[track_caller]
    fn wait_for(&mut self, words: &str) {
        let began = Instant::now();
        while !self.shown.contains(words) {
            assert!(began.elapsed() < Duration::from_secs(30), "no {words:?} in {}", self.shown);
            if let Ok(piece) = self.pieces.recv_timeout(Duration::from_millis(100)) {
                self.shown += &String::from_utf8_lossy(&piece);
            }
        }
    }

    fn types(&mut self, keys: &str) {
        self.terminal.as_mut().expect("a terminal").write_all(keys.as_bytes()).expect("typed");
    }

    /// Its exit code, once it has ended by itself, with the cursor as it was.
    #[track_caller]
    fn code(&mut self) -> Option<i32> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            while let Ok(piece) = self.pieces.recv_timeout(Duration::from_millis(20)) {
                self.shown += &String::from_utf8_lossy(&piece);
            }
            if let Some(status) = self.child.try_wait().expect("a child") {
                let hidden = self.shown.rfind("\u{1b}[?25l");
                assert!(
                    hidden <= self.shown.rfind("\u{1b}[?25h"),
                    "no cursor: {}",
                    self.shown.escape_debug()
                );
                return status.code();
            }
        }
        panic!("it does not end: {}", self.shown);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `push` to a server, which asks first.
fn push(project: &Project, base: &str) -> Command {
    let mut command = project.command("push");
    command.env("WATPL_GRAPH_URL", base).env("WATPL_TOKEN", SECRET);
    command
}

#[test]
fn a_question_is_answered_with_y_and_enter() {
    let sandbox = Served::start(&["--token", SECRET]);
    for (keys, done) in
        [("n\n", false), ("\n", false), ("\u{4}", false), ("what\nno\n", false), ("y\n", true)]
    {
        let project = Project::at_meta();
        let mut session = Session::start(&push(&project, &sandbox.base));
        session.wait_for("[y/N]");
        if done {
            session.types("y");
            std::thread::sleep(Duration::from_millis(300));
            assert!(session.child.try_wait().expect("a child").is_none(), "`y` alone is an answer");
            session.types("\n");
        } else {
            session.types(keys);
        }
        let code = session.code();
        assert_eq!(code, Some(0), "{keys:?}: {}", session.shown);
        assert_eq!(session.shown.contains("created"), done, "{keys:?}: {}", session.shown);
        assert_eq!(session.shown.contains("Nothing was changed"), !done, "{keys:?}: {}", session.shown);
    }
}

#[test]
fn ctrl_c_at_any_question_ends_with_130_and_the_cursor() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    let mut session = Session::start(&push(&project, &sandbox.base));
    session.wait_for("[y/N]");
    session.types("\u{3}");
    assert_eq!(session.code(), Some(130), "{}", session.shown);
    let project = Project::empty();
    for (arguments, questions) in
        [("init", vec!["Languages"]), ("new", vec!["Start from [", "Category [", "Languages", "Name"])]
    {
        for (index, question) in questions.iter().enumerate() {
            let mut session = Session::start(&project.command(arguments));
            for answered in &questions[..index] {
                session.wait_for(answered);
                session.types("1\n".trim_start_matches(if *answered == "Languages" { "1" } else { "" }));
            }
            session.wait_for(question);
            session.types("\u{3}");
            assert_eq!(session.code(), Some(130), "{question}: {}", session.shown);
        }
    }
    assert!(!project.path("watpl.yaml").exists() && !project.path("templates").exists());
}

#[test]
fn the_end_of_the_input_cancels_what_has_no_default() {
    for arguments in ["init", "new"] {
        let project = Project::empty();
        let mut session = Session::start(&project.command(arguments));
        session.wait_for("]: ");
        session.types("\u{4}");
        assert_eq!(session.code(), Some(2), "{}", session.shown);
        assert!(session.shown.contains("cancelled"), "{}", session.shown);
    }
}

#[test]
fn a_choice_is_a_number() {
    let project = Project::empty();
    let mut session = Session::start(&project.command("new"));
    session.wait_for("Start from [1]:");
    session.types("99\n");
    session.wait_for("enter a number from 1 to ");
    session.types("1\n");
    session.wait_for("Category [1]:");
    session.types("2\n");
    session.wait_for("Languages [en_US]:");
    session.types("\n");
    session.wait_for("Name:");
    session.types("spring_sale\n");
    assert_eq!(session.code(), Some(0), "{}", session.shown);
    let text = std::fs::read_to_string(project.path("templates/spring_sale.yaml")).expect("a template");
    assert!(text.contains("category: marketing"), "{text}");
}

#[test]
fn output_that_cannot_be_written_is_a_failure_of_every_command() {
    let project = Project::new();
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("a device");
    for arguments in ["--help", "--version", "lint --help", "help lint", "rules", "explain", "man", "schema"]
    {
        let run = Run::of(project.command(arguments).stdout(full()));
        run.assert(3, &["the output cannot be written"]);
    }
    for arguments in ["--help", "--version", "rules"] {
        let mut child = project.command(arguments).stdout(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{arguments} | true");
    }
}

/// A push whose second call is slow, when it has arrived.
fn busy(project: &Project, sandbox: &Served, through: &[&str]) -> Child {
    let fault = json!({ "method": "POST", "kind": "slow", "milliseconds": 2_000 });
    sandbox.control("faults", &json!({ "faults": [fault] }));
    let push = push(project, &sandbox.base);
    let mut command = match through {
        [] => Command::new(push.get_program()),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(push.get_program());
            command
        }
    };
    command.args(["push", "--yes"]).current_dir(project.0.path()).env_clear();
    command
        .envs(push.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("PATH", "/usr/bin:/bin");
    let before = sandbox.arrived();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null()).spawn();
    let began = Instant::now();
    while sandbox.arrived() < before + 3 && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.expect("it starts")
}

#[test]
fn h04_a_terminal_that_closes_ends_the_run_like_sigterm_unless_nohup_was_asked_for() {
    let cases: [(&[&str], i32); 2] = [(&[], 129), (&["nohup"], 0)];
    for (through, code) in cases {
        let sandbox = Served::start(&["--token", SECRET]);
        let project = Project::at_meta();
        let child = busy(&project, &sandbox, through);
        kill(Pid::from_raw(i32::try_from(child.id()).expect("a process")), Signal::SIGHUP).expect("it runs");
        let output = child.wait_with_output().expect("it ends");
        let shown =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{through:?}: {shown}");
        assert!(shown.contains("1 done"), "{through:?}: {shown}");
        assert_eq!(shown.contains("stopping"), code == 129, "{through:?}: {shown}");
    }
}

/// The shared lock of an account leaves no file, whether the run ends or is killed and followed by another.
#[test]
fn h02_the_files_of_locks_are_removed() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta();
    let left = || std::fs::read_dir(project.path(".state/watpl")).map_or(0, Iterator::count);
    let mut child = busy(&project, &sandbox, &[]);
    assert_eq!(left(), 1, "a run holds the lock");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    project.run_at(&sandbox.base, "push --yes").assert(0, &[]);
    assert_eq!(left(), 0);
}

#[test]
fn the_sandbox_ends_when_it_is_told_to() {
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let mut sandbox = Served::start(&[]);
        kill(Pid::from_raw(i32::try_from(sandbox.child.id()).expect("a process")), signal).expect("it runs");
        let began = Instant::now();
        let status = loop {
            match sandbox.child.try_wait().expect("a child") {
                Some(status) => break status,
                None if began.elapsed() > Duration::from_secs(20) => panic!("{signal} does not end it"),
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}
