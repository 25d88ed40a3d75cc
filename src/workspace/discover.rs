//! Which files are templates.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{CONFIG, Unreadable};
use crate::syntax::Surface;

/// The nearest file of this name in `directory` or above.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn upwards(directory: &Path, name: &str) -> Option<PathBuf> {
    directory.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The template files below each start, sorted, each once; and the starts that do not exist. Ignore files count in
/// and out of a git repository; links are not followed; a file that is named is taken whatever it is called.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn templates(starts: &[PathBuf], named: bool) -> (Vec<PathBuf>, Vec<Unreadable>) {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    for start in starts {
        match std::fs::metadata(start) {
            Ok(metadata) if metadata.is_dir() => walk(start, &mut files, &mut unreadable),
            Ok(_) => files.push(start.clone()),
            Err(error) => unreadable.push(refused(start, &error.to_string(), named)),
        }
    }
    files.sort();
    files.dedup();
    (files, unreadable)
}

fn walk(start: &Path, files: &mut Vec<PathBuf>, unreadable: &mut Vec<Unreadable>) {
    let mut walk = WalkBuilder::new(start);
    // Names of one folder compare at a tenth of what whole paths take, and so these are in order already.
    walk.require_git(false).follow_links(false).sort_by_file_name(std::cmp::Ord::cmp);
    for entry in walk.build() {
        match entry {
            Ok(entry)
                if entry.file_type().is_some_and(|kind| kind.is_file()) && is_template(entry.path()) =>
            {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => unreadable.push(refused(start, &error.to_string(), false)),
        }
    }
}

fn is_template(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name != CONFIG && Surface::of(&name).is_some()
}

fn refused(path: &Path, cause: &str, named: bool) -> Unreadable {
    Unreadable { path: path.to_string_lossy().into_owned(), cause: cause.to_owned(), named }
}
