//! A case: a hostile repository, the commands that run in it, and how they may end.

use std::fs::{self, File};
use std::io::PipeWriter;
use std::io::Write as _;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

use super::watch::{self, Allowed, Ended, Snapshot};
use super::world::World;

/// What a command has at most: address space in KB, and the size of any file it writes in blocks of 512 bytes.
const LIMITS: &str = "ulimit -v 2000000 2>/dev/null; ulimit -f 131072; exec \"$0\" \"$@\"";
/// How long a command may take on a machine that does other work as well.
const TIME: Duration = Duration::from_secs(20);

/// The command may end with any documented code.
pub(super) const ANY: &[i32] = &[0, 1, 2, 3, 4, 5];
/// The command does not do what it was asked for.
pub(super) const REFUSED: &[i32] = &[1, 2, 3];
/// The command works.
pub(super) const WORKS: &[i32] = &[0];

type Build = Box<dyn Fn(&World) + Send + Sync>;
type Check = Box<dyn Fn(&World) -> Result<(), String> + Send + Sync>;
type Visit = Box<dyn Fn(&World, &str) -> Result<(), String> + Send + Sync>;

/// A repository and what is done in it.
pub(super) struct Case {
    pub(super) name: &'static str,
    /// What the repository contains, or what it tries, as a sentence without a full stop.
    pub(super) about: &'static str,
    build: Build,
    steps: Vec<Step>,
    check: Option<Check>,
}

/// One command.
pub(super) struct Step {
    arguments: Vec<String>,
    pub(super) codes: &'static [i32],
    words: &'static [&'static str],
    absent: &'static [&'static str],
    folder: &'static str,
    environment: Vec<(&'static str, String)>,
    open_stdin: bool,
    time: Duration,
    shows_other: bool,
    visit: Option<Visit>,
    may_refuse: bool,
}

/// What came of one command.
pub(super) struct Outcome {
    pub(super) command: String,
    pub(super) code: Option<i32>,
    pub(super) problems: Vec<String>,
    /// The start of what was printed, for whoever looks into a problem.
    pub(super) printed: String,
}

impl Case {
    /// A case whose clone has one good template, and what `build` adds.
    pub(super) fn new(
        name: &'static str,
        about: &'static str,
        build: impl Fn(&World) + Send + Sync + 'static,
    ) -> Self {
        Self { name, about, build: Box::new(build), steps: Vec::new(), check: None }
    }

    /// Runs a command, its arguments separated by spaces.
    pub(super) fn run(self, arguments: &str, codes: &'static [i32]) -> Self {
        let arguments: Vec<_> = arguments.split(' ').collect();
        self.run_words(&arguments, codes)
    }

    /// Runs several commands, each of which may end in the same ways.
    pub(super) fn run_all(self, commands: &[&str], codes: &'static [i32]) -> Self {
        commands.iter().fold(self, |case, command| case.run(command, codes))
    }

    /// Runs a command with these arguments.
    pub(super) fn run_words(mut self, arguments: &[&str], codes: &'static [i32]) -> Self {
        self.steps.push(Step {
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            codes,
            words: &[],
            absent: &[],
            folder: "clone",
            environment: Vec::new(),
            open_stdin: false,
            time: TIME,
            shows_other: false,
            visit: None,
            may_refuse: false,
        });
        self
    }

    /// Starts `watpl sandbox`, visits it at its address, and stops it with SIGTERM.
    pub(super) fn serve(
        self,
        arguments: &str,
        visit: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.serve_in(arguments, move |_, base| visit(base))
    }

    /// The same, for a visitor that needs to know the case's folders.
    pub(super) fn serve_in(
        self,
        arguments: &str,
        visit: impl Fn(&World, &str) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.run(arguments, &[0]).last(|step| step.visit = Some(Box::new(visit)))
    }

    /// The last command, a server, may as well refuse to start.
    pub(super) fn or_refused(self) -> Self {
        self.last(|step| {
            step.codes = ANY;
            step.may_refuse = true;
        })
    }

    /// Adds to what the case's repository contains.
    pub(super) fn built(mut self, more: impl Fn(&World) + Send + Sync + 'static) -> Self {
        let build = self.build;
        self.build = Box::new(move |world| {
            build(world);
            more(world);
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Step)) -> Self {
        change(self.steps.last_mut().expect("a command"));
        self
    }

    /// The last command prints these words.
    pub(super) fn says(self, words: &'static [&'static str]) -> Self {
        self.last(|step| step.words = words)
    }

    /// The last command prints none of these words.
    pub(super) fn never_says(self, words: &'static [&'static str]) -> Self {
        self.last(|step| step.absent = words)
    }

    /// The last command runs in another folder than `clone`.
    pub(super) fn in_folder(self, folder: &'static str) -> Self {
        self.last(|step| step.folder = folder)
    }

    /// The last command has one more variable in its environment; an empty value removes it.
    pub(super) fn env(self, name: &'static str, value: &str) -> Self {
        self.last(|step| step.environment.push((name, value.to_owned())))
    }

    /// The last command has a standard input that nothing is ever written to, and that is never closed.
    pub(super) fn open_stdin(self) -> Self {
        self.last(|step| step.open_stdin = true)
    }

    /// The last command may take longer.
    pub(super) fn seconds(self, seconds: u64) -> Self {
        self.last(|step| step.time = Duration::from_secs(seconds))
    }

    /// The last command names a file of the other project, so that it may show its text.
    pub(super) fn shows_other(self) -> Self {
        self.last(|step| step.shows_other = true)
    }

    /// Checks something more after the last command.
    pub(super) fn check(
        mut self,
        check: impl Fn(&World) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.check = Some(Box::new(check));
        self
    }

    /// The commands and their codes, as the page lists them.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Runs the whole case with a program.
    pub(super) fn outcomes(&self, program: &Path) -> Vec<Outcome> {
        let world = World::new();
        (self.build)(&world);
        world.hand_over();
        let mut before = Snapshot::of(&world);
        let mut outcomes = Vec::new();
        for (number, step) in self.steps.iter().enumerate() {
            let (ended, visited) = step.run(&world, program, number);
            let after = Snapshot::of(&world);
            let allowed = Allowed { shows_other: step.shows_other, github: step.has("github") };
            let mut problems = watch::problems(&world, &before, &after, &ended, allowed);
            problems.extend(visited.err());
            problems.extend(step.unexpected(&ended));
            if number + 1 == self.steps.len() {
                problems.extend(self.check.as_ref().and_then(|check| check(&world).err()));
            }
            outcomes.push(Outcome {
                command: step.shown(),
                code: ended.code,
                problems,
                printed: shortened(&ended),
            });
            before = after;
        }
        outcomes
    }
}

impl Step {
    fn has(&self, word: &str) -> bool {
        self.arguments.iter().any(|argument| argument == word)
    }

    /// The command as one line, long arguments cut.
    pub(super) fn shown(&self) -> String {
        let cut = |word: &String| {
            let start: String = word.chars().take(60).collect();
            let start = start.escape_debug();
            if word.chars().count() > 60 {
                format!("{start}… ({} bytes)", word.len())
            } else {
                start.to_string()
            }
        };
        self.arguments.iter().map(cut).collect::<Vec<_>>().join(" ")
    }

    fn run(&self, world: &World, program: &Path, number: usize) -> (Ended, Result<(), String>) {
        let log = |name: &str| world.outside(&format!("logs/{number}.{name}"));
        let mut command = Command::new("sh");
        command.args(["-c", LIMITS]).arg(program);
        command.args(self.arguments.iter().map(|argument| world.fill(argument)));
        command.current_dir(world.outside(self.folder));
        world.environment(&mut command);
        for (name, value) in &self.environment {
            match value.as_str() {
                "" => command.env_remove(name),
                value => command.env(name, world.fill(value)),
            };
        }
        // Pipes, as CI systems have them: text that forms a command may be printed to a file.
        let (out, out_copied) = copied_to(&log("out"));
        let (err, err_copied) = copied_to(&log("err"));
        command.stdout(out).stderr(err);
        command.stdin(if self.open_stdin { Stdio::piped() } else { Stdio::null() });
        let mut child = command.process_group(0).spawn().expect("it starts");
        // Closes this process's ends of the pipes.
        drop(command);
        let stdin = child.stdin.take();
        let visited = self.visit.as_ref().map_or(Ok(()), |visit| {
            let done = match address(&log("out"), &mut child) {
                None if self.may_refuse => Ok(()),
                None => Err("the server printed no address".to_owned()),
                Some(base) => visit(world, &base),
            };
            // It may have ended by itself.
            let _ = kill(pid(&child), Signal::SIGTERM);
            done
        });
        let (status, timed_out) = wait(&mut child, self.time);
        drop(stdin);
        // A program that was started by ours could hold the pipes open.
        let until = Instant::now() + Duration::from_secs(2);
        while !(out_copied.is_finished() && err_copied.is_finished()) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        let read = |name| fs::read(log(name)).unwrap_or_default();
        let code = status.and_then(|status| match status.code() {
            // A server that was stopped by its visitor may report that.
            Some(143) if self.visit.is_some() => Some(0),
            None if self.visit.is_some() && status.signal() == Some(15) => Some(0),
            code => code,
        });
        (Ended { code, timed_out, out: read("out"), err: read("err") }, visited)
    }

    fn unexpected(&self, ended: &Ended) -> Vec<String> {
        let mut found = Vec::new();
        if ended.code.is_some_and(|code| !self.codes.contains(&code)) {
            let code = ended.code.unwrap_or_default();
            found.push(format!("exit code {code}, expected one of {:?}", self.codes));
        }
        let text = [ended.out.as_slice(), ended.err.as_slice()].concat();
        let text = String::from_utf8_lossy(&text);
        let missing = self.words.iter().filter(|word| !text.contains(*word));
        found.extend(missing.map(|word| format!("does not say {word:?}")));
        let present = self.absent.iter().filter(|word| text.contains(*word));
        found.extend(present.map(|word| format!("says {word:?}")));
        found
    }
}

/// A pipe whose content is copied to a file as it comes.
fn copied_to(path: &Path) -> (PipeWriter, JoinHandle<()>) {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let mut file = File::create(path).expect("a file");
    let copied = std::thread::spawn(move || drop(std::io::copy(&mut reader, &mut file)));
    (writer, copied)
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).expect("a process id"))
}

/// How it ended; and whether it had to be killed, with everything it started.
fn wait(child: &mut Child, time: Duration) -> (Option<ExitStatus>, bool) {
    let began = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return (Some(status), false);
        }
        if began.elapsed() > time {
            let _ = killpg(pid(child), Signal::SIGKILL);
            let _ = child.wait();
            return (None, true);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// The first line that a server prints: its address, unless it ends before.
fn address(log: &Path, child: &mut Child) -> Option<String> {
    let began = Instant::now();
    while began.elapsed() < TIME {
        let ended = child.try_wait().expect("it can be waited for").is_some();
        let text = fs::read_to_string(log).unwrap_or_default();
        if let Some((first, _)) = text.split_once('\n') {
            return Some(first.trim().to_owned());
        }
        if ended {
            return None;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

fn shortened(ended: &Ended) -> String {
    let mut text = Vec::new();
    for bytes in [&ended.out, &ended.err] {
        let _ = text.write_all(&bytes[..bytes.len().min(1500)]);
    }
    String::from_utf8_lossy(&text).into_owned()
}
