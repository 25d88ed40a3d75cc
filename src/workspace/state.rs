//! The lock file on disk: read, locked against a second run, written atomically.

mod writer;

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use cap_std::fs::Dir;

use super::folder::Folder;
use crate::lock::{self, Applied, Lock, Step};
use crate::secrets;

/// The folder of everything that is not committed.
const LOCAL: &str = ".watpl";
/// The lock of accounts at Meta, in the project's folder, and that of sandboxes, in the local one.
const LOCK: &str = "watpl.lock";
const SANDBOX_LOCK: &str = "sandbox.lock";
/// So many successes are written down one by one before the lock is written as a whole.
const STEPS: usize = 100;
/// The largest lock that is read: 100,000 versions have 40 MB.
const MAX_LOCK: u64 = 256 * 1024 * 1024;

/// The lock of one account, held by this run.
///
/// Each success is recorded twice: at once as a line of `.watpl/ACCOUNT.steps.jsonl`, whose cost doesn't depend on the
/// size of the lock file, and from time to time in the lock file. The next run merges the steps of a killed run.
#[derive(Debug)]
pub struct LockFile {
    project: ProjectFolder,
    account: String,
    is_sandbox: bool,
    lock: Lock,
    /// What was last applied to the account, with the steps that the lock does not have.
    applied: Applied,
    steps: Option<Steps>,
    /// Held until the run ends; the system lets go of it even when the run is killed.
    _held: Vec<writer::Held>,
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
        error: lock::LockError,
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
        /// Description of the holder, if known.
        holder: String,
    },
}

impl LockFile {
    /// Reads the lock of an account. The lock of a sandbox is next to its state, which is not committed either.
    ///
    /// # Errors
    /// When there is one and it cannot be used.
    pub fn read(root: &Path, account: &str, sandbox: bool) -> Result<Self, StateError> {
        Ok(Self::open(root, account, sandbox)?.0)
    }

    fn open(root: &Path, account: &str, is_sandbox: bool) -> Result<(Self, bool), StateError> {
        let project = ProjectFolder::open(root)?;
        let lock = Lock::default();
        let (account, applied) = (account.to_owned(), Applied::default());
        let mut file = Self { project, account, is_sandbox, lock, applied, steps: None, _held: Vec::new() };
        file.lock = file.read_lock()?;
        file.applied = file.lock.accounts.get(&file.account).cloned().unwrap_or_default();
        let cut_short = file.apply_steps()?;
        Ok((file, cut_short))
    }

    /// Reads the lock and excludes every other run that writes to the account, which `writer` names: under another name in
    /// the project, or from another project of this user. The account of an embedded sandbox belongs to one project.
    ///
    /// # Errors
    /// When it cannot be used, or another run holds it.
    pub fn acquire(root: &Path, account: &str, writer: Option<&str>) -> Result<Self, StateError> {
        let sandbox = writer.is_none();
        let held = writer::acquire(&ProjectFolder::open(root)?, writer)?;
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
        let _turn = self.project.lock_exclusive()?;
        self.lock = self.read_lock()?;
        self.lock.accounts.insert(self.account.clone(), applied.clone());
        let text = self.lock.render();
        self.in_lock_folder(true, |folder, name| folder.replace(name, &text))?;
        self.applied = applied.clone();
        self.forget_steps()
    }

    /// Writes down one success, in a way that outlives this process and this machine's power.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record(&mut self, step: &Step) -> Result<(), StateError> {
        self.applied.take(step.clone());
        let line = step.render(&self.account, &self.applied.waba_id) + "\n";
        self.append(&line)?;
        if self.steps.as_ref().is_some_and(|steps| steps.count >= STEPS) {
            let applied = self.applied.clone();
            self.save(&applied)?;
        }
        Ok(())
    }

    fn append(&mut self, line: &str) -> Result<(), StateError> {
        let name = self.steps_name();
        let mut steps = match self.steps.take() {
            Some(steps) => steps,
            None => Steps { file: self.project.append(&name)?, count: 0 },
        };
        steps.count += 1;
        let written = secrets::refuse(line)
            .and_then(|()| steps.file.write_all(line.as_bytes()))
            .and_then(|()| steps.file.sync_data());
        self.steps = Some(steps);
        written.map_err(|error| self.project.failed(&name, &error))
    }

    /// Merges the steps of a killed run into the lock. Returns whether there were any.
    fn apply_steps(&mut self) -> Result<bool, StateError> {
        let name = self.steps_name();
        let text = self.project.read(&name)?.unwrap_or_default();
        let steps = Step::parse_all(&text, &self.account)
            .map_err(|error| StateError::Bad { path: shown(&self.project.path_of(&name)), error })?;
        for (waba_id, step) in steps {
            if self.applied.waba_id.is_empty() {
                self.applied.waba_id.clone_from(&waba_id);
            }
            // The name may stand for another account by now, of which these steps tell nothing.
            if self.applied.waba_id == waba_id {
                self.applied.merge_if_newer(step);
            }
        }
        Ok(!text.is_empty())
    }

    /// The lock has everything now.
    fn forget_steps(&mut self) -> Result<(), StateError> {
        self.steps = None;
        self.project.remove(&self.steps_name())
    }

    fn steps_name(&self) -> String {
        format!("{}.steps.jsonl", file_name(&self.account))
    }

    /// Appends a line to the journal.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn journal(&self, line: &str) -> Result<(), StateError> {
        const JOURNAL: &str = "journal.jsonl";
        let mut file = self.project.append(JOURNAL)?;
        // One write, so that the lines of several runs do not mix.
        let written = secrets::refuse(line).and_then(|()| file.write_all(format!("{line}\n").as_bytes()));
        written.map_err(|error| self.project.failed(JOURNAL, &error))
    }

    fn read_lock(&self) -> Result<Lock, StateError> {
        let bytes = self.in_lock_folder(false, |folder, name| folder.read(name, MAX_LOCK))?.flatten();
        let Some(bytes) = bytes else { return Ok(Lock::default()) };
        let path =
            if self.is_sandbox { self.project.path_of(SANDBOX_LOCK) } else { self.project.own.path_of(LOCK) };
        let text = text(bytes).map_err(|error| io(&path, &error))?;
        Lock::parse(&text).map_err(|error| StateError::Bad { path: shown(&path), error })
    }

    /// Does something with the lock in its folder, if that exists or is to be made.
    fn in_lock_folder<T>(
        &self,
        make: bool,
        work: impl FnOnce(&Folder, &str) -> std::io::Result<T>,
    ) -> Result<Option<T>, StateError> {
        if !self.is_sandbox {
            let done = work(&self.project.own, LOCK);
            return done.map(Some).map_err(|error| io(&self.project.own.path_of(LOCK), &error));
        }
        let Some(local) = self.project.local(make)? else { return Ok(None) };
        let done = work(&local, SANDBOX_LOCK);
        done.map(Some).map_err(|error| io(&local.path_of(SANDBOX_LOCK), &error))
    }
}

/// A project's folder, and `.watpl` in it.
///
/// Both are held open, and no link in them is followed: a repository can contain any link, and what is written here
/// would go wherever it leads.
#[derive(Debug)]
struct ProjectFolder {
    own: Folder,
    path: PathBuf,
}

impl ProjectFolder {
    fn open(root: &Path) -> Result<Self, StateError> {
        let own = Folder::named(root, false).map_err(|error| io(root, &error))?;
        Ok(Self { own, path: root.to_owned() })
    }

    /// The local folder. A new one gets a `.gitignore`.
    fn local(&self, make: bool) -> Result<Option<Folder>, StateError> {
        let path = self.path.join(LOCAL);
        let local = self.own.subfolder(LOCAL, make).map_err(|error| io(&path, &error))?;
        let Some(local) = local else { return Ok(None) };
        if !make {
            return Ok(Some(local));
        }
        match local.create(".gitignore", "*\n") {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(io(&path, &error)),
            _ => Ok(Some(local)),
        }
    }

    fn made(&self) -> Result<Folder, StateError> {
        let missing = || StateError::Io {
            path: shown(&self.path),
            cause: "it was removed by another process".to_owned(),
        };
        self.local(true)?.ok_or_else(missing)
    }

    fn append(&self, name: &str) -> Result<File, StateError> {
        let local = self.made()?;
        let file = local.append(name).map_err(|error| io(&local.path_of(name), &error))?;
        local.flush();
        Ok(file)
    }

    fn read(&self, name: &str) -> Result<Option<String>, StateError> {
        let Some(local) = self.local(false)? else { return Ok(None) };
        let bytes = local.read(name, MAX_LOCK);
        let text = bytes.and_then(|bytes| bytes.map(text).transpose());
        text.map_err(|error| io(&local.path_of(name), &error))
    }

    fn remove(&self, name: &str) -> Result<(), StateError> {
        let Some(local) = self.local(false)? else { return Ok(()) };
        local.remove(name).map_err(|error| io(&local.path_of(name), &error))
    }

    /// Holds the lock file itself while it is written: runs for other accounts write to it as well.
    fn lock_exclusive(&self) -> Result<File, StateError> {
        const TURN: &str = "lock.turn";
        let local = self.made()?;
        let turn = local.open_lock(TURN).and_then(|file| file.lock().map(|()| file));
        turn.map_err(|error| io(&local.path_of(TURN), &error))
    }

    fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(LOCAL).join(name)
    }

    fn failed(&self, name: &str, error: &std::io::Error) -> StateError {
        io(&self.path_of(name), error)
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

/// The open folder in which the embedded sandbox of a project keeps its state, and its path.
///
/// # Errors
/// When it, or `.watpl`, is a link, or can't be made.
pub fn sandbox_folder(root: &Path) -> Result<(Dir, PathBuf), StateError> {
    const SANDBOX: &str = "sandbox";
    let local = ProjectFolder::open(root)?.made()?;
    let path = local.path_of(SANDBOX);
    let folder = local.subfolder(SANDBOX, true).map_err(|error| io(&path, &error))?;
    let missing =
        || StateError::Io { path: shown(&path), cause: "it was removed by another process".to_owned() };
    let dir = folder.ok_or_else(missing)?.into_dir();
    Ok((dir, path))
}

/// Seconds since 1970; a clock before that counts as 0.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads the clock")]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn text(bytes: Vec<u8>) -> std::io::Result<String> {
    String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is not UTF-8 text"))
}

fn io(path: &Path, error: &std::io::Error) -> StateError {
    StateError::Io { path: shown(path), cause: error.to_string() }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
