//! What must hold after every command, whatever the repository contains.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::world::{SECRETS, TOKEN, World};

/// Files up to this size are compared byte by byte; larger ones by length and time.
const COMPARED: u64 = 4 << 20;
/// Where watpl keeps what belongs to the user.
const STATE: &str = "home/.local/state/watpl";
/// The name that programs of the hostile repository write when they run.
const MARKER: &str = "pwned";
/// Exit codes that docs/commands.md documents for a run that ends by itself.
const DOCUMENTED: [i32; 6] = [0, 1, 2, 3, 4, 5];
/// The most that one command may print: 4 MB for a file, and something for the frame.
const MOST_OUTPUT: usize = 6 << 20;

/// A file as it was: what it is, and what it holds.
#[derive(Clone, PartialEq, Eq)]
struct Entry {
    kind: &'static str,
    /// Permissions, inode, length and time of a regular file; permissions of anything else.
    about: (u32, u64, u64, i64),
    content: Vec<u8>,
}

/// Everything below a folder, links not followed.
pub(super) struct Snapshot(BTreeMap<PathBuf, Entry>);

impl Snapshot {
    pub(super) fn of(world: &World) -> Self {
        let mut entries = BTreeMap::new();
        walk(world.root(), world.root(), &mut entries);
        Self(entries)
    }

    /// Paths that came, went or changed, and how, with what they hold now.
    fn changes<'a>(&'a self, after: &'a Self) -> Vec<(&'a Path, &'static str, &'a [u8])> {
        let mut found = Vec::new();
        for (path, entry) in &after.0 {
            match self.0.get(path) {
                None => found.push((path.as_path(), "created", entry.content.as_slice())),
                Some(before) if before != entry => {
                    found.push((path.as_path(), "changed", entry.content.as_slice()));
                }
                Some(_) => {}
            }
        }
        let removed = self.0.keys().filter(|path| !after.0.contains_key(*path));
        found.extend(removed.map(|path| (path.as_path(), "removed", [].as_slice())));
        found
    }
}

fn walk(root: &Path, folder: &Path, entries: &mut BTreeMap<PathBuf, Entry>) {
    // A folder may be closed for everyone.
    let Ok(found) = fs::read_dir(folder) else { return };
    for path in found.flatten().map(|entry| entry.path()) {
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        let mode = (metadata.mode(), 0, 0, 0);
        let kind = metadata.file_type();
        let entry = if kind.is_dir() {
            walk(root, &path, entries);
            Entry { kind: "folder", about: mode, content: Vec::new() }
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).unwrap_or_default();
            Entry { kind: "link", about: (0, 0, 0, 0), content: target.to_string_lossy().into_owned().into() }
        } else if kind.is_file() {
            let time = metadata.mtime().wrapping_mul(1_000_000_000).wrapping_add(metadata.mtime_nsec());
            let about = (metadata.mode(), metadata.ino(), metadata.len(), time);
            let small = metadata.len() <= COMPARED;
            let content = if small { fs::read(&path).unwrap_or_default() } else { Vec::new() };
            Entry { kind: "file", about, content }
        } else {
            Entry { kind: "other", about: mode, content: Vec::new() }
        };
        entries.insert(path.strip_prefix(root).expect("below the root").to_owned(), entry);
    }
}

/// How a command ended, and what it printed.
pub(super) struct Ended {
    /// The exit code; `None` for a signal, and for a run that had to be stopped.
    pub(super) code: Option<i32>,
    pub(super) timed_out: bool,
    pub(super) out: Vec<u8>,
    pub(super) err: Vec<u8>,
}

/// What a command may do that others may not.
#[derive(Clone, Copy, Default)]
pub(super) struct Allowed {
    /// The user names a file of the other project, so that its text may be shown.
    pub(super) shows_other: bool,
    /// Commands to GitHub are what this format consists of.
    pub(super) github: bool,
}

/// What went wrong, in one line each.
pub(super) fn problems(
    world: &World,
    before: &Snapshot,
    after: &Snapshot,
    ended: &Ended,
    allowed: Allowed,
) -> Vec<String> {
    let mut found = Vec::new();
    end(ended, &mut found);
    for (path, how, content) in before.changes(after) {
        place(path, how, &mut found);
        // Elsewhere the change is the problem, and the user's own files hold their own secrets.
        if path.starts_with("clone") || path.starts_with(STATE) {
            secrets(&path.display().to_string(), content, allowed, &mut found);
        }
    }
    for (name, bytes) in [("stdout", &ended.out), ("stderr", &ended.err)] {
        secrets(name, bytes, allowed, &mut found);
        printed(name, bytes, allowed, &mut found);
    }
    network(world, &mut found);
    found
}

fn end(ended: &Ended, found: &mut Vec<String>) {
    match ended.code {
        _ if ended.timed_out => found.push("did not end in time".to_owned()),
        None => found.push("was ended by a signal".to_owned()),
        Some(101) => found.push("panicked".to_owned()),
        Some(code) if !DOCUMENTED.contains(&code) => {
            found.push(format!("exit code {code} is not documented"))
        }
        Some(_) => {}
    }
    if String::from_utf8_lossy(&ended.err).contains("panicked at") && ended.code != Some(101) {
        found.push("a thread panicked".to_owned());
    }
}

/// Where a change may be: in the clone, but for git's folders, and in watpl's own folder of state.
fn place(path: &Path, how: &str, found: &mut Vec<String>) {
    let shown = path.display();
    if path.file_name().is_some_and(|name| name == MARKER) {
        return found.push("a program of the repository ran".to_owned());
    }
    if path.starts_with("logs") || path.starts_with(STATE) {
        return;
    }
    if !path.starts_with("clone") {
        found.push(format!("{shown} was {how}"));
    } else if path.components().any(|part| part.as_os_str() == ".git") {
        found.push(format!("{shown} was {how}, in git's folder"));
    }
}

/// A secret in any of the forms in which it could be read again.
fn secrets(place: &str, bytes: &[u8], allowed: Allowed, found: &mut Vec<String>) {
    if place.starts_with("logs/") || bytes.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(bytes);
    for (what, secret) in SECRETS {
        if allowed.shows_other && what == "a file of another project" {
            continue;
        }
        if forms(secret).iter().any(|form| text.contains(form.as_str())) {
            found.push(format!("{place} holds {what}"));
        }
    }
}

/// A text as it is, percent-encoded, escaped as in JSON, and in base64 wherever it begins there.
pub(super) fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![
        secret.to_owned(),
        secret.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        secret.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect(),
    ];
    // Whole groups of three bytes read the same whatever comes before and after them.
    forms.extend((0..3).map(|skipped| base64(&secret.as_bytes()[skipped..])));
    forms
}

/// The base64 form of a text's whole groups of three bytes.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups =
        bytes.chunks_exact(3).map(|group| group.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)));
    groups.flat_map(|sum| [18, 12, 6, 0].map(|by| char::from(LETTERS[sum >> by & 63]))).collect()
}

/// What a terminal or a CI system would obey.
fn printed(name: &str, bytes: &[u8], allowed: Allowed, found: &mut Vec<String>) {
    if bytes.len() > MOST_OUTPUT {
        found.push(format!("{name} has {} MB", bytes.len() >> 20));
    }
    let text = String::from_utf8_lossy(bytes);
    if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        found.push(format!("{name} contains the control character U+{:04X}", u32::from(control)));
    }
    for line in text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let start = line.trim_start();
        let ours = ["::error file=", "::warning file=", "::notice file="];
        let is_ours = allowed.github && ours.iter().any(|command| start.starts_with(command));
        let begins = start.starts_with("##teamcity[") || (start.starts_with("::") && !is_ours);
        if begins || line.contains("##vso[") || line.contains("##[") {
            let line: String = start.chars().take(60).collect();
            found.push(format!("{name} forms a command of a CI system: {line:?}"));
            break;
        }
    }
}

fn network(world: &World, found: &mut Vec<String>) {
    let called = world.canary.requests();
    if let Some(first) = called.first() {
        let first = first.lines().next().unwrap_or_default();
        found.push(format!("a service on this machine was called {} times: {first:?}", called.len()));
    }
    for (what, secret) in SECRETS.iter().filter(|(_, secret)| *secret != TOKEN) {
        if world.graph.requests().iter().any(|request| request.contains(secret)) {
            found.push(format!("{what} was sent to a server"));
        }
    }
}
