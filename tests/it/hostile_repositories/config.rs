//! `watpl.yaml` itself: links, devices, sizes, and where it is looked for.

use super::case::{ANY, Case, REFUSED, WORKS};
use super::world::GOOD;

/// Commands that read the configuration and need no account.
const OFFLINE: [&str; 5] = ["lint", "fmt --check", "compile", "new x", "lint --fix"];

/// Commands that write nothing: the only ones that are used with paths of the system.
const READING: [&str; 3] = ["lint", "fmt --check", "compile"];

pub(super) fn cases() -> Vec<Case> {
    [links(), others(), places()].into_iter().flatten().collect()
}

fn link(name: &'static str, about: &'static str, target: &'static str) -> Case {
    Case::new(name, about, move |world| {
        world.commit().link("watpl.yaml", target);
    })
    .run_all(if target.starts_with('/') { &READING } else { OFFLINE.as_slice() }, ANY)
    .run("diff", ANY)
}

fn links() -> Vec<Case> {
    vec![
        link("config-to-netrc", "`watpl.yaml` links to `~/.netrc`", "../home/.netrc"),
        link("config-to-environment", "`watpl.yaml` links to `/proc/self/environ`", "/proc/self/environ"),
        link("config-to-passwd", "`watpl.yaml` links to `/etc/passwd`", "/etc/passwd"),
        link("config-to-git", "`watpl.yaml` links to `.git/config`", ".git/config"),
        link("config-to-zeros", "`watpl.yaml` links to `/dev/zero`", "/dev/zero"),
    ]
}

fn others() -> Vec<Case> {
    vec![
        Case::new("config-is-a-pipe", "`watpl.yaml` is a pipe", |world| {
            world.commit().pipe("watpl.yaml");
        })
        .run_all(&OFFLINE, ANY)
        .run("diff", ANY),
        Case::new("config-is-a-hole", "`watpl.yaml` has 1 GB", |world| {
            world.commit().sparse("watpl.yaml");
        })
        .run_all(&OFFLINE, REFUSED)
        .run("diff", REFUSED),
        Case::new("config-is-a-folder", "`watpl.yaml` is a folder", |world| {
            world.folder("watpl.yaml").commit();
        })
        .run_all(&OFFLINE, ANY)
        .run("diff", ANY),
        Case::new("config-of-names", "Account names are paths, options, escapes and 300 letters", |world| {
            let long = "a".repeat(300);
            let names = ["../../home/x", "a/b", "--help", "a\\nb", "\\e[31mred", "##vso[task]x", "", "..", &long];
            let accounts: String = names.iter().map(|name| format!("  \"{name}\": {{ kind: sandbox }}\n")).collect();
            world.file("watpl.yaml", format!("accounts:\n{accounts}")).commit();
        })
        .run("lint", REFUSED)
        .run_words(&["push", "--account", "../../home/x"], REFUSED)
        .run_words(&["push", "--account", "a\nb"], REFUSED)
        .run_words(&["diff", "--account", "a/b"], REFUSED)
        .run_words(&["diff", "--account", &"a".repeat(300)], REFUSED)
        .run_words(&["breaking", "--against", "account:../../home/x"], REFUSED),
        Case::new("config-of-ids", "Ids and versions of an account lead to another path of the server", |world| {
            world.file(
                "watpl.yaml",
                "default_account: live\naccounts:\n  live: { waba_id: \"1/../../me?x=\", app_id: \"2#\", api_version: \"../v1\" }\n",
            );
            world.commit();
        })
        .run_all(&["lint", "diff", "push --yes", "doctor"], REFUSED)
        .check(|world| match world.graph.requests().first() {
            None => Ok(()),
            Some(request) => Err(format!("the server was called: {}", request.lines().next().unwrap_or_default())),
        }),
    ]
}

fn places() -> Vec<Case> {
    /// With this, every command would fail.
    const FOREIGN: &str = "templates: [other]\naccounts: { foreign: [] }\n";
    vec![
        Case::new(
            "config-above-work-tree",
            "A `watpl.yaml` above the work tree belongs to someone else",
            |world| {
                world.outer("watpl.yaml", FOREIGN).commit();
            },
        )
        .run("lint", WORKS)
        .never_says(&["foreign"])
        .run_all(&["compile", "fmt"], WORKS)
        .run("push", WORKS)
        .run("lint .", WORKS)
        .in_folder("clone/templates"),
        Case::new(
            "config-above-submodule",
            "The clone is a work tree whose `.git` is a file, and a `watpl.yaml` above it is someone else's",
            |world| {
                world.commit();
                world.outer("watpl.yaml", FOREIGN);
                std::fs::rename(world.path(".git"), world.outside("modules")).expect("moved");
                world.file(".git", "gitdir: ../modules\n");
            },
        )
        .run_all(&["lint", "push"], WORKS)
        .run("lint .", WORKS)
        .in_folder("clone/templates"),
        Case::new("config-in-git", "`.git` holds a `watpl.yaml` and templates", |world| {
            world
                .commit()
                .file(".git/watpl.yaml", "templates: [.]\n")
                .file(".git/order.yaml", "name:   order\n");
        })
        .run("lint", ANY)
        .in_folder("clone/.git")
        .run("fmt", ANY)
        .in_folder("clone/.git")
        .run("lint --fix", ANY)
        .in_folder("clone/.git")
        .run("push", ANY)
        .in_folder("clone/.git")
        .run("new x", ANY)
        .in_folder("clone/.git"),
        Case::new(
            "config-in-subfolder",
            "A folder of the clone is a project that names templates of the clone",
            |world| {
                world.file("sub/watpl.yaml", "templates: [../templates, ../../other]\n").commit();
            },
        )
        .run("lint", ANY)
        .in_folder("clone/sub")
        .run("lint --fix", ANY)
        .in_folder("clone/sub")
        .run("fmt", ANY)
        .in_folder("clone/sub"),
        Case::new("config-option", "The user names the `watpl.yaml` of the clone from elsewhere", |world| {
            world
                .file("watpl.yaml", "templates: [templates, ../other]\n")
                .file("templates/second.yaml", GOOD);
        })
        .run_words(&["--config", "../clone/watpl.yaml", "lint"], ANY)
        .in_folder("home")
        .run_words(&["--config", "../clone/watpl.yaml", "fmt"], ANY)
        .in_folder("home")
        .run_words(&["--config", "../clone/watpl.yaml", "push"], ANY)
        .in_folder("home"),
    ]
}
