//! An open folder, whose files are opened by their names and never through a symbolic link.
//!
//! Holding the folder itself, and not its path, means that nothing on the way to it can be exchanged between two calls.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt as _, FollowSymlinks, OpenOptionsFollowExt as _};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use rand::TryRngCore as _;

use crate::secrets;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    dir: Dir,
    path: PathBuf,
}

/// A file's folder and name. The file may not exist yet.
#[derive(Debug)]
pub struct FileTarget {
    pub(super) folder: Folder,
    pub(super) name: OsString,
}

impl FileTarget {
    /// Replaces the file in one step: it is the old one or the new one, whatever happens.
    ///
    /// # Errors
    /// When it is not a regular file, or can't be written; the old file is untouched then.
    pub fn replace(&self, text: &str) -> io::Result<()> {
        self.folder.replace(&self.name, text)
    }

    /// Writes a file that doesn't exist yet, as a whole or not at all.
    ///
    /// # Errors
    /// When something with its name exists, or it can't be written.
    pub fn create(&self, text: &str) -> io::Result<()> {
        self.folder.create(&self.name, text)
    }

    /// Returns the bytes of the file, if it exists.
    pub(super) fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.folder.read(&self.name, limit)
    }
}

impl Folder {
    pub(super) fn new(dir: Dir, path: &Path) -> Self {
        Self { dir, path: path.to_owned() }
    }

    /// Opens a folder that the user named: links on the way to it are theirs.
    pub(super) fn named(path: &Path, make: bool) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        if make {
            Dir::create_ambient_dir_all(path, ambient_authority())?;
        }
        Ok(Self { dir: Dir::open_ambient_dir(path, ambient_authority())?, path: path.to_owned() })
    }

    /// Opens a folder in this one; a link is refused. Returns `None` if it doesn't exist and `make` is not set.
    pub(super) fn subfolder(&self, name: &str, make: bool) -> io::Result<Option<Self>> {
        match self.dir.symlink_metadata(name) {
            Ok(found) if found.is_dir() => {}
            Ok(found) if found.is_symlink() => return Err(is_link()),
            Ok(_) => return Err(io::Error::other("it is not a folder")),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Err(_) if !make => return Ok(None),
            Err(_) => match self.dir.create_dir(name) {
                // Another run may have made it in the meantime.
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            },
        }
        let dir = self.dir.open_dir_nofollow(name)?;
        Ok(Some(Self { dir, path: self.path.join(name) }))
    }

    /// The path of a file in this folder, for messages.
    pub(super) fn path_of(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// Hands over the open folder.
    pub(super) fn into_dir(self) -> Dir {
        self.dir
    }

    /// Returns the bytes of a regular file of at most `limit` bytes, or `None` if it doesn't exist.
    pub(super) fn read(&self, name: impl AsRef<Path>, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let name = name.as_ref();
        match self.dir.open_with(name, reading().follow(FollowSymlinks::No)) {
            Ok(file) => read_regular(file.into_std(), limit).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(explain_special(&self.dir, name, error)),
        }
    }

    /// Opens a regular file, which is made if it doesn't exist, to add to its end.
    pub(super) fn append(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_made(name.as_ref(), OpenOptions::new().append(true))
    }

    /// Opens a regular file, which is made if it doesn't exist, to lock it and to say in it who did.
    pub(super) fn open_lock(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_made(name.as_ref(), OpenOptions::new().read(true).write(true))
    }

    fn open_made(&self, name: &Path, options: &mut OpenOptions) -> io::Result<File> {
        let options = unblocked(options).create(true).follow(FollowSymlinks::No);
        let opened = self.dir.open_with(name, options);
        let file = opened.map_err(|error| explain_special(&self.dir, name, error))?.into_std();
        if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
    }

    /// Removes a file or a link, if there is one.
    pub(super) fn remove(&self, name: impl AsRef<Path>) -> io::Result<()> {
        match self.dir.remove_file(name) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Replaces a file in one step.
    pub(super) fn replace(&self, name: impl AsRef<Path>, text: &str) -> io::Result<()> {
        let name = name.as_ref();
        let mode = match self.dir.symlink_metadata(name) {
            Ok(old) if old.is_file() => Some(old.permissions()),
            Ok(old) if old.is_symlink() => return Err(is_link()),
            Ok(_) => return Err(not_regular()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let temporary = self.temporary(text)?;
        let replaced = match mode {
            Some(mode) => self.dir.set_permissions(&temporary, mode),
            None => Ok(()),
        };
        let replaced = replaced.and_then(|()| self.dir.rename(&temporary, &self.dir, name));
        self.finish(&temporary, replaced)
    }

    /// Writes a file that doesn't exist yet.
    pub(super) fn create(&self, name: impl AsRef<Path>, text: &str) -> io::Result<()> {
        let name = name.as_ref();
        if self.dir.symlink_metadata(name).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let temporary = self.temporary(text)?;
        // Unlike a rename, a hard link never replaces what another program has put there in the meantime.
        let created = match self.dir.hard_link(&temporary, &self.dir, name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // Not every file system has hard links.
            Err(_) => self.dir.rename(&temporary, &self.dir, name),
            Ok(()) => Ok(()),
        };
        self.finish(&temporary, created)
    }

    /// Flushes the folder to the disk, so that the names in it outlive this machine's power; not every system can.
    pub(super) fn flush(&self) {
        if let Ok(dir) = self.dir.try_clone() {
            let _ = dir.into_std_file().sync_all();
        }
    }

    /// Writes a text to a new file with a unique name, and flushes it to the disk.
    fn temporary(&self, text: &str) -> io::Result<PathBuf> {
        secrets::refuse(text)?;
        let number = rand::rngs::OsRng.try_next_u64().map_err(io::Error::other)?;
        let name = PathBuf::from(format!(".tmp{number:016x}"));
        let mut file = self.dir.open_with(&name, OpenOptions::new().write(true).create_new(true))?.into_std();
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        if let Err(error) = written {
            let _ = self.dir.remove_file(&name);
            return Err(error);
        }
        Ok(name)
    }

    /// Removes the temporary file if it is still there, and flushes the folder.
    fn finish(&self, temporary: &Path, result: io::Result<()>) -> io::Result<()> {
        let _ = self.dir.remove_file(temporary);
        if result.is_ok() {
            self.flush();
        }
        result
    }
}

/// Reads a file of at most `limit` bytes, whatever length its metadata has.
///
/// # Errors
/// When it is not a regular file, is larger, or can't be read.
pub(super) fn read_regular(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(not_regular());
    }
    if metadata.len() > limit {
        return Err(too_large(limit));
    }
    let length = metadata.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    // What is written in the meantime comes too late, which saves asking whether there is more. Some files say that
    // they are empty and are not; for them, one byte more than allowed tells one that is too large.
    let most = if length > 0 { length } else { limit + 1 };
    file.take(most).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

/// Options for reading a file that may turn out to be a pipe: opening one would wait for a writer.
pub(super) fn reading() -> OpenOptions {
    let mut options = OpenOptions::new();
    unblocked(options.read(true));
    options
}

/// A path's folder and name.
pub(super) fn split(path: &Path) -> io::Result<(&Path, &OsStr)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it is not a file name"))?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Ok((parent.unwrap_or(Path::new(".")), name))
}

/// Explains why a path could not be opened, if it is a link or not a regular file.
pub(super) fn explain_special(dir: &Dir, path: &Path, error: io::Error) -> io::Error {
    match dir.symlink_metadata(path) {
        Ok(found) if found.is_symlink() => is_link(),
        Ok(found) if !found.is_file() && !found.is_dir() => not_regular(),
        _ => error,
    }
}

pub(super) fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

pub(super) fn too_large(limit: u64) -> io::Error {
    const MIB: u64 = 1024 * 1024;
    let limit = if limit >= MIB { format!("{} MiB", limit / MIB) } else { format!("{} KiB", limit / 1024) };
    io::Error::other(format!("it is larger than {limit}"))
}

fn is_link() -> io::Error {
    io::Error::other("it is a symbolic link, which is not allowed here")
}

#[cfg(unix)]
fn unblocked(options: &mut OpenOptions) -> &mut OpenOptions {
    use cap_std::fs::OpenOptionsExt as _;
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
}

#[cfg(not(unix))]
fn unblocked(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
