//! New files: whole or not at all, and never in the place of another.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::{Boundary, FileTarget, MAX_FILE};

/// Writes a file that the project names and that doesn't exist yet, and the folders that it needs. Returns whether it
/// did: what exists stays.
///
/// # Errors
/// When it is outside the boundary, or can't be written.
pub fn create(boundary: &Boundary, path: &Path, text: &str) -> io::Result<bool> {
    create_in(&boundary.target(path, true)?, text)
}

/// Writes a new file as above, but at a path that the command line names.
///
/// # Errors
/// When it can't be written.
pub fn create_named(boundary: &Boundary, path: &Path, text: &str) -> io::Result<bool> {
    create_in(&boundary.named_target(path, true)?, text)
}

/// What became of a line that a file was to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStatus {
    /// The file is new and holds nothing else.
    Created,
    /// It was added after what the file had.
    Appended,
    /// It was there.
    Present,
}

/// Makes sure that a file has a line; `same` are other ways to write it.
///
/// # Errors
/// When the file is a link, or can't be read or written.
pub fn ensure_line(boundary: &Boundary, path: &Path, line: &str, same: &[&str]) -> io::Result<LineStatus> {
    let target = boundary.target(path, true)?;
    let Some(bytes) = target.read(MAX_FILE)? else {
        target.create(&format!("{line}\n"))?;
        return Ok(LineStatus::Created);
    };
    let mut text = String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8 text"))?;
    if text.lines().any(|own| own.trim() == line || same.contains(&own.trim())) {
        return Ok(LineStatus::Present);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text += &format!("{line}\n");
    target.replace(&text)?;
    Ok(LineStatus::Appended)
}

fn create_in(target: &FileTarget, text: &str) -> io::Result<bool> {
    match target.create(text) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
