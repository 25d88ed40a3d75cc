//! The files of a state folder. The folder is opened once; every file in it is opened relative to that handle, and only
//! when it is a regular file: a state folder may come with a cloned repository, and hold links, pipes or devices.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::identifiers;

/// Where a sandbox keeps its state.
#[derive(Debug, Clone)]
pub enum State {
    /// A folder that the user named; it is created if it does not exist.
    Path(PathBuf),
    /// An open folder.
    Folder {
        /// The folder.
        folder: Arc<Dir>,
        /// Its path, for messages only.
        path: PathBuf,
    },
}

impl From<PathBuf> for State {
    fn from(path: PathBuf) -> Self {
        Self::Path(path)
    }
}

impl State {
    /// The path of the folder, for messages.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Path(path) | Self::Folder { path, .. } => path,
        }
    }

    /// Opens the folder.
    #[expect(clippy::disallowed_methods, reason = "the sandbox keeps its state in a folder of its own")]
    pub(super) fn open(&self) -> io::Result<Folder> {
        match self {
            Self::Path(path) => {
                std::fs::create_dir_all(path)?;
                Ok(Folder(Arc::new(Dir::open_ambient_dir(path, ambient_authority())?)))
            }
            Self::Folder { folder, .. } => Ok(Folder(Arc::clone(folder))),
        }
    }
}

/// An open state folder.
#[derive(Debug)]
pub(super) struct Folder(Arc<Dir>);

impl Folder {
    /// The content of a file, unless it does not exist or has more than `limit` bytes.
    pub(super) fn read(&self, name: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = self.open(name, OpenOptions::new().read(true))? else { return Ok(None) };
        let too_large = || io::Error::other(format!("it has more than {} MiB", limit / (1024 * 1024)));
        let length = file.metadata()?.len();
        if length > limit {
            return Err(too_large());
        }
        let mut text = Vec::new();
        text.try_reserve(usize::try_from(length).unwrap_or(usize::MAX))?;
        // The file may grow while it is read.
        file.take(limit + 1).read_to_end(&mut text)?;
        if text.len() as u64 > limit { Err(too_large()) } else { Ok(Some(text)) }
    }

    /// A file to append to, which is created if it does not exist.
    pub(super) fn append(&self, name: &str) -> io::Result<File> {
        match self.open(name, OpenOptions::new().append(true))? {
            Some(file) => Ok(file),
            None => self.create(name, &mut OpenOptions::new()),
        }
    }

    /// A new file under a name that no other file has. Only the user may read it.
    pub(super) fn create_unnamed(&self, stem: &str) -> io::Result<(String, File)> {
        let name = format!("{stem}.{}.tmp", identifiers::random(9));
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = self.create(&name, &mut options)?;
        Ok((name, file))
    }

    /// Gives a file another name. A regular file of this name is replaced, anything else is not.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.check(to)?;
        self.0.rename(from, &self.0, to)
    }

    /// Removes a file, if it exists.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        match self.0.remove_file(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    // An existing name is never opened, so that no link is followed.
    fn create(&self, name: &str, options: &mut OpenOptions) -> io::Result<File> {
        let file = self.0.open_with(name, options.append(true).create_new(true))?;
        Ok(file.into_std())
    }

    /// Opens a file that exists. Opening a device may have an effect and opening a pipe may wait, so the kind is looked
    /// up first. It is looked up again on the open file, because another process may have put something else there.
    fn open(&self, name: &str, options: &mut OpenOptions) -> io::Result<Option<File>> {
        if !self.check(name)? {
            return Ok(None);
        }
        #[cfg(unix)]
        {
            let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
            cap_std::fs::OpenOptionsExt::custom_flags(options, flags.bits().cast_signed());
        }
        let file = self.0.open_with(name, options)?.into_std();
        if file.metadata()?.is_file() { Ok(Some(file)) } else { Err(not_regular()) }
    }

    /// Whether a regular file of this name exists; an error if anything else does.
    fn check(&self, name: &str) -> io::Result<bool> {
        match self.0.symlink_metadata(name) {
            Ok(metadata) if metadata.is_symlink() => {
                Err(io::Error::other("it is a symbolic link, and the sandbox does not follow links"))
            }
            Ok(metadata) if !metadata.is_file() => Err(not_regular()),
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}
