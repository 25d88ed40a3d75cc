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

/// How a lock is missed.
enum Missed {
    Held(String),
    Io(std::io::Error),
}

/// Takes the locks of an account: one in the project, and one of this user for all projects. A crash leaves nothing
/// behind that blocks.
pub(super) fn hold(project: &ProjectFolder, writer: Option<&str>) -> Result<Vec<File>, StateError> {
    let name = format!("{}.writer", file_name(writer.unwrap_or("sandbox")));
    let local = project.made()?;
    let path = local.path_of(&name);
    let own = local.open_lock(&name).map_err(Missed::Io).and_then(take);
    let mut held = vec![own.map_err(|missed| missed.told(&path))?];
    let shared = writer.and(folder()).map(|folder| folder.join(name));
    match shared.as_deref().map(shared_lock) {
        Some(Ok(file)) => held.push(file),
        Some(Err(missed @ Missed::Held(_))) => return Err(missed.told(&path)),
        // Where there is no such folder, as on many machines of a CI, the project's lock is what there is.
        Some(Err(Missed::Io(_))) | None => {}
    }
    Ok(held)
}

impl Missed {
    fn told(self, path: &Path) -> StateError {
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
fn shared_lock(path: &Path) -> Result<File, Missed> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Missed::Io)?;
    }
    let open = File::options().create(true).read(true).write(true).truncate(false).open(path);
    take(open.map_err(Missed::Io)?)
}

fn take(mut file: File) -> Result<File, Missed> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Missed::Held(holder(&mut file))),
        Err(TryLockError::Error(error)) => return Err(Missed::Io(error)),
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
    let text = said(file);
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
fn said(file: &mut File) -> String {
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
