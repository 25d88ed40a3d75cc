//! The project boundary: the only folder in which a project's own files may name anything.
//!
//! A repository is written by others. A path in it may contain `..`, be absolute, or lead through symbolic links, and
//! the files at the end of it are read, printed and rewritten. So each such path is opened relative to the boundary,
//! and the operating system refuses what leads out of it.

use std::borrow::Cow;
use std::io;
use std::path::{Component, Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata};

use super::folder::{self, FileTarget, Folder};

/// The longest path that a project may name, in bytes: what Linux takes.
const MAX_PATH: usize = 4096;

/// The git work tree that contains a project, or the project's folder outside of git.
#[derive(Debug)]
pub struct Boundary {
    root: PathBuf,
    dir: Dir,
}

impl Boundary {
    /// Returns the boundary of a project in `folder`, which must be a path without links.
    ///
    /// A work tree is recognised by its `.git`, because running git in a hostile repository is what we avoid. The
    /// user's home folder is never the boundary of a project below it, even if it is kept in git: the boundary would
    /// protect nothing.
    ///
    /// # Errors
    /// When the folder can't be opened.
    pub fn around(folder: &Path) -> io::Result<Self> {
        let home = etcetera::home_dir().ok().and_then(|home| without_links(&home).ok());
        let work_tree = folder.ancestors().find(|ancestor| is_work_tree(ancestor));
        let root =
            work_tree.filter(|root| *root == folder || home.as_deref() != Some(*root)).unwrap_or(folder);
        Ok(Self { root: root.to_owned(), dir: Dir::open_ambient_dir(root, ambient_authority())? })
    }

    /// The boundary's folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the path of an absolute path relative to the boundary, or why a project may not name it.
    ///
    /// # Errors
    /// When it is outside of the boundary or in `.git`.
    pub fn relative<'p>(&self, path: &'p Path) -> io::Result<Cow<'p, Path>> {
        // Each part of a path is looked up when it can't be opened.
        if path.as_os_str().len() > MAX_PATH + self.root.as_os_str().len() {
            return Err(io::Error::other("the path is too long"));
        }
        // Nearly every path is one that a search in the boundary found, and needs no copy.
        if let Ok(found) = path.strip_prefix(&self.root)
            && found.components().next().is_some()
            && found.components().all(|part| matches!(part, Component::Normal(_)) && !is_git_folder(part))
        {
            return Ok(Cow::Borrowed(found));
        }
        let clean = without_dots(path).ok_or_else(outside)?;
        let relative = clean.strip_prefix(&self.root).map_err(|_| outside())?;
        if relative.components().any(is_git_folder) {
            return Err(in_git());
        }
        let is_root = relative.as_os_str().is_empty();
        Ok(Cow::Owned(if is_root { PathBuf::from(".") } else { relative.to_owned() }))
    }

    /// Reads a regular file of at most `limit` bytes. Links on the way to it may not lead out of the boundary.
    ///
    /// # Errors
    /// When it is outside, isn't a regular file, is larger, or can't be read.
    pub fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let relative = self.relative(path)?;
        let file = self.dir.open_with(&relative, &folder::reading());
        let file = file.map_err(|error| self.explain(&relative, error))?;
        folder::read_regular(file.into_std(), limit)
    }

    /// Returns what is at a path, after following links that stay within the boundary and lead to nothing in `.git`.
    pub(super) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let relative = self.relative(path)?;
        self.check_links(&relative)?;
        self.dir.metadata(&relative).map_err(|error| self.explain(&relative, error))
    }

    /// Refuses a path that leads to git's own folder through links. What a search finds needs no such check, because
    /// it skips links.
    fn check_links(&self, relative: &Path) -> io::Result<()> {
        let real = self.dir.canonicalize(relative).map_err(|error| self.explain(relative, error))?;
        if real.components().any(is_git_folder) { Err(in_git()) } else { Ok(()) }
    }

    /// Where a file that the project names is written.
    ///
    /// # Errors
    /// When it is outside, or its folder doesn't exist and `make` is not set, or can't be opened.
    pub fn target(&self, path: &Path, make: bool) -> io::Result<FileTarget> {
        let relative = self.relative(path)?;
        let (parent, name) = folder::split(&relative)?;
        let shown = path.parent().unwrap_or(path);
        if make {
            self.dir.create_dir_all(parent).map_err(|error| self.explain(parent, error))?;
        }
        self.check_links(parent)?;
        let dir = self.dir.open_dir(parent).map_err(|error| self.explain(parent, error))?;
        Ok(FileTarget { folder: Folder::new(dir, shown), name: name.to_owned() })
    }

    /// Where a file that the command line names is written: anywhere, but a path within the boundary may not lead out
    /// of it through a link, because the links there are not the user's own.
    ///
    /// # Errors
    /// When its folder doesn't exist and `make` is not set, or can't be opened.
    pub fn named_target(&self, path: &Path, make: bool) -> io::Result<FileTarget> {
        if without_dots(path).is_some_and(|clean| clean.starts_with(&self.root)) {
            return self.target(path, make);
        }
        let (parent, name) = folder::split(path)?;
        Ok(FileTarget { folder: Folder::named(parent, make)?, name: name.to_owned() })
    }

    /// Opens a folder that the command line names, and makes it if it doesn't exist. The same rule for links holds.
    ///
    /// # Errors
    /// When it can't be made or opened.
    pub fn named_folder(&self, path: &Path) -> io::Result<Dir> {
        if !without_dots(path).is_some_and(|clean| clean.starts_with(&self.root)) {
            return Ok(Folder::named(path, true)?.into_dir());
        }
        let relative = self.relative(path)?;
        let explain = |error| self.explain(&relative, error);
        self.dir.create_dir_all(&relative).map_err(explain)?;
        self.check_links(&relative)?;
        self.dir.open_dir(&relative).map_err(explain)
    }

    /// Replaces the error of a path that leads out of the boundary through a link. The system's own message differs
    /// between systems.
    #[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
    fn explain(&self, relative: &Path, error: io::Error) -> io::Error {
        let leads_out = |path: &Path| {
            let real = self.root.join(path).canonicalize();
            real.is_ok_and(|real| !real.starts_with(&self.root))
        };
        // What doesn't exist yet is wherever its nearest folder is.
        let nearest = relative.ancestors().find(|path| self.root.join(path).exists());
        if nearest.is_some_and(leads_out) {
            return io::Error::other("it leads out of the project through a symbolic link");
        }
        folder::explain_special(&self.dir, relative, error)
    }
}

/// Returns a path without links, which everything below is then compared with.
///
/// # Errors
/// When it doesn't exist.
#[expect(clippy::disallowed_methods, reason = "the workspace is the edge that reads files")]
pub(super) fn without_links(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}

/// Whether git's data for a work tree is in this folder: a folder, or the file that a linked work tree or a submodule
/// has instead.
pub(super) fn is_work_tree(folder: &Path) -> bool {
    let git = folder.join(".git").symlink_metadata();
    git.is_ok_and(|git| git.is_dir() || git.is_file())
}

/// Returns a path without `.` and `..`, or nothing if it climbs above the root.
pub(super) fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if !clean.pop() => return None,
            Component::ParentDir => {}
            part => clean.push(part),
        }
    }
    Some(clean)
}

/// Whether a part of a path is git's own folder. File systems that ignore case open `.GIT` as well.
pub(super) fn is_git_folder(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(name) if name.eq_ignore_ascii_case(".git"))
}

fn in_git() -> io::Error {
    io::Error::other("it is in `.git`, whose files cannot be used")
}

fn outside() -> io::Error {
    io::Error::other("it is outside the project")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{is_git_folder, without_dots};

    #[test]
    fn dots_are_resolved_without_looking_at_the_disk() {
        let clean = |path: &str| without_dots(Path::new(path)).map(|clean| clean.display().to_string());
        assert_eq!(clean("/shop/./templates/../media/a.png").as_deref(), Some("/shop/media/a.png"));
        assert_eq!(clean("/shop/../../etc/passwd").as_deref(), None);
        assert_eq!(clean("/shop/..").as_deref(), Some("/"));
    }

    #[test]
    fn git_folders_are_recognised_in_any_case() {
        let has_git = |path: &str| Path::new(path).components().any(is_git_folder);
        assert!(has_git("a/.git/config") && has_git(".GIT/x.yaml"));
        assert!(!has_git(".github/x.yaml") && !has_git("a.git/x.yaml"));
    }
}
