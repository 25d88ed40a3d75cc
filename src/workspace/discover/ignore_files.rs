//! Ignore files that are pipes, devices or too large.
//!
//! The library that walks opens what it finds under these names as it is: it would wait for a pipe, and read a device
//! without end. So they are checked before a folder is entered.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::workspace::folder::{not_regular, too_large};
use crate::workspace::input;

/// The largest ignore file, in bytes: ten times what the longest of GitHub's collection have. The library keeps about
/// 800 bytes for each byte of a file of short patterns.
const MAX_IGNORE_FILE: u64 = 128 * 1024;
/// The largest ignore files that count for one folder together, and those of a search, in bytes. They are kept while
/// their folders are searched, and compiled for each.
const MAX_NESTED: u64 = 256 * 1024;
const MAX_TOTAL: u64 = 4 * 1024 * 1024;
/// The largest file that names a folder of git's, in bytes: it holds one path.
const MAX_POINTER: u64 = 8 * 1024;

/// The ignore files of one search, which are limited together as well.
#[derive(Debug, Default)]
pub(super) struct IgnoreBudget {
    /// By folder, the bytes that count for it: its own and those of the folders above.
    folders: HashMap<PathBuf, u64>,
    /// The bytes of all.
    all: u64,
}

impl IgnoreBudget {
    /// Checks the ignore files of a folder, after those of the folder above.
    pub(super) fn check(&mut self, folder: &Path) -> io::Result<()> {
        let mut own = plain(folder, ".ignore", MAX_IGNORE_FILE)?;
        own += plain(folder, ".gitignore", MAX_IGNORE_FILE)?;
        if let Some(git) = git_folder(folder)? {
            own += plain(&git, "info/exclude", MAX_IGNORE_FILE)?;
        }
        self.all += own;
        let above = folder.parent().and_then(|parent| self.folders.get(parent)).copied().unwrap_or_default();
        if above + own > MAX_NESTED || self.all > MAX_TOTAL {
            return Err(io::Error::other("the ignore files of this folder and its parents are too large"));
        }
        // Folders without any need no entry, but what counts above counts below.
        if above + own > 0 {
            self.folders.insert(folder.to_owned(), above + own);
        }
        Ok(())
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

/// Returns the size of a regular file, or 0 if it doesn't exist, and refuses anything else. Links are followed, because
/// the library follows them.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
fn plain(folder: &Path, name: &str, limit: u64) -> io::Result<u64> {
    let named = |error: io::Error| io::Error::other(format!("`{name}` cannot be read: {error}"));
    match std::fs::metadata(folder.join(name)) {
        Ok(found) if !found.is_file() && !found.is_dir() => Err(named(not_regular())),
        Ok(found) if found.is_file() && found.len() > limit => Err(named(too_large(limit))),
        Ok(found) if found.is_file() => Ok(found.len()),
        _ => Ok(0),
    }
}
