//! The place of one case: a user's home, another project, and the hostile clone between them.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, lchown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use nix::unistd::Uid;
use tempfile::TempDir;

use super::recorder::Recorder;

/// The token that the user's environment holds.
pub(super) const TOKEN: &str = "EAAG-canary-token-012345678901";

/// Secrets that no run may print, store or send: what they are, and their text.
pub(super) const SECRETS: [(&str, &str); 9] = [
    ("the token", TOKEN),
    ("another variable of the environment", "canary-aws-6c1f0b27d9"),
    ("the token of another service", "ghp_canary4f9a1d7c3e"),
    ("~/.netrc", "canary-netrc-83be5d1a40"),
    ("~/.ssh/id_ed25519", "canary-ssh-1d94fa7c22"),
    ("~/.bashrc", "canary-bashrc-77c0e3b581"),
    ("a file of another project", "canary-other-5e2a9917fd"),
    ("the credentials in .git/config", "canary-extraheader-b26d80f3"),
    ("/etc/passwd", "root:x:0:0"),
];

/// The text of a secret, by what it is.
fn secret(of: &str) -> &'static str {
    SECRETS.iter().find(|(what, _)| *what == of).expect("a secret of the list").1
}

/// A template that no rule objects to, in canonical form.
pub(super) const GOOD: &str = "\
name: order
category: utility
language: en_US

body: Hello, your order is on its way to you.
";

/// A template that `fmt` and `lint --fix` would change, with a text that must not be shown.
const MESSY: &str = "\
language: en_US
name: order
category: utility
body:   \"Hello, your order {{ number }} is on its way. canary-other-5e2a9917fd\"
variables: {number: A1}
";

/// The start of a PNG image.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";

/// One case's folders and servers.
pub(super) struct World {
    folder: TempDir,
    /// Whether the clone has an account at Meta, for which the user's environment names a server.
    at_meta: AtomicBool,
    /// Stands for the Graph API.
    pub(super) graph: Recorder,
    /// A service on this machine that nothing may call.
    pub(super) canary: Recorder,
}

impl World {
    /// A home and another project with files to protect, and a clone with one good template.
    pub(super) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let world = Self {
            folder,
            at_meta: AtomicBool::new(false),
            graph: Recorder::start(),
            canary: Recorder::start(),
        };
        for folder in ["home/.ssh", "home/.config", "home/.local/state", "home/work", "logs", "tmp"] {
            fs::create_dir_all(world.outside(folder)).expect("a folder");
        }
        world.write("home/.bashrc", &format!("# {}\n", secret("~/.bashrc")));
        world.write("home/.netrc", &format!("machine api: login me password: {}\n", secret("~/.netrc")));
        world.write("home/.ssh/authorized_keys", "ssh-ed25519 AAAA of the user\n");
        world.write("home/.ssh/id_ed25519", secret("~/.ssh/id_ed25519"));
        world.write("home/.gitconfig", "[user]\n\tname = a\n\temail = a@a.example\n");
        world.write("other/order.yaml", MESSY);
        world.write("other/secret.png", &format!("{}{}", "\u{89}PNG", secret("a file of another project")));
        world.template("order");
        world
    }

    /// A path next to the clone: `home/…`, `other/…`.
    pub(super) fn outside(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Everything.
    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the clone.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.outside("clone").join(path)
    }

    /// A text with the placeholders of cases replaced: `{root}`, `{canary}` and `{graph}`.
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("{root}", &self.root().to_string_lossy())
            .replace("{canary}", &self.canary.base)
            .replace("{graph}", &self.graph.base)
    }

    fn write(&self, path: &str, text: &str) {
        put(&self.outside(path), text.as_bytes());
    }

    /// Writes a file outside the clone.
    pub(super) fn outer(&self, path: &str, text: &str) -> &Self {
        self.write(path, &self.fill(text));
        self
    }

    /// Writes a file of the clone.
    pub(super) fn file(&self, path: &str, text: impl AsRef<str>) -> &Self {
        if text.as_ref().contains("waba_id") {
            self.at_meta.store(true, Ordering::Relaxed);
        }
        put(&self.path(path), self.fill(text.as_ref()).as_bytes());
        self
    }

    /// Writes a file of the clone as it is.
    pub(super) fn bytes(&self, path: &str, bytes: &[u8]) -> &Self {
        put(&self.path(path), bytes);
        self
    }

    /// Writes `templates/NAME.yaml`.
    pub(super) fn template(&self, name: &str) -> &Self {
        self.file(
            &format!("templates/{name}.yaml"),
            GOOD.replace("order\ncategory", &format!("{name}\ncategory")),
        )
    }

    /// Writes a program into the clone that leaves a marker when it runs.
    pub(super) fn program(&self, path: &str) -> &Self {
        self.file(path, "#!/bin/sh\ntouch {root}/pwned\n");
        fs::set_permissions(self.path(path), Permissions::from_mode(0o755)).expect("a mode");
        self
    }

    /// Makes a folder of the clone.
    pub(super) fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.path(path)).expect("a folder");
        self
    }

    /// Puts a link into the clone, in place of what is there.
    pub(super) fn link(&self, path: &str, target: &str) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        remove(&path);
        symlink(self.fill(target), path).expect("a link");
        self
    }

    /// Puts a named pipe into the clone, in place of what is there.
    pub(super) fn pipe(&self, path: &str) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        remove(&path);
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
        self
    }

    /// Puts a file of 1 GB into the clone that takes no room on the disk.
    pub(super) fn sparse(&self, path: &str) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::File::create(path).and_then(|file| file.set_len(1 << 30)).expect("a hole");
        self
    }

    /// Removes a file, link or folder of the clone.
    pub(super) fn without(&self, path: &str) -> &Self {
        remove(&self.path(path));
        self
    }

    /// Makes the clone a git work tree with everything committed, and credentials in its configuration.
    pub(super) fn commit(&self) -> &Self {
        self.git("clone", "init -q -b main");
        self.git("clone", "add -Af");
        self.git("clone", "commit -q -m x");
        let header = format!("AUTHORIZATION: basic {}", secret("the credentials in .git/config"));
        self.git_config("http.https://github.com/.extraheader", &header)
    }

    /// Sets a key of `.git/config`.
    pub(super) fn git_config(&self, key: &str, value: &str) -> &Self {
        let done = self.git_command("clone").args(["config", key]).arg(self.fill(value)).status();
        assert!(done.expect("git runs").success(), "git config {key}");
        self
    }

    /// Runs git in a folder, with the user's configuration, and gives back what it printed.
    pub(super) fn git(&self, folder: &str, words: &str) -> String {
        let output = self.git_command(folder).args(words.split(' ')).output().expect("git runs");
        assert!(output.status.success(), "git {words}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn git_command(&self, folder: &str) -> Command {
        let folder = self.outside(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let mut command = Command::new("git");
        // The folders may belong to the user that commands run as.
        command
            .args(["-c", "safe.directory=*"])
            .current_dir(folder)
            .env("HOME", self.outside("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Gives everything to the user that commands run as, if that is another one.
    pub(super) fn hand_over(&self) {
        if let Some(user) = unprivileged() {
            give(self.root(), user);
        }
    }

    /// The environment of the user who runs watpl, who is never root: a case that finds a fault must not be able to
    /// change the machine that it runs on.
    pub(super) fn environment(&self, command: &mut Command) {
        if let Some(user) = unprivileged() {
            command.uid(user).gid(user);
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).env("NO_COLOR", "1").env("HOME", self.outside("home"));
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("TMPDIR", "tmp"),
        ] {
            command.env(name, self.outside(folder));
        }
        command.env("WATPL_TOKEN", TOKEN);
        // Whatever would leave this machine is a call to the canary.
        command.env("HTTPS_PROXY", &self.canary.base).env("HTTP_PROXY", &self.canary.base);
        if self.at_meta.load(Ordering::Relaxed) {
            command.env("WATPL_GRAPH_URL", &self.graph.base);
        }
        command.env("AWS_SECRET_ACCESS_KEY", secret("another variable of the environment"));
        command.env("GITHUB_TOKEN", secret("the token of another service"));
    }
}

/// The user that commands run as when the tests run as root.
fn unprivileged() -> Option<u32> {
    const NOBODY: u32 = 65534;
    Uid::effective().is_root().then_some(NOBODY)
}

fn give(path: &Path, user: u32) {
    // Links are given away themselves, never what they lead to.
    lchown(path, Some(user), Some(user)).expect("a file is given away");
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
        for entry in fs::read_dir(path).expect("a folder").flatten() {
            give(&entry.path(), user);
        }
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file is written");
}

fn remove(path: &Path) {
    // It may not be there.
    let _ = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        _ => fs::remove_file(path),
    };
}
