//! New files: whole or not at all, and never in the place of another.

use std::io::ErrorKind;
use std::path::Path;

use super::state::{write_new, write_whole};

/// Writes a file that is not there yet, and the folders that it needs. Says whether it did: what is there stays.
///
/// # Errors
/// When it cannot be written.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that writes files")]
pub fn create(path: &Path, text: &str) -> std::io::Result<bool> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    match write_new(path, text) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// What became of a line that a file was to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The file is new and holds nothing else.
    Created,
    /// It stands behind what was there.
    Appended,
    /// It was there.
    Present,
}

/// Sees to it that a file has a line; `same` are other ways to write it.
///
/// # Errors
/// When the file cannot be read or written.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub fn ensure_line(path: &Path, line: &str, same: &[&str]) -> std::io::Result<Line> {
    if create(path, &format!("{line}\n"))? {
        return Ok(Line::Created);
    }
    let mut text = std::fs::read_to_string(path)?;
    if text.lines().any(|own| own.trim() == line || same.contains(&own.trim())) {
        return Ok(Line::Present);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text += &format!("{line}\n");
    write_whole(path, &text)?;
    Ok(Line::Appended)
}
