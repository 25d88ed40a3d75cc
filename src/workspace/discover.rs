//! Which files are templates.

mod ignore_files;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::boundary::{self, Boundary};
use super::{CONFIG, Unreadable};
use crate::syntax::SourceFormat;

/// Most paths of a configuration; each may be searched.
const MAX_STARTS: usize = 1_000;

/// How much of a path is shown, in bytes; a configuration can name one of a megabyte.
const SHOWN: usize = 1_000;

/// What a search for templates found.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    /// The template files, sorted, each once.
    pub(super) files: Vec<PathBuf>,
    /// Starts that don't exist, and folders that can't be read.
    pub(super) unreadable: Vec<Unreadable>,
    /// How many symbolic links were skipped.
    pub(super) links: usize,
}

/// The nearest configuration in `directory` or above it. The search ends with the git work tree, so that a repository
/// is not configured by what surrounds it.
pub(super) fn configuration(directory: &Path) -> Option<PathBuf> {
    for folder in directory.ancestors() {
        let path = folder.join(CONFIG);
        // Anything with this name is meant to be the configuration; opening it reports problems.
        if path.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
            return Some(path);
        }
        if boundary::is_work_tree(folder) {
            return None;
        }
    }
    None
}

/// The nearest configuration above a boundary. It isn't used, which is reported to the user.
pub(super) fn configuration_above(boundary: &Path) -> Option<PathBuf> {
    let above = boundary.ancestors().skip(1).map(|folder| folder.join(CONFIG));
    above.into_iter().find(|path| path.symlink_metadata().is_ok_and(|found| found.is_file()))
}

/// The templates below paths that the command line names: a file is taken whatever it is called.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn named(starts: &[PathBuf]) -> Discovery {
    let mut found = Discovery::default();
    for start in &distinct(starts) {
        match std::fs::metadata(start) {
            Ok(metadata) if metadata.is_dir() => found.walk(start),
            Ok(_) => found.files.push(start.clone()),
            Err(error) => found.refuse(start, &error, true),
        }
    }
    found.sorted()
}

/// The templates below paths that the configuration names: files in a source format, inside the boundary.
pub(super) fn configured(starts: &[PathBuf], boundary: &Boundary) -> Discovery {
    let mut found = Discovery::default();
    let starts = distinct(starts);
    if starts.len() > MAX_STARTS {
        let cause = format!("more than {MAX_STARTS} paths are given; pass folders instead");
        starts.iter().take(1).for_each(|start| found.refuse(start, &io::Error::other(cause.clone()), true));
        return found;
    }
    for start in &starts {
        match boundary.metadata(start) {
            Ok(metadata) if metadata.is_dir() => found.walk(start),
            Ok(_) if is_template(start) => found.files.push(start.clone()),
            Ok(_) => {
                let cause = "it is not a template file, which ends in .yaml, .yml or .watpl";
                found.refuse(start, &io::Error::other(cause), true);
            }
            // What the system doesn't refuse, we do: then the configuration is wrong, and trying again is no use.
            Err(error) => found.refuse(start, &error, error.raw_os_error().is_none()),
        }
    }
    found.sorted()
}

/// The starts, each once.
fn distinct(starts: &[PathBuf]) -> BTreeSet<PathBuf> {
    let clean = |start: &PathBuf| boundary::without_dots(start).unwrap_or_else(|| start.clone());
    starts.iter().map(clean).collect()
}

impl Discovery {
    /// Adds the templates below a folder, of which some may have been found below another. Ignore files count, in and out of a git repository; links are skipped.
    fn walk(&mut self, start: &Path) {
        let mut budget = ignore_files::IgnoreBudget::default();
        let folders: Vec<_> = start.ancestors().collect();
        for folder in folders.into_iter().rev() {
            if let Err(error) = budget.check(folder) {
                return self.refuse(folder, &error, false);
            }
        }
        let mut walk = WalkBuilder::new(start);
        // Names of one folder compare at a tenth of what whole paths take, and so these are in order already.
        walk.require_git(false).follow_links(false).sort_by_file_name(std::cmp::Ord::cmp);
        let refused = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&refused);
        let budget = Mutex::new(budget);
        walk.filter_entry(move |entry| {
            if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
                return true;
            }
            let checked = budget.lock().unwrap_or_else(PoisonError::into_inner).check(entry.path());
            let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
            checked.map_err(|error| list.push((entry.path().to_owned(), error))).is_ok()
        });
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.refuse(start, &io::Error::other(error.to_string()), false);
                    continue;
                }
            };
            let kind = entry.file_type();
            if kind.is_some_and(|kind| kind.is_symlink()) {
                self.links += 1;
            } else if kind.is_some_and(|kind| kind.is_file()) && is_template(entry.path()) {
                self.files.push(entry.into_path());
            }
        }
        self.files.sort();
        self.files.dedup();
        for (folder, error) in refused.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            self.refuse(&folder, &error, false);
        }
    }

    fn refuse(&mut self, path: &Path, cause: &io::Error, named: bool) {
        let mut path = path.to_string_lossy().into_owned();
        if path.len() > SHOWN {
            path.truncate(path.floor_char_boundary(SHOWN));
            path.push('…');
        }
        self.unreadable.push(Unreadable { path, cause: cause.to_string(), named });
    }

    fn sorted(mut self) -> Self {
        self.files.sort();
        self.files.dedup();
        self
    }
}

fn is_template(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name != CONFIG && SourceFormat::from_path(&name).is_some()
}
