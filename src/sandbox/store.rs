//! The state file: read once, then written whole after every change, so that it is never half of anything.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sandbox::SandboxError;
use crate::sandbox::account::Account;

const FILE: &str = "state.json";
// Raised whenever an older sandbox could misread the file.
const FORMAT: u32 = 1;

/// The folder that keeps an account between runs.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
}

#[derive(Deserialize)]
struct Saved {
    format: u32,
    account: Account,
}

#[derive(Serialize)]
struct Saving<'a> {
    format: u32,
    account: &'a Account,
}

impl Store {
    /// Makes the folder if it is not there yet.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    pub(crate) fn open(folder: &Path) -> Result<Self, SandboxError> {
        let store = Self { folder: folder.to_owned() };
        std::fs::create_dir_all(folder)
            .map_err(|source| SandboxError::Write { path: store.file(), source })?;
        Ok(store)
    }

    /// The account as it was saved; none if nothing was.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    pub(crate) fn load(&self) -> Result<Option<Account>, SandboxError> {
        let path = self.file();
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(SandboxError::Read { path, source }),
        };
        match serde_json::from_slice::<Saved>(&text) {
            Ok(saved) if saved.format == FORMAT => Ok(Some(saved.account)),
            Ok(saved) => Err(SandboxError::Corrupt {
                path,
                detail: format!("its format is {}, not {FORMAT}", saved.format),
            }),
            Err(error) => Err(SandboxError::Corrupt { path, detail: error.to_string() }),
        }
    }

    /// Puts the account in place of the old one in one step.
    pub(crate) fn save(&self, account: &Account) -> Result<(), SandboxError> {
        self.replace(account).map_err(|source| SandboxError::Write { path: self.file(), source })
    }

    // Written beside the old file, flushed to the disk, then renamed over it: a crash leaves one of the two.
    fn replace(&self, account: &Account) -> io::Result<()> {
        let mut fresh = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer_pretty(&mut fresh, &Saving { format: FORMAT, account })?;
        fresh.flush()?;
        fresh.as_file().sync_all()?;
        fresh.persist(self.file()).map_err(|error| error.error)?;
        Ok(())
    }

    fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}
