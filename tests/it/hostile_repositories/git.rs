//! What the configuration and the layout of a repository could make git run.

use std::fs;

use super::case::{ANY, Case, REFUSED};
use super::world::{GOOD, World};

/// Commands that call git.
const ALL: [&str; 7] = [
    "lint --changed-since HEAD",
    "breaking --against HEAD",
    "diff --changed-since HEAD",
    "push --changed-since HEAD",
    "status --changed-since HEAD",
    "pull --dry-run",
    "pull",
];

/// A program of the repository, as a value that git gives to a shell.
const PROGRAM: &str = "touch {root}/pwned; cat";

pub(super) fn cases() -> Vec<Case> {
    [configured(), layouts(), remotes()].into_iter().flatten().collect()
}

/// A committed clone with these keys in its configuration, and a template that was changed since.
fn keys(name: &'static str, about: &'static str, keys: &'static [(&'static str, &'static str)]) -> Case {
    Case::new(name, about, move |world| {
        world.file(".gitattributes", "* filter=x diff=x merge=x\n").file("templates/second.yaml", second());
        world.commit();
        for (key, value) in keys {
            world.git_config(key, value);
        }
        change(world);
    })
    .run_all(&ALL, ANY)
}

fn second() -> String {
    GOOD.replace("order\ncategory", "second\ncategory").replace("on its way", "near")
}

/// Changes one template, and the time of another, so that git has to look into both.
fn change(world: &World) {
    world.file("templates/order.yaml", GOOD.replace("on its way", "at the door"));
    world.file("templates/second.yaml", second());
}

fn configured() -> Vec<Case> {
    vec![
        keys("git-fsmonitor", "`core.fsmonitor` is a program", &[("core.fsmonitor", PROGRAM)]),
        keys(
            "git-hooks-path",
            "`core.hooksPath` leads to hooks of the clone",
            &[("core.hooksPath", "{root}/clone/hooks")],
        )
        .built(|world| {
            for hook in ["post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction"] {
                world.program(&format!("hooks/{hook}"));
            }
        }),
        Case::new("git-hooks", "`.git/hooks` has hooks, as in an unpacked archive", |world| {
            world.file("templates/second.yaml", second()).commit();
            for hook in ["post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction"]
            {
                world.program(&format!(".git/hooks/{hook}"));
            }
            change(world);
        })
        .run_all(&ALL, ANY),
        keys(
            "git-filters",
            "Filters are programs",
            &[("filter.x.clean", PROGRAM), ("filter.x.smudge", PROGRAM), ("filter.x.required", "true")],
        ),
        keys("git-filter-process", "A filter is a long-running process", &[("filter.x.process", PROGRAM)]),
        keys(
            "git-diff-programs",
            "Diff drivers are programs",
            &[
                ("diff.external", PROGRAM),
                ("diff.x.command", PROGRAM),
                ("diff.x.textconv", PROGRAM),
                ("diff.x.cachetextconv", "true"),
            ],
        ),
        keys(
            "git-pagers",
            "Pagers, editors and helpers are programs",
            &[
                ("core.pager", PROGRAM),
                ("pager.diff", PROGRAM),
                ("pager.show", PROGRAM),
                ("core.editor", PROGRAM),
                ("core.askPass", PROGRAM),
                ("credential.helper", "!touch {root}/pwned"),
                ("gpg.program", "{root}/clone/tool"),
                ("log.showSignature", "true"),
            ],
        ),
        keys(
            "git-files",
            "Files that git reads are files of the user",
            &[
                ("core.excludesFile", "{root}/home/.netrc"),
                ("core.attributesFile", "/proc/self/environ"),
                ("include.path", "{root}/home/.netrc"),
            ],
        ),
        keys(
            "git-worktree",
            "`core.worktree` leads to another project",
            &[("core.worktree", "{root}/other")],
        ),
    ]
}

fn layouts() -> Vec<Case> {
    /// Makes the other project a repository that runs a program.
    fn other(world: &World) {
        world.git("other", "init -q -b main");
        world.git("other", "add -A");
        world.git("other", "commit -q -m x");
        let program = world.fill("touch {root}/pwned; false");
        let config = world.outside("other/.git/config");
        let text = fs::read_to_string(&config).expect("a configuration");
        let text = text.replace("[core]", &format!("[core]\n\tfsmonitor = \"{program}\""));
        fs::write(config, text).expect("written");
    }
    vec![
        Case::new(
            "git-bare-subfolder",
            "A folder of the clone is a bare repository with a program",
            |world| {
                world.file("watpl.yaml", "templates: [templates]\n").commit();
                world
                    .git_config("core.fsmonitor", "touch {root}/pwned; false")
                    .git_config("core.worktree", ".");
                for name in ["HEAD", "config", "objects", "refs", "index"] {
                    copy(world, &format!(".git/{name}"), &format!("sub/{name}"));
                }
                copy(world, "templates", "sub/templates");
                copy(world, "watpl.yaml", "sub/watpl.yaml");
                world.without(".git").commit();
            },
        )
        .run("lint --changed-since HEAD", ANY)
        .in_folder("clone/sub")
        .run("breaking --against HEAD", ANY)
        .in_folder("clone/sub")
        .run("pull", ANY)
        .in_folder("clone/sub"),
        Case::new("git-file-outside", "`.git` is a file that names another project's repository", |world| {
            other(world);
            world.file(".git", "gitdir: ../other/.git\n");
        })
        .run_all(&ALL, ANY)
        .run("lint --fix", ANY),
        Case::new("git-file-inside", "`.git` is a file that names a folder of the clone", |world| {
            world.commit().git_config("core.fsmonitor", "touch {root}/pwned; false");
            fs::rename(world.path(".git"), world.path("objects")).expect("moved");
            world.file(".git", "gitdir: objects\n");
        })
        .run_all(&ALL, ANY),
        Case::new("git-link-outside", "`.git` links to another project's repository", |world| {
            other(world);
            world.link(".git", "../other/.git");
        })
        .run_all(&ALL, ANY),
        Case::new("git-pipe", "`.git` is a pipe", |world| {
            world.pipe(".git");
        })
        .run_all(&["lint", "fmt", "push", "compile"], ANY),
        Case::new("git-file-to-zeros", "`.git` links to `/dev/zero`", |world| {
            world.link(".git", "/dev/zero");
        })
        .run_all(&["lint", "fmt", "push", "compile"], ANY),
        Case::new("git-submodule", "A submodule's configuration has a program", |world| {
            world.folder("sub").file("sub/a", "x");
            world.git("clone/sub", "init -q -b main");
            world.git("clone/sub", "add -A");
            world.git("clone/sub", "commit -q -m x");
            world.commit();
            world.git("clone/sub", &format!("config core.fsmonitor {}/pwn", world.root().display()));
            world.outer("pwn", "#!/bin/sh\ntouch \"${0%/*}/pwned\"\n");
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            fs::set_permissions(world.outside("pwn"), mode).expect("a mode");
            world.file("sub/a", "y");
            change(world);
        })
        .run_all(&ALL, ANY),
    ]
}

fn copy(world: &World, from: &str, to: &str) {
    fs::create_dir_all(world.path(to).parent().expect("a folder")).expect("a folder");
    let mut command = std::process::Command::new("cp");
    let done = command.arg("-r").arg(world.path(from)).arg(world.path(to)).status();
    assert!(done.expect("cp runs").success());
}

fn remotes() -> Vec<Case> {
    /// A partial clone that lacks the committed template, and would fetch it by a program.
    fn partial(
        name: &'static str,
        about: &'static str,
        keys: &'static [(&'static str, &'static str)],
    ) -> Case {
        Case::new(name, about, move |world| {
            world.commit();
            let blob = world.git("clone", "rev-parse HEAD:templates/order.yaml");
            world.without(&format!(".git/objects/{}/{}", &blob[..2], &blob[2..]));
            for (key, value) in [
                ("core.repositoryFormatVersion", "1"),
                ("extensions.partialClone", "origin"),
                ("remote.origin.promisor", "true"),
                ("remote.origin.partialCloneFilter", "blob:none"),
            ] {
                world.git_config(key, value);
            }
            for (key, value) in keys {
                world.git_config(key, value);
            }
            change(world);
        })
        .run("breaking --against HEAD", REFUSED)
        .says(&["HEAD"])
        .run("lint --changed-since HEAD", ANY)
        .run("push --changed-since HEAD", ANY)
    }
    vec![
        partial(
            "git-lazy-ssh",
            "Missing objects would be fetched by a program for SSH",
            &[
                ("remote.origin.url", "ssh://host.example/x"),
                ("core.sshCommand", "touch {root}/pwned; false"),
            ],
        ),
        partial(
            "git-lazy-external",
            "Missing objects would be fetched by a command in the remote's URL",
            &[("remote.origin.url", "ext::touch {root}/pwned"), ("protocol.ext.allow", "always")],
        ),
        partial(
            "git-lazy-local",
            "Missing objects would be fetched by a program for uploads",
            &[
                ("remote.origin.url", "{root}/other"),
                ("remote.origin.uploadpack", "touch {root}/pwned; false"),
            ],
        ),
        partial(
            "git-lazy-http",
            "Missing objects would be fetched from this machine",
            &[("remote.origin.url", "{canary}/x")],
        ),
    ]
}
