//! Files as they were at a revision, read through git.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::cli::Failure;
use crate::syntax;
use crate::workspace::MAX_FILE;

/// The files below `root` that changed since this branch left a revision, as they were there: path and text. Files that
/// were not there are not among them.
pub(super) fn changed(revision: &str, root: &Path) -> Result<Vec<(String, String)>, Failure> {
    if revision.starts_with('-') || revision.is_empty() || revision.contains('\0') {
        return Err(Failure::usage(format!("`{revision}` is neither an account nor a git revision")));
    }
    let base = text(git(root, &["merge-base", "--end-of-options", revision, "HEAD"])?);
    let base = base.trim();
    let names =
        git(root, &["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", base, "--"])?;
    let known = git(root, &["ls-tree", "-r", "-z", "--name-only", base])?;
    let known = text(known);
    let known: BTreeSet<&str> = known.split('\0').collect();
    let names = text(names);
    let mut files = Vec::new();
    for name in names.split('\0').filter(|name| known.contains(name)) {
        if syntax::Surface::of(name).is_none() {
            continue;
        }
        let bytes = git(root, &["show", &format!("{base}:./{name}")])?;
        if bytes.len() as u64 <= MAX_FILE {
            files.push((name.to_owned(), syntax::decode(bytes).0));
        }
    }
    Ok(files)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

#[expect(clippy::disallowed_methods, reason = "git is what knows what was")]
fn git(root: &Path, words: &[&str]) -> Result<Vec<u8>, Failure> {
    let output =
        Command::new("git").arg("-C").arg(root).args(words).stdin(std::process::Stdio::null()).output();
    let help = "`--against` takes an account of watpl.yaml, or a revision that git knows";
    let output = output.map_err(|error| Failure::usage(format!("git cannot be run: {error}")).help(help))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gives no reason").trim_start_matches("fatal: ").to_owned();
    Err(Failure::usage(format!("git does not say what was: {said}")).help(help))
}
