//! The lock file on disk: read, held against a second run, written so that it is whole at any moment.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::lock::{self, Applied, Lock};

/// The folder of everything that is not committed.
const LOCAL: &str = ".watpl";
/// The largest lock that is read: 100,000 versions have 40 MB.
const MAX_LOCK: u64 = 256 * 1024 * 1024;

/// The lock of one account, held by this run.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    journal: PathBuf,
    account: String,
    lock: Lock,
    /// Held until the run ends; the system lets go of it even when the run is killed.
    _held: Option<File>,
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
        let local = root.join(LOCAL);
        let path = if sandbox { local.join("sandbox.lock") } else { root.join("watpl.lock") };
        let lock = match read_text(&path).map_err(|error| io(&path, &error))? {
            Some(text) => {
                Lock::parse(&text).map_err(|error| StateError::Bad { path: shown(&path), error })?
            }
            None => Lock::default(),
        };
        Ok(Self {
            journal: local.join("journal.jsonl"),
            path,
            account: account.to_owned(),
            lock,
            _held: None,
        })
    }

    /// The same, held against every other run that writes to the account.
    ///
    /// # Errors
    /// When it cannot be used, or another run holds it.
    pub fn hold(root: &Path, account: &str, sandbox: bool) -> Result<Self, StateError> {
        let held = hold(root, account)?;
        // Read only once it is held: what an earlier run wrote is in it then.
        let file = Self::read(root, account, sandbox)?;
        Ok(Self { _held: Some(held), ..file })
    }

    /// What was last applied to the account.
    pub fn applied(&self) -> Applied {
        self.lock.accounts.get(&self.account).cloned().unwrap_or_default()
    }

    /// Whether anything was ever applied to the account.
    pub fn is_new(&self) -> bool {
        !self.lock.accounts.contains_key(&self.account)
    }

    /// Writes what was applied.
    ///
    /// # Errors
    /// When the file cannot be replaced; the old one is whole then.
    pub fn save(&mut self, applied: &Applied) -> Result<(), StateError> {
        self.lock.accounts.insert(self.account.clone(), applied.clone());
        write_whole(&self.path, &self.lock.render()).map_err(|error| io(&self.path, &error))
    }

    /// Appends a line to the journal.
    ///
    /// # Errors
    /// When it cannot be written.
    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
    pub fn journal(&self, line: &str) -> Result<(), StateError> {
        let append = || {
            make_local(self.journal.parent().unwrap_or(Path::new(LOCAL)))?;
            let mut file = File::options().create(true).append(true).open(&self.journal)?;
            writeln!(file, "{line}")
        };
        append().map_err(|error: std::io::Error| io(&self.journal, &error))
    }
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

/// Takes the account's writer lock, an OS lock on a file of its own: a crash leaves nothing behind that blocks.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn hold(root: &Path, account: &str) -> Result<File, StateError> {
    let folder = root.join(LOCAL);
    let name: String = account.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let path = folder.join(format!("{name}.writer"));
    let open = || {
        make_local(&folder)?;
        File::options().create(true).read(true).write(true).truncate(false).open(&path)
    };
    let mut file = open().map_err(|error| io(&path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
            let holder = if known { format!(" ({})", holder.trim()) } else { String::new() };
            return Err(StateError::Held { holder });
        }
        Err(TryLockError::Error(error)) => return Err(io(&path, &error)),
    }
    // Only for the message of a second run; failing to leave it hurts nothing.
    let _ = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| write!(file, "process {}", std::process::id()));
    Ok(file)
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
