//! Calls of git that run no program of the repository.
//!
//! The repository's own configuration may name programs: a file system monitor, hooks, filters, diff drivers, ways to
//! fetch. Fixed settings and the environment switch off all but filters. Filters have names of their own, so those of
//! the repository are looked up and replaced by those of the user (Git LFS), if there are any.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::GitError;
use crate::cli::child::Child;

/// How long a call may take.
const DEADLINE: Duration = Duration::from_secs(120);
/// Largest configuration that is read.
const MAX_CONFIG: usize = 4 * 1024 * 1024;

/// Settings of every call; they win over those of any file.
const FIXED: [&str; 8] = [
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.sshCommand=",
    "core.gitProxy=",
    // `git diff` would write the index anew where the times of files have changed.
    "diff.autoRefreshIndex=false",
    "diff.external=",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
];

/// What git takes from the environment about which repository it works on, and programs that no call needs.
const REMOVED: [&str; 24] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_EXTERNAL_DIFF",
    "GIT_ATTR_SOURCE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_ASKPASS",
    "GIT_SSH_COMMAND",
    "GIT_PROXY_COMMAND",
];

/// Sections of pairs in the environment (`GIT_CONFIG_COUNT`) that are kept. Others may hold credentials.
const KEPT_SECTIONS: [&str; 4] = ["safe.", "core.", "filter.", "extensions."];

/// Keys that name a file to read; a repository could name an endless one.
const FILES: [&str; 2] = ["core.attributesfile", "core.excludesfile"];

/// The variables of a filter.
const FILTER: [&str; 4] = ["clean", "smudge", "process", "required"];

/// What the repository's configuration makes necessary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GitConfig {
    words: Vec<String>,
    /// Whether objects may be missing that the server has.
    pub(super) is_partial: bool,
}

/// How git is called for one work tree.
#[derive(Debug)]
pub(super) struct Call {
    program: PathBuf,
    top: PathBuf,
    settings: OnceCell<GitConfig>,
}

impl Call {
    pub(super) fn new(program: PathBuf, top: PathBuf) -> Self {
        Self { program, top, settings: OnceCell::new() }
    }

    /// The top of the work tree.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// The settings for calls that read the files of the work tree.
    pub(super) fn with_settings(&self) -> Result<GitConfig, GitError> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings.clone());
        }
        let words = ["config", "--list", "--show-scope", "--includes", "-z"];
        let settings = GitConfig::read(&self.run(&words, Vec::new(), MAX_CONFIG)?)?;
        Ok(self.settings.get_or_init(|| settings).clone())
    }

    /// A call that doesn't read the files of the work tree; paths are literal.
    pub(super) fn run(&self, words: &[&str], input: Vec<u8>, limit: usize) -> Result<Vec<u8>, GitError> {
        self.run_with(&GitConfig::default(), words, input, limit)
    }

    pub(super) fn run_with(
        &self,
        settings: &GitConfig,
        words: &[&str],
        input: Vec<u8>,
        limit: usize,
    ) -> Result<Vec<u8>, GitError> {
        let overrides = settings.words.iter().flat_map(|word| ["-c", word.as_str()]);
        let child = self.child(limit).env("GIT_LITERAL_PATHSPECS", "1").args(overrides).args(words);
        finish(child.input(input))
    }

    /// A call whose paths are patterns.
    pub(super) fn magic(&self, words: &[&str], limit: usize) -> Result<Vec<u8>, GitError> {
        finish(self.child(limit).args(words))
    }

    fn child(&self, limit: usize) -> Child {
        let mut child = Child::new(&self.program, limit, DEADLINE).directory(&self.top);
        for name in REMOVED {
            child = child.without_env(name);
        }
        for name in ["http_proxy", "https_proxy", "all_proxy"] {
            child = child.without_env(name).without_env(&name.to_ascii_uppercase());
        }
        for (name, value) in environment_pairs() {
            child = child.env(&name, value);
        }
        if let Some(above) = self.top.parent() {
            // Where `.git` is no repository, no folder above may be taken for it.
            child = child.env("GIT_CEILING_DIRECTORIES", above);
        }
        child
            // Overrides `core.worktree`.
            .env("GIT_WORK_TREE", &self.top)
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .args(["--no-pager"])
            .args(FIXED.iter().flat_map(|setting| ["-c", setting]))
    }
}

fn finish(child: Child) -> Result<Vec<u8>, GitError> {
    let finished = child.run()?;
    if finished.status.success() {
        return Ok(finished.output);
    }
    let errors = String::from_utf8_lossy(&finished.errors);
    let line = errors.lines().find(|line| line.starts_with("fatal: ") || line.starts_with("error: "));
    let line = line.or_else(|| errors.lines().next()).unwrap_or_default();
    Err(GitError::Failed(line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()))
}

/// The pairs of `GIT_CONFIG_COUNT`, those that may hold a credential replaced by one that means nothing.
fn environment_pairs() -> Vec<(String, String)> {
    let count =
        variable("GIT_CONFIG_COUNT").and_then(|count| count.parse::<usize>().ok()).unwrap_or_default();
    let mut pairs = Vec::new();
    for index in 0..count.min(1_000) {
        let (key, value) = (format!("GIT_CONFIG_KEY_{index}"), format!("GIT_CONFIG_VALUE_{index}"));
        let section = variable(&key).unwrap_or_default().to_ascii_lowercase();
        if !KEPT_SECTIONS.iter().any(|kept| section.starts_with(kept)) {
            pairs.extend([(key, "watpl.removed".to_owned()), (value, String::new())]);
        }
    }
    pairs
}

#[expect(clippy::disallowed_methods, reason = "git takes settings from the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl GitConfig {
    /// Reads `git config --list --show-scope -z`: scope, NUL, key, line break, value, NUL.
    fn read(listed: &[u8]) -> Result<Self, GitError> {
        let mut own: BTreeMap<&[u8], &[u8]> = BTreeMap::new();
        let mut foreign: BTreeSet<&[u8]> = BTreeSet::new();
        let mut parts = listed.split(|byte| *byte == 0);
        while let (Some(scope), Some(entry)) = (parts.next(), parts.next()) {
            let mut halves = entry.splitn(2, |byte| *byte == b'\n');
            let key = halves.next().unwrap_or_default();
            if matches!(scope, b"system" | b"global" | b"command") {
                own.insert(key, halves.next().unwrap_or(b"true"));
            } else {
                foreign.insert(key);
            }
        }
        let (mut words, mut names) = (Vec::new(), BTreeSet::new());
        for key in &foreign {
            let Some((section, name)) = subsection(key) else { continue };
            if matches!(section, b"filter" | b"hook") {
                names.insert((section, usable(name)?));
            }
        }
        let own =
            |key: &str| own.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        for (section, name) in names {
            if section == b"hook" {
                words.push(format!("hook.{name}.enabled=false"));
                continue;
            }
            let has_filter = FILTER[..3].iter().any(|part| own(&format!("filter.{name}.{part}")).is_some());
            for part in FILTER {
                let key = format!("filter.{name}.{part}");
                let missing = if part == "required" { "false" } else { "" };
                let value = own(&key).filter(|_| has_filter).unwrap_or_else(|| missing.to_owned());
                words.push(format!("{key}={value}"));
            }
        }
        let files = FILES.iter().filter(|key| foreign.contains(key.as_bytes()));
        words.extend(files.map(|key| format!("{key}={}", own(key).unwrap_or_default())));
        let is_partial = foreign.iter().any(|key| {
            *key == b"extensions.partialclone" || (key.starts_with(b"remote.") && key.ends_with(b".promisor"))
        });
        Ok(Self { words, is_partial })
    }
}

/// The section and the subsection of a key that has both.
fn subsection(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let first = key.iter().position(|byte| *byte == b'.')?;
    let last = key.iter().rposition(|byte| *byte == b'.')?;
    Some((key.get(..first)?, key.get(first + 1..last)?))
}

/// A name that `git -c` takes: it ends the key at the first `=`.
fn usable(name: &[u8]) -> Result<&str, GitError> {
    let usable = std::str::from_utf8(name).ok().filter(|name| !name.contains('='));
    usable.ok_or_else(|| GitError::Filter(String::from_utf8_lossy(name).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(entries: &[(&str, &str)]) -> Result<GitConfig, GitError> {
        let listed: String = entries.iter().map(|(scope, entry)| format!("{scope}\0{entry}\0")).collect();
        GitConfig::read(listed.as_bytes())
    }

    #[test]
    fn filters_of_the_repository_are_replaced_by_those_of_the_user() {
        let lfs = ["clean", "smudge", "process"].map(|part| format!("filter.lfs.{part}\ngit-lfs {part}"));
        let mut entries: Vec<_> = lfs.iter().map(|entry| ("global", entry.as_str())).collect();
        entries.extend([("global", "filter.lfs.required\ntrue"), ("local", "filter.lfs.clean\nevil")]);
        entries.extend([("local", "filter.x.y.smudge\nevil"), ("worktree", "filter..process\nevil")]);
        entries.extend([("local", "filter.x.y.required\ntrue"), ("local", "core.bare\nfalse")]);
        assert_eq!(
            read(&entries).expect("usable").words,
            [
                "filter..clean=",
                "filter..smudge=",
                "filter..process=",
                "filter..required=false",
                "filter.lfs.clean=git-lfs clean",
                "filter.lfs.smudge=git-lfs smudge",
                "filter.lfs.process=git-lfs process",
                "filter.lfs.required=true",
                "filter.x.y.clean=",
                "filter.x.y.smudge=",
                "filter.x.y.process=",
                "filter.x.y.required=false",
            ]
        );
        assert_eq!(read(&entries[..4]).expect("usable"), GitConfig::default());
    }

    #[test]
    fn a_filter_that_cannot_be_switched_off_is_refused() {
        assert!(matches!(read(&[("local", "filter.a=b.clean\nevil")]), Err(GitError::Filter(_))));
        assert!(matches!(GitConfig::read(b"local\0filter.\xff.clean\nevil\0"), Err(GitError::Filter(_))));
        assert!(read(&[("global", "filter.a=b.clean\nmine")]).is_ok());
    }

    #[test]
    fn hooks_files_and_partial_clones_are_seen() {
        let settings = read(&[
            ("local", "hook.x.command\nevil"),
            ("local", "core.attributesfile\n/dev/zero"),
            ("global", "core.excludesfile\n~/.ignore"),
            ("local", "core.excludesfile\n/dev/zero"),
            ("local", "remote.origin.promisor"),
        ]);
        let settings = settings.expect("usable");
        assert_eq!(
            settings.words,
            ["hook.x.enabled=false", "core.attributesfile=", "core.excludesfile=~/.ignore"]
        );
        assert!(settings.is_partial);
    }

    #[test]
    fn any_configuration_can_be_read() {
        for listed in
            [b"".as_slice(), b"\0", b"local", b"local\0", b"local\0x", b"local\0filter\n\0", b"\n\0\n\0\xff"]
        {
            assert_eq!(GitConfig::read(listed).expect("usable"), GitConfig::default());
        }
    }
}
