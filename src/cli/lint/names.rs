//! File names relative to the root of the repository, as CI services expect them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::report::UnreadableFile;
use crate::source::{Source, Sources};

/// Where names are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folders<'a> {
    /// The root of the repository, from the CI service.
    pub(super) repository: &'a Path,
    /// The working directory, to which names are relative.
    pub(super) directory: &'a Path,
    /// The project, which the names of its other files are relative to.
    pub(super) project: &'a Path,
}

impl Folders<'_> {
    /// The names that are others, counted from the root of the repository.
    pub(super) fn renamed(
        self,
        sources: &Sources,
        diagnostics: &[Diagnostic],
        unread: &[UnreadableFile],
    ) -> BTreeMap<String, String> {
        let related = |found: &Diagnostic| found.related.iter().map(|label| label.span).collect::<Vec<_>>();
        let spans = diagnostics.iter().flat_map(|found| std::iter::once(found.span).chain(related(found)));
        let named = spans.filter_map(|span| sources.get(span.source)).map(Source::name);
        let names: BTreeSet<&str> = named.chain(unread.iter().map(|unread| unread.file.as_str())).collect();
        let renamed = names.into_iter().filter_map(|name| {
            let new = self.name(name)?;
            (new != name).then(|| (name.to_owned(), new))
        });
        renamed.collect()
    }

    fn name(self, name: &str) -> Option<String> {
        let here = self.directory.join(name);
        let path =
            if self.directory == self.project || is_file(&here) { here } else { self.project.join(name) };
        let path = settled(&path);
        let below = path.strip_prefix(settled(self.repository)).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge that knows the working directory"
)]
fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// A path without `.` and `..`.
fn settled(path: &Path) -> PathBuf {
    let mut settled = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(settled.pop()),
            part => settled.push(part),
        }
    }
    settled
}
