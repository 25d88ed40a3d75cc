//! Child processes: the only module that starts programs.
//!
//! A child gets the environment without secrets, unless it is the approved token source. Its output has a size limit,
//! its run has a deadline.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// How much of the error output is kept.
const MAX_ERRORS: usize = 16 * 1024;
/// How often an exited child is waited for, once its output has ended.
const MOMENT: Duration = Duration::from_millis(2);
/// Most memory of a program that gets no secrets. Git holds a file of a repository in memory as a whole, whatever size
/// its header promises.
#[cfg(target_os = "linux")]
const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// Where programs are looked up without `PATH`.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// Beginnings of the names of variables that hold credentials.
const SECRET_PREFIXES: [&str; 17] = [
    "WATPL_",
    "WHATSAPP_",
    "WABA_",
    "META_",
    "PG",
    "AWS_",
    "AZURE_",
    "ARM_",
    "GOOGLE_",
    "GCP_",
    "GCLOUD_",
    "CLOUDSDK_",
    "ACTIONS_",
    "NPM_",
    "VAULT_",
    "DOCKER_AUTH",
    "CI_JOB_JWT",
];
/// Words between the `_` of a variable's name that make it a credential.
const SECRET_WORDS: [&str; 14] = [
    "TOKEN",
    "TOKENS",
    "SECRET",
    "SECRETS",
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "CREDENTIAL",
    "CREDENTIALS",
    "KEY",
    "KEYS",
    "APIKEY",
    "JWT",
    "PAT",
];

/// A program that is about to be run.
#[derive(Debug)]
pub(super) struct Child {
    command: Command,
    input: Vec<u8>,
    limit: usize,
    deadline: Duration,
    is_trusted: bool,
}

/// A program that ended in time.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) status: ExitStatus,
    pub(super) output: Vec<u8>,
    pub(super) errors: Vec<u8>,
}

/// Why a program has no result.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChildError {
    #[error("cannot be started: {0}")]
    Start(std::io::Error),
    #[error("printed more than {} KiB", .0 / 1024)]
    TooLong(usize),
    #[error("did not end within {} seconds, and was stopped", .0.as_secs())]
    Late(Duration),
}

impl Child {
    /// A program that gets no secrets.
    pub(super) fn new(program: &Path, limit: usize, deadline: Duration) -> Self {
        let mut child = Self::trusted(program, limit, deadline);
        child.is_trusted = false;
        child.command.env_clear();
        child
            .command
            .envs(std::env::vars_os().filter(|(name, value)| !is_secret(name) && !has_secret(value)));
        child
    }

    /// A program that the user approved as a token source: it gets the whole environment.
    #[expect(clippy::disallowed_methods, reason = "this is where programs are run")]
    pub(super) fn trusted(program: &Path, limit: usize, deadline: Duration) -> Self {
        Self { command: Command::new(program), input: Vec::new(), limit, deadline, is_trusted: true }
    }

    pub(super) fn args(mut self, words: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(words);
        self
    }

    pub(super) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(super) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// The folder that it runs in.
    pub(super) fn directory(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What it reads from its standard input.
    pub(super) fn input(mut self, bytes: Vec<u8>) -> Self {
        self.input = bytes;
        self
    }

    /// Runs it to its end.
    pub(super) fn run(mut self) -> Result<Finished, ChildError> {
        let input = if self.input.is_empty() { Stdio::null() } else { Stdio::piped() };
        self.command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(ChildError::Start)?;
        if !self.is_trusted {
            limit_memory(&child);
        }
        let clock = Clock::start(self.deadline);
        if let Some(mut pipe) = child.stdin.take() {
            let bytes = std::mem::take(&mut self.input);
            // A child that stops reading ends by itself, and its exit status tells.
            std::thread::spawn(move || drop(pipe.write_all(&bytes)));
        }
        let (output, errors) = (read(child.stdout.take(), self.limit), read(child.stderr.take(), MAX_ERRORS));
        let ended = self.collect(&output, &errors, &clock).and_then(|(output, errors)| {
            let status = self.wait(&mut child, &clock)?;
            Ok(Finished { status, output, errors })
        });
        if ended.is_err() {
            // It may have ended meanwhile.
            let _ = child.kill().and_then(|()| child.wait());
        }
        ended
    }

    fn collect(
        &self,
        output: &mpsc::Receiver<Vec<u8>>,
        errors: &mpsc::Receiver<Vec<u8>>,
        clock: &Clock,
    ) -> Result<(Vec<u8>, Vec<u8>), ChildError> {
        let late = |_| ChildError::Late(self.deadline);
        let output = output.recv_timeout(clock.left()).map_err(late)?;
        if output.len() > self.limit {
            return Err(ChildError::TooLong(self.limit));
        }
        let mut errors = errors.recv_timeout(clock.left()).map_err(late)?;
        errors.truncate(MAX_ERRORS);
        Ok((output, errors))
    }

    fn wait(&self, child: &mut std::process::Child, clock: &Clock) -> Result<ExitStatus, ChildError> {
        loop {
            match child.try_wait().map_err(ChildError::Start)? {
                Some(status) => return Ok(status),
                None if clock.left().is_zero() => return Err(ChildError::Late(self.deadline)),
                None => std::thread::sleep(MOMENT),
            }
        }
    }
}

/// Limits the memory of a program that works on a stranger's files. Linux alone can do so for another process.
#[cfg(target_os = "linux")]
fn limit_memory(child: &std::process::Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    let limit = Rlimit { current: Some(MAX_MEMORY), maximum: Some(MAX_MEMORY) };
    // It fails where the limit is lower already, or the program has ended.
    let _ = prlimit(Some(pid), Resource::Data, limit);
}

#[cfg(not(target_os = "linux"))]
fn limit_memory(_: &std::process::Child) {}

/// Reads a pipe to its end, and hands over at most one byte more than the limit. The thread isn't joined, because a
/// grandchild may keep the pipe open.
fn read(pipe: Option<impl Read + Send + 'static>, limit: usize) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
            // What was read before an error is what there is.
            let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
            if limit == MAX_ERRORS {
                // A child with many complaints must not block on them.
                let _ = std::io::copy(&mut pipe, &mut std::io::sink());
            }
        }
        // The receiver may have given up.
        let _ = sender.send(bytes);
    });
    receiver
}

struct Clock {
    end: Instant,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "a child that never ends must not hold up the run")]
    fn start(deadline: Duration) -> Self {
        Self { end: Instant::now() + deadline }
    }

    #[expect(clippy::disallowed_methods, reason = "a child that never ends must not hold up the run")]
    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }
}

/// Whether a variable may hold a credential, by its name.
fn is_secret(name: &OsStr) -> bool {
    if HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|hidden| name == hidden.as_str()) {
        return true;
    }
    let name = name.to_string_lossy().to_ascii_uppercase();
    // A pair of settings for git; `cli::git` decides about them by their content.
    if name.starts_with("GIT_CONFIG_KEY_") {
        return false;
    }
    let parts = ["TOKEN", "SECRET", "PASSW", "CREDENTIAL"];
    if parts.iter().any(|part| name.contains(part)) {
        return true;
    }
    SECRET_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || name.split(|sign: char| !sign.is_ascii_alphanumeric()).any(|word| SECRET_WORDS.contains(&word))
}

/// Whether a value is a URL with a password, as those of databases and of GitLab's `CI_REPOSITORY_URL` are.
fn has_secret(value: &OsStr) -> bool {
    let value = value.to_string_lossy();
    value.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
    })
}

/// Keeps a variable from all programs that are not the approved token source, whatever its name is.
pub(super) fn hide(variable: &str) {
    HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).push(variable.to_owned());
}

/// Variables that the project's accounts take tokens from.
static HIDDEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The file of a program, looked up in the absolute folders of `PATH`: a relative one could be a folder of a clone.
/// A system that looks programs up in its own way does so; neither uses the working directory.
pub(super) fn find(program: &str) -> Option<PathBuf> {
    if !cfg!(unix) {
        return Some(program.into());
    }
    let folders = path();
    let folders: Vec<PathBuf> =
        std::env::split_paths(&folders).filter(|folder| folder.is_absolute()).collect();
    folders.into_iter().map(|folder| folder.join(program)).find(|file| is_executable(file))
}

#[expect(clippy::disallowed_methods, reason = "PATH is an environment variable")]
fn path() -> OsString {
    std::env::var_os("PATH").unwrap_or_else(|| DEFAULT_PATH.into())
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "PATH is an environment variable")]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_known_by_the_names_of_their_variables() {
        for name in [
            "WATPL_TOKEN",
            "WATPL_GRAPH_URL",
            "WHATSAPP_X",
            "WABA_ID",
            "META_APP",
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "CI_JOB_TOKEN",
            "MY_SECRET",
            "my_token",
            "PGPASSWORD",
            "PGHOST",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "AWS_ACCESS_KEY_ID",
            "AZURE_CLIENT_ID",
            "ARM_CLIENT_ID",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "CLOUDSDK_CONFIG",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "npm_config_//registry.npmjs.org/:_authToken",
            "MYSQL_PASSWORD",
            "SSH_PRIVATE_KEY",
            "OPENAI_API_KEY",
            "VAULT_ADDR",
            "GITLAB_PAT",
            "GIT_TOKEN",
            "TOKENIZER",
        ] {
            assert!(is_secret(OsStr::new(name)), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TERM",
            "TZ",
            "USER",
            "SystemRoot",
            "SSH_AUTH_SOCK",
            "GIT_SSH_COMMAND",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_KEY_0",
            "GIT_CONFIG_VALUE_0",
            "XDG_CONFIG_HOME",
            "KEYBOARD",
            "https_proxy",
            "LD_LIBRARY_PATH",
        ] {
            assert!(!is_secret(OsStr::new(name)), "{name}");
        }
    }

    #[cfg(unix)]
    fn shell(script: &str, limit: usize, deadline: Duration) -> Result<Finished, ChildError> {
        Child::new(Path::new("/bin/sh"), limit, deadline).args(["-c", script]).run()
    }

    #[cfg(unix)]
    #[test]
    fn output_has_a_limit() {
        let minute = Duration::from_secs(60);
        assert!(matches!(shell("echo 12345", 5, minute), Err(ChildError::TooLong(5))));
        assert!(matches!(shell("exec cat /dev/zero", 100, minute), Err(ChildError::TooLong(100))));
        let done = shell("echo 1234; exit 3", 5, minute).expect("it ends");
        assert_eq!((done.output.as_slice(), done.status.code()), (b"1234\n".as_slice(), Some(3)));
        let done = shell("head -c 1000000 /dev/zero >&2; echo x", 5, minute).expect("it ends");
        assert_eq!((done.output.as_slice(), done.errors.len()), (b"x\n".as_slice(), MAX_ERRORS));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_has_a_limit_unless_the_program_is_approved() {
        let limit = |child: Child| {
            // The limit is set right after the start.
            let script = "sleep 0.2; grep 'Max data size' /proc/self/limits";
            let done = child.args(["-c", script]).run().expect("it ends");
            String::from_utf8_lossy(&done.output).contains(&MAX_MEMORY.to_string())
        };
        let (shell, minute) = (Path::new("/bin/sh"), Duration::from_secs(60));
        assert!(limit(Child::new(shell, 1_000, minute)));
        assert!(!limit(Child::trusted(shell, 1_000, minute)));
    }

    #[cfg(unix)]
    #[test]
    fn a_child_that_never_ends_is_stopped() {
        let clock = Clock::start(Duration::from_secs(4));
        let short = Duration::from_millis(200);
        assert!(matches!(shell("exec sleep 60", 5, short), Err(ChildError::Late(_))));
        assert!(matches!(shell("exec sleep 60 >/dev/null 2>&1", 5, short), Err(ChildError::Late(_))));
        // The shell is stopped; what it started keeps the pipe, and is not waited for.
        assert!(matches!(shell("sleep 5; echo x", 5, short), Err(ChildError::Late(_))));
        assert!(!clock.left().is_zero());
    }

    #[cfg(unix)]
    #[test]
    fn input_larger_than_a_pipe_does_not_block() {
        let child = Child::new(Path::new("/bin/cat"), 10_000_000, Duration::from_secs(60));
        let done = child.input(vec![b'x'; 1_000_000]).run().expect("it ends");
        assert_eq!(done.output.len(), 1_000_000);
    }

    #[cfg(unix)]
    #[test]
    fn programs_are_not_looked_up_in_the_working_directory() {
        assert!(find("sh").is_some_and(|path| path.is_absolute()));
        assert_eq!(find("no-such-program-anywhere"), None);
    }
}
