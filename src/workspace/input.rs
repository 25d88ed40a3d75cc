//! Inputs that the command line names: they may be anywhere, and may be pipes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use super::folder::{not_regular, read_regular, too_large};

/// Longest silence of a pipe. Programs that print a template need less than a second, and a pipe without a writer should
/// be reported soon.
const SILENCE: Duration = Duration::from_secs(4);
/// Longest time to read a pipe.
const DEADLINE: Duration = Duration::from_secs(60);
/// Bytes that a pipe holds on most systems.
const CHUNK: usize = 64 * 1024;

/// Reads a regular file or a pipe of at most `limit` bytes. Links are followed.
///
/// # Errors
/// When it is neither, is larger, can't be read, or is a pipe that doesn't end in time.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_within(path, limit, SILENCE)
}

/// Reads a file or a pipe in the same way, with another time that the pipe may stay silent.
///
/// # Errors
/// As above.
pub fn read_within(path: &Path, limit: u64, silence: Duration) -> io::Result<Vec<u8>> {
    if is_pipe(path) {
        return read_pipe(path, limit, silence);
    }
    read_regular_file(path, limit)
}

/// Reads a regular file of at most `limit` bytes, and nothing else. Links are followed.
///
/// # Errors
/// When it isn't one, is larger, or can't be read.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub fn read_regular_file(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    match options.open(path) {
        Ok(file) => read_regular(file, limit),
        // A socket, for one, can't be opened at all.
        Err(_) if path.metadata().is_ok_and(|found| !found.is_file()) => Err(not_regular()),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    path.metadata().is_ok_and(|found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// Reads a pipe on a thread of its own: both opening and reading may wait for the other end for good. A thread that
/// still waits when the time is up ends with the process.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads the clock")]
fn read_pipe(path: &Path, limit: u64, silence: Duration) -> io::Result<Vec<u8>> {
    let path = path.to_owned();
    let (sender, receiver) = mpsc::sync_channel(1);
    std::thread::Builder::new().spawn(move || {
        // Sending fails once the time is up.
        if let Err(error) = send_chunks(&path, &sender) {
            let _ = sender.send(Err(error));
        }
    })?;
    let began = Instant::now();
    let mut bytes = Vec::new();
    loop {
        let rest = DEADLINE.saturating_sub(began.elapsed());
        match receiver.recv_timeout(silence.min(rest)) {
            Ok(chunk) => bytes.extend(chunk?),
            Err(RecvTimeoutError::Disconnected) => return Ok(bytes),
            Err(RecvTimeoutError::Timeout) => {
                return Err(io::Error::other("timed out while waiting for data from the pipe"));
            }
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn send_chunks(path: &Path, sender: &SyncSender<io::Result<Vec<u8>>>) -> io::Result<()> {
    let mut file = File::open(path)?;
    loop {
        let mut chunk = vec![0; CHUNK];
        let length = file.read(&mut chunk)?;
        chunk.truncate(length);
        if chunk.is_empty() || sender.send(Ok(chunk)).is_err() {
            return Ok(());
        }
    }
}
