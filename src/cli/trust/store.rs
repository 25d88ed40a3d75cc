//! Approvals that this user gave, in the user's configuration folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};

use super::source::boundary;
use crate::cli::{CommandError, git};

/// The file's name.
const FILE: &str = "trust.json";
/// The version that is written.
const VERSION: u32 = 1;
/// Largest file that is read.
const MAX_STORE: u64 = 8 * 1024 * 1024;

/// An approval. Only the hash counts; the rest is for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Approval {
    /// The project's folder.
    pub(super) project: String,
    /// The account's name in `watpl.yaml`.
    pub(super) account: String,
    /// The account's id.
    pub(super) id: String,
    /// The source, as people read it.
    pub(super) source: String,
    /// Hashes of files by their names in the source.
    #[serde(default)]
    pub(super) files: BTreeMap<String, String>,
    /// The hash.
    pub(super) hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    version: u32,
    approvals: Vec<Approval>,
}

/// All approvals.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    pub(super) approvals: Vec<Approval>,
    /// What is wrong with the file, if it can't be read as approvals.
    pub(super) damage: Option<String>,
}

impl Store {
    /// Reads the approvals of this user. A damaged file approves nothing.
    pub(super) fn open(root: &Path) -> Result<Self, CommandError> {
        let path = path()?;
        let mut store = Self { path, approvals: Vec::new(), damage: None };
        match read(&store.path) {
            Ok(None) => {}
            Ok(Some(text)) => {
                store.refuse_foreign(root)?;
                match serde_json::from_str::<Document>(&text) {
                    Ok(document) if document.version == VERSION => store.approvals = document.approvals,
                    Ok(document) => return Err(store.too_new(document.version)),
                    Err(error) => store.damage = Some(error.to_string()),
                }
            }
            Err(error) => return Err(store.failed("cannot be read", &error)),
        }
        Ok(store)
    }

    /// The file in words, for messages.
    pub(super) fn shown(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Refuses a file that may have come with the clone, or that other users can change. Git keeps no mode 0600.
    fn refuse_foreign(&self, root: &Path) -> Result<(), CommandError> {
        let shown = self.shown();
        if is_open_to_others(&self.path) {
            return Err(CommandError::usage(format!("{shown} can be read or changed by other users"))
                .help(format!("check its content, then run `chmod 600 {shown}`")));
        }
        let boundary = boundary(root);
        let resolved = git::resolve(&self.path);
        let Ok(below) = resolved.strip_prefix(&boundary) else { return Ok(()) };
        if git::is_tracked(&boundary, &below.to_string_lossy().replace('\\', "/")) == Some(true) {
            return Err(CommandError::usage(format!(
                "{shown} is tracked by git, so its content may come from someone else"
            ))
            .help("set XDG_CONFIG_HOME to a folder outside the project"));
        }
        Ok(())
    }

    fn too_new(&self, version: u32) -> CommandError {
        CommandError::usage(format!(
            "{} has version {version}, but this version of watpl supports {VERSION}",
            self.shown()
        ))
        .help("use a newer version of watpl, or move the file away and approve again")
    }

    fn failed(&self, what: &str, error: &std::io::Error) -> CommandError {
        CommandError::account(format!("{} {what}: {error}", self.shown()))
    }

    /// Changes the approvals, while no other process does. What is wrong with a damaged file ends here.
    pub(super) fn update(root: &Path, change: impl FnOnce(&mut Vec<Approval>)) -> Result<(), CommandError> {
        let path = path()?;
        let waiting = Self { path: path.clone(), approvals: Vec::new(), damage: None };
        let _turn = turn(&path).map_err(|error| waiting.failed("cannot be written", &error))?;
        let mut store = Self::open(root)?;
        change(&mut store.approvals);
        store.write().map_err(|error| store.failed("cannot be written", &error))
    }

    /// Replaces the file in one step. It is readable by this user alone, as temporary files are.
    fn write(&self) -> std::io::Result<()> {
        // Where the file is a link, as tools that manage such files make them, its target is replaced.
        let path = git::resolve(&self.path);
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let document = Document { version: VERSION, approvals: self.approvals.clone() };
        let text = serde_json::to_string_pretty(&document).map_err(std::io::Error::other)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

fn path() -> Result<PathBuf, CommandError> {
    let strategy = choose_base_strategy().map_err(|_| {
        CommandError::usage("no configuration folder was found for this user")
            .help("set HOME or XDG_CONFIG_HOME; in CI, set WATPL_TRUST instead")
    })?;
    Ok(strategy.config_dir().join("watpl").join(FILE))
}

#[expect(clippy::disallowed_methods, reason = "approvals are kept in the user's configuration")]
fn read(path: &Path) -> std::io::Result<Option<String>> {
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata?,
    };
    if !metadata.is_file() || metadata.len() > MAX_STORE {
        return Err(std::io::Error::other("not a regular file, or too large"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_STORE).read_to_end(&mut bytes)?;
    // Invalid UTF-8 is reported as invalid JSON.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Waits until no other process changes the approvals.
#[expect(clippy::disallowed_methods, reason = "approvals are kept in the user's configuration")]
fn turn(path: &Path) -> std::io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = File::options().create(true).write(true).truncate(false).open(path.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "approvals are kept in the user's configuration")]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}
