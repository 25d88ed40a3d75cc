//! What a `.git` must look like before git is asked anything.
//!
//! A clone from a server can't bring a `.git` of its own, but an unpacked archive can: one that leads to another
//! repository of the user, whose files git would then print, or one with pipes, which git would wait for.

use std::path::{Path, PathBuf};

use crate::workspace::input;

/// The largest file that leads to a folder of git's, in bytes: it holds one path.
const MAX_POINTER: u64 = 8 * 1024;
/// Entries through which a link would lead to another repository, or to any other file.
const NO_LINKS: [&str; 9] =
    ["HEAD", "config", "config.worktree", "index", "objects", "packed-refs", "refs", "shallow", "worktrees"];
/// Files that git reads when it compares, and opens as they are.
const REGULAR: [&str; 9] = [
    ".git/HEAD",
    ".git/config",
    ".git/index",
    ".git/packed-refs",
    ".git/shallow",
    ".git/info/attributes",
    ".git/info/exclude",
    ".gitattributes",
    ".gitignore",
];

/// Checks the `.git` of a work tree.
///
/// # Errors
/// What is wrong with it, as a clause about `.git`.
pub(super) fn check(top: &Path) -> Result<(), String> {
    let git = top.join(".git");
    let found = git.symlink_metadata().map_err(|error| format!("cannot be read: {error}"))?;
    if found.is_symlink() {
        return Err("is a symbolic link".to_owned());
    }
    if found.is_file() {
        return check_pointer(top, &git);
    }
    if git.join("commondir").symlink_metadata().is_ok() {
        return Err("has a `commondir`, which leads to another repository".to_owned());
    }
    for name in NO_LINKS {
        if git.join(name).symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(format!("has a symbolic link at `{name}`"));
        }
    }
    for name in REGULAR {
        if metadata(&top.join(name)).is_some_and(|found| !found.is_file() && !found.is_dir()) {
            return Err(format!("cannot be used: `{name}` is not a regular file"));
        }
    }
    Ok(())
}

/// Checks that the repository which a `.git` file names knows this work tree.
fn check_pointer(top: &Path, git: &Path) -> Result<(), String> {
    let foreign = || "points to a repository that does not point back to this folder".to_owned();
    let folder = first_line(git).and_then(|line| Some(line.strip_prefix("gitdir: ")?.to_owned()));
    let folder = resolve(&top.join(folder.ok_or_else(foreign)?)).ok_or_else(foreign)?;
    // A linked work tree: its folder in the repository leads back here.
    let back = first_line(&folder.join("gitdir")).and_then(|path| resolve(&folder.join(path)));
    if back.is_some() && back == resolve(git) {
        return Ok(());
    }
    // A submodule: its folder is in the repository of a work tree around this one.
    let mut around = top.ancestors().skip(1).filter_map(|outer| resolve(&outer.join(".git")));
    if around.any(|outer| folder.starts_with(outer.join("modules"))) {
        return Ok(());
    }
    Err(foreign())
}

fn first_line(path: &Path) -> Option<String> {
    let bytes = input::read_regular_file(path, MAX_POINTER).ok()?;
    String::from_utf8_lossy(&bytes).lines().next().map(str::to_owned)
}

#[expect(clippy::disallowed_methods, reason = "git's own folder is checked before git reads it")]
fn resolve(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

#[expect(clippy::disallowed_methods, reason = "git's own folder is checked before git reads it")]
fn metadata(path: &Path) -> Option<std::fs::Metadata> {
    path.metadata().ok()
}
