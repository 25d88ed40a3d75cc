//! Links, pipes and devices in place of what watpl keeps: `.watpl/` and all in it, and `watpl.lock`.

use super::case::{ANY, Case, REFUSED, WORKS};
use super::world::World;

/// Commands that open `.watpl` for the embedded sandbox.
const SANDBOX: [&str; 5] = ["diff", "status", "audit", "pull --dry-run", "push"];

/// An account that is at Meta, whose state is in `watpl.lock` and `.watpl/live.steps.jsonl`.
const AT_META: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n";

pub(super) fn cases() -> Vec<Case> {
    [files_in_the_folder(), the_folder_itself(), the_lock()].into_iter().flatten().collect()
}

/// A case in which one path of the clone is a link, with the given commands.
fn linked(name: &'static str, about: &'static str, path: &'static str, target: &'static str) -> Case {
    Case::new(name, about, move |world| {
        world.link(path, target).commit();
    })
}

/// Names, what they contain, and links in `.watpl` with their targets.
const LINKS: [(&str, &str, &str, &str); 14] = [
    (
        "journal-of-sandbox-account",
        "`.watpl/journal.jsonl` links to `~/.bashrc`",
        ".watpl/journal.jsonl",
        "../../home/.bashrc",
    ),
    (
        "writer-to-authorized-keys",
        "`.watpl/sandbox.writer` links to `~/.ssh/authorized_keys`",
        ".watpl/sandbox.writer",
        "../../home/.ssh/authorized_keys",
    ),
    (
        "sandbox-lock-to-netrc",
        "`.watpl/sandbox.lock` links to `~/.netrc`",
        ".watpl/sandbox.lock",
        "../../home/.netrc",
    ),
    ("turn-to-bashrc", "`.watpl/lock.turn` links to `~/.bashrc`", ".watpl/lock.turn", "../../home/.bashrc"),
    (
        "turn-to-nothing",
        "`.watpl/lock.turn` links to a file that does not exist",
        ".watpl/lock.turn",
        "../../home/.bash_login",
    ),
    (
        "steps-to-bashrc",
        "`.watpl/sandbox.steps.jsonl` links to `~/.bashrc`",
        ".watpl/sandbox.steps.jsonl",
        "../../home/.bashrc",
    ),
    (
        "steps-to-nothing",
        "`.watpl/sandbox.steps.jsonl` links to a file that does not exist",
        ".watpl/sandbox.steps.jsonl",
        "../../home/.bash_login",
    ),
    (
        "gitignore-to-nothing",
        "`.watpl/.gitignore` links to a file that does not exist",
        ".watpl/.gitignore",
        "../../home/.bash_login",
    ),
    (
        "sandbox-state-to-netrc",
        "`.watpl/sandbox/state.json` links to `~/.netrc`",
        ".watpl/sandbox/state.json",
        "../../../home/.netrc",
    ),
    (
        "sandbox-journal-to-bashrc",
        "`.watpl/sandbox/journal.jsonl` links to `~/.bashrc`",
        ".watpl/sandbox/journal.jsonl",
        "../../../home/.bashrc",
    ),
    (
        "sandbox-journal-to-nothing",
        "`.watpl/sandbox/journal.jsonl` links to a file that does not exist",
        ".watpl/sandbox/journal.jsonl",
        "../../../home/.bash_login",
    ),
    (
        "sandbox-folder-to-home",
        "`.watpl/sandbox` links to a folder of the user",
        ".watpl/sandbox",
        "../../home/work",
    ),
    (
        "sandbox-state-to-zeros",
        "`.watpl/sandbox/state.json` links to `/dev/zero`",
        ".watpl/sandbox/state.json",
        "/dev/zero",
    ),
    (
        "steps-to-zeros",
        "`.watpl/sandbox.steps.jsonl` links to `/dev/zero`",
        ".watpl/sandbox.steps.jsonl",
        "/dev/zero",
    ),
];

fn files_in_the_folder() -> Vec<Case> {
    let links = LINKS.iter().map(|(name, about, path, target)| linked(name, about, path, target));
    let links = links.map(|case| case.run_all(&SANDBOX, ANY));
    let others = vec![
        Case::new(
            "journal-to-bashrc",
            "`.watpl/journal.jsonl` links to `~/.bashrc`, and an account's name is a shell command",
            |world| {
                let name = "\"$(touch {root}/pwned)\"";
                world.file(
                    "watpl.yaml",
                    format!("default_account: '{name}'\naccounts:\n  '{name}': {{ kind: sandbox }}\n"),
                );
                world.link(".watpl/journal.jsonl", "../../home/.bashrc").commit();
            },
        )
        .run_all(&SANDBOX, REFUSED),
        Case::new("pipes-in-state", "An unpacked archive has pipes in `.watpl`", |world| {
            for name in ["sandbox/state.json", "sandbox/journal.jsonl", "sandbox.steps.jsonl", "lock.turn"] {
                world.pipe(&format!(".watpl/{name}"));
            }
            for name in ["sandbox.lock", "sandbox.writer", "journal.jsonl", ".gitignore"] {
                world.pipe(&format!(".watpl/{name}"));
            }
        })
        .run_all(&SANDBOX, REFUSED),
        Case::new("holes-in-state", "An unpacked archive has files of 1 GB in `.watpl`", |world| {
            world.sparse(".watpl/sandbox/state.json").sparse(".watpl/sandbox.steps.jsonl");
        })
        .run_all(&SANDBOX, REFUSED),
        Case::new("folders-in-state", "`.watpl` has folders where files should be", |world| {
            world
                .folder(".watpl/sandbox/state.json")
                .folder(".watpl/journal.jsonl")
                .folder(".watpl/lock.turn");
        })
        .run_all(&SANDBOX, ANY),
        Case::new(
            "state-of-meta-account",
            "The files of an account at Meta are links to files of the user",
            |world| {
                world.file("watpl.yaml", AT_META).link(".watpl/live.steps.jsonl", "../../home/.bashrc");
                world
                    .link(".watpl/journal.jsonl", "../../home/.netrc")
                    .link(".watpl/lock.turn", "../../home/.bash_login");
                world.link(".watpl/100000000000000.writer", "../../home/.ssh/authorized_keys").commit();
            },
        )
        .run_all(&["diff", "status", "pull", "push --yes", "sync --yes"], ANY),
    ];
    links.chain(others).collect()
}

fn the_folder_itself() -> Vec<Case> {
    let linked = |name, about, target| linked(name, about, ".watpl", target).run_all(&SANDBOX, REFUSED);
    vec![
        linked("folder-to-home", "`.watpl` links to a folder of the user", "../home/work").says(&[".watpl"]),
        linked("folder-to-nothing", "`.watpl` links to a folder that does not exist", "../home/new")
            .says(&[".watpl"]),
        linked("folder-to-templates", "`.watpl` links to another folder of the clone", "templates")
            .says(&[".watpl"]),
        Case::new("folder-is-a-file", "`.watpl` is a file", |world| {
            world.file(".watpl", "x").commit();
        })
        .run_all(&SANDBOX, REFUSED)
        .says(&[".watpl"]),
        Case::new("folder-is-a-pipe", "`.watpl` is a pipe", |world| {
            world.pipe(".watpl");
        })
        .run_all(&SANDBOX, REFUSED)
        .says(&[".watpl"]),
        Case::new("folder-is-tracked", "Files in `.watpl` are committed", |world| {
            world.file(".watpl/journal.jsonl", "{}\n").commit();
        })
        .run_all(&SANDBOX, REFUSED)
        .says(&[".watpl"]),
        Case::new(
            "folder-in-other-letters",
            "`.WATPL` is committed, for file systems that ignore case",
            |world| {
                world.link(".WATPL/journal.jsonl", "../../home/.bashrc").commit();
            },
        )
        .run_all(&SANDBOX, ANY),
    ]
}

fn the_lock() -> Vec<Case> {
    fn lock(name: &'static str, about: &'static str, build: impl Fn(&World) + Send + Sync + 'static) -> Case {
        Case::new(name, about, move |world| {
            world.file("watpl.yaml", AT_META);
            build(world);
        })
        .run("lint", WORKS)
        .run("diff", REFUSED)
        .run("status", ANY)
    }
    /// The same, with a command that would write to it.
    fn pushed(
        name: &'static str,
        about: &'static str,
        build: impl Fn(&World) + Send + Sync + 'static,
    ) -> Case {
        lock(name, about, build).run("push --yes", REFUSED)
    }
    // A link to the system's own files is only read through: a fault must not harm the machine.
    let link = |name, about, target: &'static str| {
        let case = lock(name, about, move |world| {
            world.link("watpl.lock", target).commit();
        });
        if target.starts_with('/') { case } else { case.run("push --yes", REFUSED) }
    };
    vec![
        link("lock-to-netrc", "`watpl.lock` links to `~/.netrc`", "../home/.netrc"),
        link("lock-to-passwd", "`watpl.lock` links to `/etc/passwd`", "/etc/passwd"),
        link("lock-to-environment", "`watpl.lock` links to `/proc/self/environ`", "/proc/self/environ"),
        link("lock-to-zeros", "`watpl.lock` links to `/dev/zero`", "/dev/zero"),
        link("lock-to-random", "`watpl.lock` links to `/dev/urandom`", "/dev/urandom"),
        link("lock-to-full", "`watpl.lock` links to `/dev/full`", "/dev/full"),
        link("lock-to-stdin", "`watpl.lock` links to `/dev/stdin`, which stays open", "/dev/stdin")
            .open_stdin(),
        pushed("lock-is-a-pipe", "`watpl.lock` is a pipe", |world| {
            world.pipe("watpl.lock");
        }),
        pushed("lock-is-a-folder", "`watpl.lock` is a folder", |world| {
            world.folder("watpl.lock");
        }),
        pushed("lock-is-a-hole", "`watpl.lock` has 1 GB", |world| {
            world.sparse("watpl.lock");
        }),
        Case::new("lock-to-nothing", "`watpl.lock` links to a file that does not exist", |world| {
            world.file("watpl.yaml", AT_META).link("watpl.lock", "../home/.bash_login").commit();
        })
        .run_all(&["diff", "status", "push --yes", "sync --yes"], ANY),
    ]
}
