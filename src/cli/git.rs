//! Git: which files changed since a revision, what they were, and what is tracked.
//!
//! A clone may come from a stranger, and so may its `.git/config`. No program that it names is run; see `call`.

mod call;
mod layout;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::CommandError;
use super::child::{self, ChildError};
use call::Call;

/// Largest list of names that is read.
const MAX_NAMES: usize = 64 * 1024 * 1024;
/// Largest total size of files that are read at a revision.
const MAX_TEXTS: usize = 256 * 1024 * 1024;
/// Largest answer of one line.
const MAX_LINE: usize = 4 * 1024;

/// The git work tree of a project.
#[derive(Debug)]
pub(super) struct Repository {
    call: Call,
    /// The project's folder as the workspace names it.
    root: PathBuf,
    /// The project's folder below the work tree, with `/`; empty where they are the same.
    prefix: String,
    /// Whether git was stopped because it took too long. It would take as long for each further file.
    is_stuck: Cell<bool>,
}

/// A commit to compare with, and how the user named it.
#[derive(Debug)]
pub(super) struct Base {
    commit: String,
    revision: String,
}

impl Repository {
    /// Opens the work tree that contains a folder: the nearest folder upwards with a `.git`. Bare repositories have none.
    pub(super) fn open(root: &Path) -> Result<Self, CommandError> {
        let program = child::find("git")
            .ok_or_else(|| CommandError::usage("the program `git` was not found").help(NEEDS))?;
        let resolved = resolve(root);
        let top = work_tree(&resolved)
            .ok_or_else(|| CommandError::usage("the project is not in a git repository").help(NEEDS))?;
        layout::check(&top).map_err(|problem| {
            CommandError::usage(format!("`.git` {problem}"))
                .help("create your own clone with `git clone`, and run watpl there")
        })?;
        let below = resolved.strip_prefix(&top).unwrap_or(Path::new(""));
        let prefix = below.to_string_lossy().replace('\\', "/");
        let call = Call::new(program, top);
        Ok(Self { call, root: root.to_owned(), prefix, is_stuck: Cell::new(false) })
    }

    /// The commit where this branch left a revision.
    pub(super) fn base(&self, revision: &str) -> Result<Base, CommandError> {
        if revision.starts_with('-') || revision.is_empty() || revision.contains('\0') {
            return Err(CommandError::usage(format!("`{revision}` is not a git revision")));
        }
        let named = self.line(&["rev-parse", "--verify", "--quiet", revision], revision)?;
        let named = named.filter(|id| is_id(id)).ok_or_else(|| self.unknown(revision))?;
        let commit = self.line(&["merge-base", &named, "HEAD"], revision)?;
        let commit = commit.filter(|id| is_id(id)).ok_or_else(|| {
            let message = format!("HEAD and `{revision}` have no common ancestor in this clone");
            CommandError::usage(message).help(self.deepen(revision))
        })?;
        Ok(Base { commit, revision: revision.to_owned() })
    }

    /// The tracked files below the project's folder that differ from a commit, committed or not.
    pub(super) fn changed(&self, base: &Base) -> Result<BTreeSet<String>, CommandError> {
        let words = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            "-O/dev/null",
            &base.commit,
            "--",
        ];
        self.names(&words, &base.revision)
    }

    /// The files below the project's folder that git neither tracks nor ignores.
    pub(super) fn untracked(&self) -> Result<BTreeSet<String>, CommandError> {
        self.names(&["ls-files", "--others", "--exclude-standard", "-z", "--"], "HEAD")
    }

    /// The files of a commit that `wanted` picks, by their names from the project's folder. Links, and files larger
    /// than `limit`, are left out.
    pub(super) fn texts(
        &self,
        base: &Base,
        limit: u64,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, CommandError> {
        let mut words = vec!["ls-tree", "-r", "-z", "--full-tree", &base.commit, "--"];
        words.extend((!self.prefix.is_empty()).then_some(self.prefix.as_str()));
        let listed = self
            .call
            .run(&words, Vec::new(), MAX_NAMES)
            .map_err(|error| self.to_failure(&error, &base.revision))?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let files = listed.split('\0').filter_map(|entry| self.plain_file(entry));
        let files: Vec<(&str, &str)> = files.filter(|(_, name)| wanted(name)).collect();
        let sizes = self.objects("--batch-check", files.iter().map(|(id, _)| *id), base)?;
        let sizes = String::from_utf8_lossy(&sizes).into_owned();
        let mut chosen = Vec::new();
        for ((id, name), line) in files.into_iter().zip(sizes.lines()) {
            match line.rsplit_once(' ').and_then(|(_, size)| size.parse::<u64>().ok()) {
                Some(size) if size <= limit => chosen.push((id, name, usize::try_from(size).unwrap_or(0))),
                Some(_) => {}
                None => return Err(self.missing(name, base)),
            }
        }
        let bytes = self.objects("--batch", chosen.iter().map(|(id, ..)| *id), base)?;
        let mut rest = bytes.as_slice();
        let mut texts = Vec::new();
        for (_, name, size) in chosen {
            let content = take(&mut rest, size).ok_or_else(|| self.missing(name, base))?;
            texts.push((name.to_owned(), content.to_vec()));
        }
        Ok(texts)
    }

    /// The id and the name of an entry of a tree, if it is a plain file.
    fn plain_file<'e>(&self, entry: &'e str) -> Option<(&'e str, &'e str)> {
        let (facts, name) = entry.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, id) = (facts.next()?, facts.nth(1)?);
        Some((id, self.below(name)?)).filter(|_| mode.starts_with("100"))
    }

    fn objects<'i>(
        &self,
        mode: &str,
        ids: impl Iterator<Item = &'i str>,
        base: &Base,
    ) -> Result<Vec<u8>, CommandError> {
        let input: String = ids.flat_map(|id| [id, "\n"]).collect();
        if input.is_empty() {
            return Ok(Vec::new());
        }
        let ran = self.call.run(&["cat-file", mode], input.into_bytes(), MAX_TEXTS);
        ran.map_err(|error| self.to_failure(&error, &base.revision))
    }

    /// Whether a file has changes that are not committed. A file that git cannot be asked about counts as changed.
    pub(super) fn is_dirty(&self, path: &Path) -> bool {
        if self.is_stuck.get() {
            return true;
        }
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let name = self.name(&below.to_string_lossy().replace('\\', "/"));
        let words = [
            "status",
            "--porcelain",
            "-z",
            "--no-renames",
            "--untracked-files=normal",
            "--ignore-submodules=all",
            "--",
            &name,
        ];
        let output = self
            .call
            .with_settings()
            .and_then(|settings| self.call.run_with(&settings, &words, Vec::new(), MAX_NAMES));
        match output {
            Ok(output) => !output.is_empty(),
            // Git may not read every repository: one of another user, for example.
            Err(GitError::Failed(_)) => false,
            Err(error) => {
                self.is_stuck.set(matches!(error, GitError::Child(ChildError::Late(_))));
                true
            }
        }
    }

    /// Names of files, from the project's folder.
    fn names(&self, words: &[&str], revision: &str) -> Result<BTreeSet<String>, CommandError> {
        let told = |error| self.to_failure(&error, revision);
        let settings = self.call.with_settings().map_err(told)?;
        let mut words = words.to_vec();
        words.extend((!self.prefix.is_empty()).then_some(self.prefix.as_str()));
        let output = self.call.run_with(&settings, &words, Vec::new(), MAX_NAMES).map_err(told)?;
        let names = String::from_utf8_lossy(&output).into_owned();
        let below = names.split('\0').filter(|name| !name.is_empty()).filter_map(|name| self.below(name));
        Ok(below.map(str::to_owned).collect())
    }

    /// The name of a file from the project's folder, by its name from the top of the work tree.
    fn below<'n>(&self, name: &'n str) -> Option<&'n str> {
        match self.prefix.as_str() {
            "" => Some(name),
            prefix => name.strip_prefix(prefix)?.strip_prefix('/'),
        }
    }

    fn name(&self, below: &str) -> String {
        if self.prefix.is_empty() { below.to_owned() } else { format!("{}/{below}", self.prefix) }
    }

    /// The one line that a call prints; `None` where it fails without a reason.
    fn line(&self, words: &[&str], revision: &str) -> Result<Option<String>, CommandError> {
        match self.call.run(words, Vec::new(), MAX_LINE) {
            Ok(output) => Ok(Some(String::from_utf8_lossy(&output).trim().to_owned())),
            Err(GitError::Failed(reason)) if reason.is_empty() => Ok(None),
            Err(error) => Err(self.to_failure(&error, revision)),
        }
    }

    fn to_failure(&self, error: &GitError, revision: &str) -> CommandError {
        CommandError::usage(format!("git cannot compare with `{revision}`: {error}")).help(match error {
            GitError::Failed(reason) if is_dubious(reason) => {
                format!(
                    "if you trust it, run `git config --global --add safe.directory {}`",
                    self.call.top().display()
                )
            }
            GitError::Failed(_) => self.deepen(revision),
            GitError::Child(_) | GitError::Filter(_) => NEEDS.to_owned(),
        })
    }

    fn unknown(&self, revision: &str) -> CommandError {
        CommandError::usage(format!("unknown git revision `{revision}`")).help(self.deepen(revision))
    }

    fn missing(&self, name: &str, base: &Base) -> CommandError {
        let message = format!("this clone does not contain `{name}` at the revision `{}`", base.revision);
        CommandError::usage(message).help(self.deepen(&base.revision))
    }

    /// What to do where objects may be missing. watpl itself fetches nothing.
    fn deepen(&self, revision: &str) -> String {
        let shallow = self.call.run(&["rev-parse", "--is-shallow-repository"], Vec::new(), MAX_LINE);
        if shallow.is_ok_and(|answer| answer.starts_with(b"true")) {
            return format!(
                "this clone is shallow: run `git fetch --unshallow`, or clone the history that `{revision}` needs (`fetch-depth: 0`, `GIT_DEPTH: 0`)"
            );
        }
        if self.call.with_settings().is_ok_and(|settings| settings.is_partial) {
            return format!(
                "this clone is partial: run `git fetch --refetch --no-filter` to get the objects of `{revision}`, or clone without `--filter`"
            );
        }
        NEEDS.to_owned()
    }
}

/// Help for everything that is not about missing objects.
const NEEDS: &str = "comparing needs git, a repository, and an existing revision such as `main` or `HEAD~1`";

/// Why a call of git has no result.
#[derive(Debug, thiserror::Error)]
enum GitError {
    #[error("it {0}")]
    Child(#[from] ChildError),
    /// Git's own words. They are not shown: they quote files, which a repository can make any file of the user.
    #[error("{}", summary(.0))]
    Failed(String),
    /// A filter of the repository that cannot be switched off.
    #[error("the repository's configuration has a filter or hook with an unusable name: `{0}`")]
    Filter(String),
}

/// What is wrong, in words that quote nothing.
fn summary(reason: &str) -> &'static str {
    match reason {
        reason if is_dubious(reason) => "another user owns the repository",
        reason if reason.starts_with("not a git repository") => "`.git` is not a git repository",
        _ => "git reports an error; run `git status` to see it",
    }
}

fn is_dubious(reason: &str) -> bool {
    reason.contains("dubious ownership")
}

/// Whether git tracks a folder of the project, or anything in it. `None` without git, and where it cannot tell.
pub(super) fn is_tracked(root: &Path, folder: &str) -> Option<bool> {
    let repository = Repository::open(root).ok()?;
    // On some systems `.WATPL` is the same folder.
    let pattern = format!(":(top,literal,icase){}", repository.name(folder));
    match repository.call.magic(&["ls-files", "--cached", "-z", "--", &pattern], MAX_LINE) {
        Ok(names) => Some(!names.is_empty()),
        Err(GitError::Child(ChildError::TooLong(_))) => Some(true),
        Err(_) => None,
    }
}

/// Whether a folder lies in a git work tree, and the top of it.
pub(super) fn work_tree(resolved: &Path) -> Option<PathBuf> {
    resolved.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok()).map(Path::to_owned)
}

/// A folder without links on the way to it.
#[expect(clippy::disallowed_methods, reason = "git names files by their resolved paths")]
pub(super) fn resolve(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

fn is_id(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The content of the next object: a line about it, its bytes, and a line break.
fn take<'b>(rest: &mut &'b [u8], size: usize) -> Option<&'b [u8]> {
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let content = rest.get(line + 1..line + 1 + size)?;
    *rest = rest.get(line + 2 + size..)?;
    Some(content)
}
