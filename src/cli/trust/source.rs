//! What a token source would run or read: the program's file, and the files of the project that it names.

use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cli::{child, git};
use crate::config::TokenSource;
use crate::trust::{ApprovalSubject, FileHash, Guarded};

/// Longest source, in bytes: a person has to read it.
const MAX_SOURCE: usize = 4 * 1024;
/// Largest file that is part of an approval, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Signs that end a word of a shell script in an argument.
const ENDS: [char; 12] = ['"', '\'', '`', ';', '|', '&', '(', ')', '<', '>', '=', ','];

/// A source that needs approval, and what it comes down to.
#[derive(Debug)]
pub(in crate::cli) struct GuardedSource {
    pub(in crate::cli) subject: ApprovalSubject,
    /// The program's file, or its name where the system looks it up in its own way.
    pub(in crate::cli) program: PathBuf,
    /// Where the program runs.
    pub(in crate::cli) directory: PathBuf,
}

/// The project's folder in approvals. The boundary of the project, once the workspace has one, belongs here.
pub(in crate::cli) fn project_folder(root: &Path) -> PathBuf {
    git::resolve(root)
}

/// The folder whose files others may change: the git work tree, or the project.
pub(in crate::cli) fn boundary(root: &Path) -> PathBuf {
    let folder = project_folder(root);
    git::work_tree(&folder).unwrap_or(folder)
}

impl GuardedSource {
    /// Looks at what a source names; `None` if it needs no approval.
    pub(in crate::cli) fn new(
        root: &Path,
        account: &str,
        token: &TokenSource,
    ) -> Result<Option<Self>, String> {
        let Some(guarded) = guarded(token).filter(Guarded::needs_approval) else { return Ok(None) };
        let words = guarded.words();
        if words.iter().map(|word| word.len()).sum::<usize>() > MAX_SOURCE {
            return Err(format!("is longer than {} KiB, which is too long to review", MAX_SOURCE / 1024));
        }
        let place = Place { root: project_folder(root), boundary: boundary(root) };
        let (mut files, mut program) = (Vec::new(), PathBuf::new());
        // A file that holds a token has another content whenever the token has; programs must stay as they are.
        if let (Guarded::Program(_), Some((first, arguments))) = (&guarded, words.split_first()) {
            program = place.program(first);
            files.extend(place.program_file(first, &program)?);
            for word in arguments.iter().flat_map(|argument| pieces(argument)) {
                let is_new = files.iter().all(|(name, _)| name != word);
                files.extend(place.named_file(word)?.filter(|_| is_new));
            }
        }
        let directory = place.directory(&files);
        let subject = ApprovalSubject { account: account.to_owned(), guarded, files };
        Ok(Some(Self { subject, program, directory }))
    }
}

fn guarded(token: &TokenSource) -> Option<Guarded> {
    match token {
        TokenSource::Default => None,
        TokenSource::Env(name) => Some(Guarded::Env(name.clone())),
        TokenSource::File(path) => Some(Guarded::File(path.clone())),
        TokenSource::Command(words) => Some(Guarded::Program(words.clone())),
    }
}

/// An argument, and the words in it that may be paths: `--file=a.py`, `cat a.txt | sh b.sh`.
fn pieces(argument: &str) -> Vec<&str> {
    let ends = |sign: char| sign.is_whitespace() || ENDS.contains(&sign);
    let inner = argument.split(ends).filter(|piece| !piece.is_empty() && *piece != argument);
    [argument].into_iter().chain(inner).collect()
}

struct Place {
    root: PathBuf,
    boundary: PathBuf,
}

impl Place {
    /// The file of a program. A path is counted from the project's folder, a name is looked up in `PATH`.
    fn program(&self, word: &str) -> PathBuf {
        if is_path(word) {
            return self.root.join(word);
        }
        // If it is not found, starting it reports an error.
        child::find(word).unwrap_or_else(|| Path::new("/nonexistent").join(word))
    }

    /// A program's file, if others may change it. `PATH` may have folders of the project as well.
    fn program_file(&self, word: &str, program: &Path) -> Result<Option<(String, FileHash)>, String> {
        let is_ours = is_path(word) && Path::new(word).is_relative() || self.is_inside(program);
        if is_ours { self.hashed(word, program) } else { Ok(None) }
    }

    /// A file that an argument names, if others may change it: a relative path, or one into the project.
    fn named_file(&self, word: &str) -> Result<Option<(String, FileHash)>, String> {
        let path = self.root.join(word);
        if Path::new(word).is_relative() || self.is_inside(&path) {
            self.hashed(word, &path)
        } else {
            Ok(None)
        }
    }

    fn is_inside(&self, path: &Path) -> bool {
        normal(path).starts_with(&self.boundary) || git::resolve(path).starts_with(&self.boundary)
    }

    /// Returns the hash of a regular file, or `None` if it doesn't exist.
    fn hashed(&self, word: &str, path: &Path) -> Result<Option<(String, FileHash)>, String> {
        if path.as_os_str().as_encoded_bytes().contains(&0) || !is_plain(path) {
            return Ok(None);
        }
        let failed = |error: std::io::Error| format!("uses {word}, which cannot be read: {error}");
        let file = open(path).map_err(failed)?;
        let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
        let mut file = file.take(MAX_FILE + 1);
        let mut length = 0;
        loop {
            let read = file.read(&mut buffer).map_err(failed)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hash.update(bytes);
            length += read as u64;
        }
        if length > MAX_FILE {
            return Err(format!("uses {word}, which is larger than {} MiB", MAX_FILE / 1024 / 1024));
        }
        Ok(Some((word.to_owned(), hash.finalize().into())))
    }

    /// Where a program runs. In the project's folder only if it names a file of it: many programs load what they find in
    /// the working directory, as `python3 -m` does, and no approval covers that.
    fn directory(&self, files: &[(String, FileHash)]) -> PathBuf {
        if files.iter().any(|(word, _)| is_path(word) || self.root.join(word).exists_here()) {
            return self.root.clone();
        }
        let home = etcetera::home_dir().map(|home| git::resolve(&home)).ok();
        let neutral = [home, Some(std::env::temp_dir()), Some(PathBuf::from("/"))];
        let outside = |folder: &PathBuf| folder.exists_here() && !folder.starts_with(&self.boundary);
        neutral.into_iter().flatten().find(outside).unwrap_or_else(|| self.root.clone())
    }
}

trait Here {
    fn exists_here(&self) -> bool;
}

impl Here for PathBuf {
    fn exists_here(&self) -> bool {
        self.symlink_metadata().is_ok()
    }
}

/// Whether a word is a path rather than a name to look up.
fn is_path(word: &str) -> bool {
    word.contains(std::path::is_separator)
}

fn is_plain(path: &Path) -> bool {
    // Links are followed: what is behind them is what is run.
    git::resolve(path).symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

#[expect(clippy::disallowed_methods, reason = "what an approval covers is read here")]
fn open(path: &Path) -> std::io::Result<std::fs::File> {
    let file = std::fs::File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(std::io::Error::other("not a regular file")) }
}

/// A path without `.` and `..`, whether or not it exists.
pub(in crate::cli) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_argument_may_be_paths() {
        assert_eq!(pieces("a.py"), ["a.py"]);
        assert_eq!(pieces("--file=a.py"), ["--file=a.py", "--file", "a.py"]);
        assert_eq!(pieces("cat 'a b'|sh ./c.sh"), ["cat 'a b'|sh ./c.sh", "cat", "a", "b", "sh", "./c.sh"]);
        assert_eq!(pieces(""), [""]);
    }

    #[test]
    fn paths_are_counted_without_the_system() {
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(normal(Path::new("/../a")), Path::new("/a"));
    }
}
