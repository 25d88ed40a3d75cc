//! One account is one writer: locks of the system, on files that say who holds them.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};

use super::{ProjectFolder, StateError, file_name, io, now};

/// How often, and how long after one another, it is looked who holds a lock.
const TRIES: usize = 5;
const MOMENT: Duration = Duration::from_millis(20);

/// How often a file is opened again that another process removed in between.
const EXCHANGES: usize = 100;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    /// The system lets go of it even when the run is killed.
    _file: File,
    /// The file, when no other run needs it afterwards.
    litter: Option<PathBuf>,
}

impl Drop for Held {
    /// Removes the file while it is locked: a process that opened it earlier detects that the path has a new file.
    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
    fn drop(&mut self) {
        if let Some(path) = &self.litter {
            // The next run that takes the lock removes it as well.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// How a lock is missed.
enum LockFailure {
    Held(String),
    Io(std::io::Error),
}

/// Takes the locks of an account: one in the project, and one of this user for all projects. A crash leaves nothing
/// behind that blocks.
pub(super) fn acquire(project: &ProjectFolder, writer: Option<&str>) -> Result<Vec<Held>, StateError> {
    let name = format!("{}.writer", file_name(writer.unwrap_or("sandbox")));
    let local = project.made()?;
    let path = local.path_of(&name);
    let own = local.open_lock(&name).map_err(LockFailure::Io).and_then(take);
    let own = own.map_err(|missed| missed.into_error(&path))?;
    let mut held = vec![Held { _file: own, litter: None }];
    let shared = writer.and(folder()).map(|folder| folder.join(name));
    match shared.as_deref().map(shared_lock) {
        Some(Ok(shared)) => held.push(shared),
        Some(Err(missed @ LockFailure::Held(_))) => return Err(missed.into_error(&path)),
        // Where there is no such folder, as on many machines of a CI, the project's lock is what there is.
        Some(Err(LockFailure::Io(_))) | None => {}
    }
    Ok(held)
}

impl LockFailure {
    fn into_error(self, path: &Path) -> StateError {
        match self {
            Self::Held(holder) => StateError::Held { holder },
            Self::Io(error) => io(path, &error),
        }
    }
}

/// Where this user's programs keep what is theirs alone.
fn folder() -> Option<PathBuf> {
    let strategy = choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.cache_dir()).join("watpl"))
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn shared_lock(path: &Path) -> Result<Held, LockFailure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(LockFailure::Io)?;
    }
    for _ in 0..EXCHANGES {
        let file = take(open(path).map_err(LockFailure::Io)?)?;
        if is_at(&file, path).map_err(LockFailure::Io)? {
            return Ok(Held { _file: file, litter: can_be_removed().then(|| path.to_owned()) });
        }
    }
    Err(LockFailure::Held(String::new()))
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
fn open(path: &Path) -> std::io::Result<File> {
    File::options().create(true).read(true).write(true).truncate(false).open(path)
}

/// Whether a path still leads to an open file, and not to another one or to none.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn is_at(file: &File, path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((open.dev(), open.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> std::io::Result<bool> {
    Ok(true)
}

/// Whether the system removes files that are open. Where it does not, the file stays, and is used again.
fn can_be_removed() -> bool {
    cfg!(unix)
}

fn take(mut file: File) -> Result<File, LockFailure> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(LockFailure::Held(holder(&mut file))),
        Err(TryLockError::Error(error)) => return Err(LockFailure::Io(error)),
    }
    // Only for the message of a second run; failing to leave it hurts nothing.
    let _ = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(format!("process {} since {}", std::process::id(), now()).as_bytes()));
    Ok(file)
}

/// Who holds a lock, and for how long.
fn holder(file: &mut File) -> String {
    let text = read_holder(file);
    let parts = text.trim().split_once(" since ");
    let since = parts.and_then(|(who, since)| Some((who, since.parse::<u64>().ok()?)));
    match since {
        Some((who, since)) => match now().saturating_sub(since) {
            seconds @ 0..120 => format!(" ({who}, for {seconds} seconds)"),
            seconds => format!(" ({who}, for {} minutes)", seconds / 60),
        },
        None => String::new(),
    }
}

/// What the holder wrote down. It does so right after it has the lock, so that there may be nothing for a moment.
fn read_holder(file: &mut File) -> String {
    let mut text = String::new();
    for _ in 0..TRIES {
        let read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut text));
        if read.is_err() || !text.is_empty() {
            break;
        }
        std::thread::sleep(MOMENT);
    }
    text
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_lock_that_is_removed_when_it_ends_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watpl").join("1.writer");
        let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        let Ok(held) = shared_lock(&path) else { continue };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two hold the lock");
                        taken.fetch_add(1, Ordering::SeqCst);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(held);
                    }
                });
            }
        });
        assert!(taken.into_inner() > 100, "the lock was hardly ever free");
        assert!(!path.try_exists().expect("a look"), "the file is left behind");
    }

    #[test]
    fn a_file_that_another_one_replaced_is_not_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("1.writer");
        let Ok(file) = open(&path).map_err(LockFailure::Io).and_then(take) else {
            panic!("the lock is free")
        };
        assert!(is_at(&file, &path).expect("a look"));
        std::fs::rename(&path, folder.path().join("away")).expect("moved away");
        assert!(!is_at(&file, &path).expect("a look"));
        let Ok(held) = shared_lock(&path) else { panic!("the path has a new file") };
        assert!(is_at(&held._file, &path).expect("a look"));
        assert!(matches!(shared_lock(&path), Err(LockFailure::Held(holder)) if holder.contains("process")));
    }
}
