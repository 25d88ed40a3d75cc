//! `--changed-since`: what a pull request changes, as git knows it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::Failure;
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use crate::workspace::Workspace;

/// Keeps the findings that a changed file has part in. All files are checked, because a change in one may clash with
/// another.
pub(super) fn retain(
    revision: &str,
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let changed = files(revision, &workspace.root)?;
    let is_changed = |id: SourceId| match workspace.path(id) {
        Some(path) => changed.contains(&from_root(path, &workspace.root)),
        // The configuration is about every file.
        None => true,
    };
    diagnostics.retain(|diagnostic| {
        let related = diagnostic.related.iter().map(|label| label.span.source);
        related.chain([diagnostic.span.source]).any(is_changed)
    });
    Ok(())
}

/// The files that differ from where this branch left a revision, committed or not, by their paths from the root.
pub(super) fn files(revision: &str, root: &Path) -> Result<BTreeSet<String>, Failure> {
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Failure::usage(format!("`{revision}` is not a git revision")));
    }
    let tracked = git(
        root,
        &["diff", "--name-only", "-z", "--no-ext-diff", "--relative", "--merge-base", revision, "--"],
    )?;
    let new = git(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = tracked.split('\0').chain(new.split('\0')).filter(|name| !name.is_empty());
    Ok(names.map(str::to_owned).collect())
}

/// A path as git names it.
pub(super) fn from_root(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[expect(clippy::disallowed_methods, reason = "git is what knows what changed")]
fn git(root: &Path, words: &[&str]) -> Result<String, Failure> {
    let output =
        Command::new("git").arg("-C").arg(root).args(words).stdin(std::process::Stdio::null()).output();
    let help = "`--changed-since` needs git, a repository, and a revision that it knows";
    let output = output.map_err(|error| Failure::usage(format!("git cannot be run: {error}")).help(help))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gives no reason").trim_start_matches("fatal: ").to_owned();
    Err(Failure::usage(format!("git does not say what changed: {said}")).help(help))
}
