//! `--changed-since`: what a pull request changes, as git knows it.

use std::collections::BTreeSet;
use std::path::Path;

use super::CommandError;
use super::git::Repository;
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use crate::workspace::Workspace;

/// Keeps the findings that a changed file has part in. All files are checked, because a change in one may clash with
/// another.
pub(super) fn retain(
    revision: &str,
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), CommandError> {
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
pub(super) fn files(revision: &str, root: &Path) -> Result<BTreeSet<String>, CommandError> {
    let repository = Repository::open(root)?;
    let mut names = repository.changed(&repository.base(revision)?)?;
    names.append(&mut repository.untracked()?);
    Ok(names)
}

/// A path as git names it.
pub(super) fn from_root(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
