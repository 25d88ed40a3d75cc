//! Ignore files that are pipes, devices or too large.
//!
//! The library that walks opens what it finds under these names as it is: it would wait for a pipe, and read a device
//! without end. So they are checked before a folder is entered.

use std::io;
use std::path::{Path, PathBuf};

use crate::workspace::folder::{not_regular, too_large};
use crate::workspace::input;

/// The largest ignore file, in bytes: ten times what the longest of GitHub's collection have. The library keeps about
/// 800 bytes for each byte of a file of short patterns.
const MAX_IGNORE_FILE: u64 = 128 * 1024;
/// The largest file that names a folder of git's, in bytes: it holds one path.
const MAX_POINTER: u64 = 8 * 1024;

/// Checks the ignore files that count for a folder.
pub(super) fn check(folder: &Path) -> io::Result<()> {
    plain(folder, ".ignore", MAX_IGNORE_FILE)?;
    plain(folder, ".gitignore", MAX_IGNORE_FILE)?;
    match git_folder(folder)? {
        Some(git) => plain(&git, "info/exclude", MAX_IGNORE_FILE),
        None => Ok(()),
    }
}

/// The folder with git's data for a work tree. In linked work trees and submodules two files lead to it.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn git_folder(folder: &Path) -> io::Result<Option<PathBuf>> {
    let git = folder.join(".git");
    match std::fs::metadata(&git) {
        Ok(found) if found.is_dir() => return Ok(Some(git)),
        Ok(_) => {}
        Err(_) => return Ok(None),
    }
    let Some(own) = pointer(folder, ".git")? else { return Ok(None) };
    let Some(own) = own.strip_prefix("gitdir: ") else { return Ok(None) };
    let own = folder.join(own);
    let common = pointer(&own, "commondir")?;
    Ok(common.map(|common| own.join(common)))
}

/// The first line of a small file, if there is one.
fn pointer(folder: &Path, name: &str) -> io::Result<Option<String>> {
    plain(folder, name, MAX_POINTER)?;
    let Ok(bytes) = input::read_regular_file(&folder.join(name), MAX_POINTER) else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().next().map(str::to_owned))
}

/// Refuses what exists and isn't a regular file of a limited size. Links are followed, as the library does.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn plain(folder: &Path, name: &str, limit: u64) -> io::Result<()> {
    let named = |error: io::Error| io::Error::other(format!("`{name}` cannot be read: {error}"));
    match std::fs::metadata(folder.join(name)) {
        Ok(found) if !found.is_file() && !found.is_dir() => Err(named(not_regular())),
        Ok(found) if found.is_file() && found.len() > limit => Err(named(too_large(limit))),
        _ => Ok(()),
    }
}
