//! The lock file on disk: read, held against a second run, written so that it is whole at any moment.

mod writer;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::lock::{self, Applied, Lock, Step};

/// The folder of everything that is not committed.
const LOCAL: &str = ".watpl";
/// So many successes are written down one by one before the lock is written as a whole.
const STEPS: usize = 100;
/// The largest lock that is read: 100,000 versions have 40 MB.
const MAX_LOCK: u64 = 256 * 1024 * 1024;

/// The lock of one account, held by this run.
///
/// What is done is written down twice: at once as a line of a file of its own (`.watpl/ACCOUNT.steps.jsonl`), which costs
/// the same however long the lock is, and now and then, and in the end, into the lock. What a killed run left in the
/// former is taken in by the next.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    local: PathBuf,
    account: String,
    lock: Lock,
    /// What was last applied to the account, with the steps that the lock does not have.
    applied: Applied,
    steps: Option<Steps>,
    /// Held until the run ends; the system lets go of it even when the run is killed.
    _held: Vec<File>,
}

/// The steps since the lock was written.
#[derive(Debug)]
struct Steps {
    file: File,
    count: usize,
}

/// Why a lock cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It is damaged, unmerged or too new.
    #[error("{path}: {error}")]
    Bad {
        /// The file.
        path: String,
        /// What is wrong with it.
        error: lock::Error,
    },
    /// It cannot be read or written.
    #[error("{path}: {cause}")]
    Io {
        /// The file.
        path: String,
        /// Why, in the words of the system.
        cause: String,
    },
    /// Another run holds it.
    #[error("another run is writing to this account{holder}")]
    Held {
        /// Who, as far as it said.
        holder: String,
    },
}

impl LockFile {
    /// Reads the lock for an account. A sandbox's lock lives beside its state, which is not committed either.
    ///
    /// # Errors
    /// When there is one and it cannot be used.
    pub fn read(root: &Path, account: &str, sandbox: bool) -> Result<Self, StateError> {
        Ok(Self::open(root, account, sandbox)?.0)
    }

    fn open(root: &Path, account: &str, sandbox: bool) -> Result<(Self, bool), StateError> {
        let local = root.join(LOCAL);
        let path = if sandbox { local.join("sandbox.lock") } else { root.join("watpl.lock") };
        let lock = read_lock(&path)?;
        let applied = lock.accounts.get(account).cloned().unwrap_or_default();
        let account = account.to_owned();
        let mut file = Self { path, local, account, lock, applied, steps: None, _held: Vec::new() };
        let cut_short = file.catch_up()?;
        Ok((file, cut_short))
    }

    /// The same, held against every other run that writes to the account, which `writer` names: neither another name in
    /// the project nor another project of this user has it write at the same time. Of an account that lives in the
    /// project there is no other.
    ///
    /// # Errors
    /// When it cannot be used, or another run holds it.
    pub fn hold(root: &Path, account: &str, writer: Option<&str>) -> Result<Self, StateError> {
        let sandbox = writer.is_none();
        let held = writer::hold(&root.join(LOCAL), writer)?;
        // Read only once it is held: what an earlier run wrote is in it then.
        let (file, cut_short) = Self::open(root, account, sandbox)?;
        let mut file = Self { _held: held, ..file };
        if cut_short {
            let applied = file.applied();
            file.save(&applied)?;
        }
        Ok(file)
    }

    /// What was last applied to the account.
    pub fn applied(&self) -> Applied {
        self.applied.clone()
    }

    /// Whether nothing was ever applied to the account.
    pub fn is_new(&self) -> bool {
        !self.lock.accounts.contains_key(&self.account) && self.applied == Applied::default()
    }

    /// Writes the lock as a whole. What other runs wrote about other accounts meanwhile stays.
    ///
    /// # Errors
    /// When the file cannot be replaced; the old one is whole then.
    pub fn save(&mut self, applied: &Applied) -> Result<(), StateError> {
        let _turn = wait_for_turn(&self.local).map_err(|error| io(&self.path, &error))?;
        self.lock = read_lock(&self.path)?;
        self.lock.accounts.insert(self.account.clone(), applied.clone());
        write_whole(&self.path, &self.lock.render()).map_err(|error| io(&self.path, &error))?;
        self.applied = applied.clone();
        self.forget_steps().map_err(|error| io(&self.steps_path(), &error))
    }

    /// Writes down one success, in a way that outlives this process and this machine's power.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record(&mut self, step: &Step) -> Result<(), StateError> {
        self.applied.take(step.clone());
        let line = step.render(&self.account, &self.applied.waba_id) + "\n";
        self.append(&line).map_err(|error| io(&self.steps_path(), &error))?;
        if self.steps.as_ref().is_some_and(|steps| steps.count >= STEPS) {
            let applied = self.applied.clone();
            self.save(&applied)?;
        }
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
    fn append(&mut self, line: &str) -> std::io::Result<()> {
        if self.steps.is_none() {
            let path = self.steps_path();
            make_local(&self.local)?;
            let file = File::options().create(true).append(true).open(&path)?;
            settle(&path);
            self.steps = Some(Steps { file, count: 0 });
        }
        if let Some(steps) = &mut self.steps {
            steps.count += 1;
            steps.file.write_all(line.as_bytes())?;
            steps.file.sync_data()?;
        }
        Ok(())
    }

    /// Takes in what a run that was killed wrote down and did not get into the lock; tells whether there was such a run.
    fn catch_up(&mut self) -> Result<bool, StateError> {
        let path = self.steps_path();
        let text = read_text(&path).map_err(|error| io(&path, &error))?.unwrap_or_default();
        let steps = Step::parse_all(&text, &self.account)
            .map_err(|error| StateError::Bad { path: shown(&path), error })?;
        for (waba_id, step) in steps {
            if self.applied.waba_id.is_empty() {
                self.applied.waba_id.clone_from(&waba_id);
            }
            // The name may stand for another account by now, of which these steps tell nothing.
            if self.applied.waba_id == waba_id {
                self.applied.catch_up(step);
            }
        }
        Ok(!text.is_empty())
    }

    /// The lock has everything now.
    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
    fn forget_steps(&mut self) -> std::io::Result<()> {
        self.steps = None;
        match std::fs::remove_file(self.steps_path()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn steps_path(&self) -> PathBuf {
        self.local.join(format!("{}.steps.jsonl", file_name(&self.account)))
    }

    /// Appends a line to the journal.
    ///
    /// # Errors
    /// When it cannot be written.
    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
    pub fn journal(&self, line: &str) -> Result<(), StateError> {
        let path = self.local.join("journal.jsonl");
        let append = || {
            make_local(&self.local)?;
            let mut file = File::options().create(true).append(true).open(&path)?;
            // One write, so that the lines of several runs do not mix.
            file.write_all(format!("{line}\n").as_bytes())
        };
        append().map_err(|error: std::io::Error| io(&path, &error))
    }
}

/// The name of an account as a part of a file's name: another one for another account.
fn file_name(account: &str) -> String {
    let mut name = String::new();
    for byte in account.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => name.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(name, "_{byte:02x}")),
        }
    }
    name
}

fn read_lock(path: &Path) -> Result<Lock, StateError> {
    match read_text(path).map_err(|error| io(path, &error))? {
        Some(text) => Lock::parse(&text).map_err(|error| StateError::Bad { path: shown(path), error }),
        None => Ok(Lock::default()),
    }
}

/// Holds the lock file itself while it is written: runs for other accounts write to it as well.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn wait_for_turn(local: &Path) -> std::io::Result<File> {
    make_local(local)?;
    let file = File::options().create(true).write(true).truncate(false).open(local.join("lock.turn"))?;
    file.lock()?;
    Ok(file)
}

/// Where the embedded sandbox of a project keeps its state.
pub fn sandbox_folder(root: &Path) -> PathBuf {
    root.join(LOCAL).join("sandbox")
}

/// Seconds since 1970; a clock before that counts as 0.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads the clock")]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn read_text(path: &Path) -> std::io::Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut text = String::new();
    file.take(MAX_LOCK).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Makes the local folder, which git should not see.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn make_local(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        std::fs::write(ignore, "*\n")?;
    }
    Ok(())
}

/// Replaces a file in one step: it is the old one or the new one, whatever happens.
///
/// # Errors
/// When it is a link, or cannot be written; the old file is whole then.
pub fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let file = written(path, text)?;
    file.persist(path).map_err(|error| error.error)?;
    settle(path);
    Ok(())
}

/// Writes a file that does not exist yet, whole or not at all.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let file = written(path, text)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    settle(path);
    Ok(())
}

/// A temporary file beside `path`, with its mode and everything in it.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn written(path: &Path, text: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    if folder.ends_with(LOCAL) {
        make_local(folder)?;
    }
    if path.is_symlink() {
        return Err(std::io::Error::other("is a link, and is not written through"));
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0o644, |metadata| metadata.permissions().mode());
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// The rename itself is safe once the folder is; not every system can do that.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn settle(path: &Path) {
    let folder = path.parent().unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn io(path: &Path, error: &std::io::Error) -> StateError {
    StateError::Io { path: shown(path), cause: error.to_string() }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
