//! Files that a project reads as templates or as media samples.

use super::case::{ANY, Case, REFUSED, WORKS};
use super::world::{GOOD, PNG, World};

/// Commands that only read. Paths of the system are used with these alone: a fault must not harm the machine.
const READING: [&str; 5] = ["lint", "lint --format json", "fmt --diff", "compile", "diff"];

/// Commands that read templates, and some that would write to them.
const ALL: [&str; 8] =
    ["lint", "lint --format json", "lint --fix", "fmt", "fmt --diff", "compile", "diff", "push"];

pub(super) fn cases() -> Vec<Case> {
    [configured(), walked(), ignored(), named(), media()].into_iter().flatten().collect()
}

/// A case in which `templates:` names this path.
fn names(name: &'static str, about: &'static str, path: &'static str) -> Case {
    Case::new(name, about, move |world| {
        world.file("watpl.yaml", format!("templates: [\"{path}\"]\n")).commit();
    })
    .run_all(if path.starts_with('/') { &READING } else { ALL.as_slice() }, REFUSED)
}

fn configured() -> Vec<Case> {
    vec![
        names("templates-passwd", "`templates:` names `/etc/passwd`", "/etc/passwd"),
        names("templates-environment", "`templates:` names `/proc/self/environ`", "/proc/self/environ"),
        names("templates-netrc", "`templates:` names `~/.netrc` by a relative path", "../home/.netrc"),
        names("templates-git-config", "`templates:` names `.git/config`", ".git/config"),
        names("templates-git-folder", "`templates:` names `.git`", ".git"),
        names("templates-home", "`templates:` names `~/.netrc` with a tilde", "~/.netrc"),
        names("templates-nul", "`templates:` has a NUL character", "../home/.netrc\\0.yaml"),
        names("templates-glob", "`templates:` has a pattern that leads out of the clone", "../*/order.yaml"),
        names("templates-device", "`templates:` names `/dev/zero`", "/dev/zero"),
        names("templates-drive", "`templates:` has a Windows path with a drive", "C:\\\\Windows\\\\win.ini"),
        names(
            "templates-share",
            "`templates:` has a Windows network share",
            "\\\\\\\\host\\\\share\\\\a.yaml",
        ),
        names("templates-other", "`templates:` names another project", "../other"),
        names(
            "templates-other-file",
            "`templates:` names a template of another project",
            "../other/order.yaml",
        ),
        names("templates-root", "`templates:` names the folder above the clone", ".."),
        Case::new("templates-other-tools", "`templates:` names files of other tools", |world| {
            world.file("package.json", "{\"name\":   \"x\", \"scripts\": {\"a\":   \"b\"}}\n");
            world.file("docker-compose.yml", "services:\n    web:   {image: x}\n");
            world.file(".github/workflows/x.yml", "on:   push\njobs:   {}\n");
            let list = "[package.json, docker-compose.yml, .github/workflows/x.yml]";
            world.file("watpl.yaml", format!("templates: {list}\n")).commit();
        })
        .run_all(&["lint --fix", "fmt", "lint --fix --unsafe"], REFUSED)
        .run("fmt package.json", REFUSED)
        .run("convert package.json --to yaml", REFUSED)
        .run("convert package.json --to watpl --out x.watpl", REFUSED)
        .check(unchanged),
        Case::new("templates-own-state", "`templates:` names `.watpl`", |world| {
            world.file("watpl.yaml", "templates: [.watpl]\n").file(".watpl/a.yaml", "name:   a\n");
        })
        .run_all(&["lint", "lint --fix", "fmt"], ANY)
        .run("push", ANY),
    ]
}

/// What git tracks is as it was committed.
fn unchanged(world: &World) -> Result<(), String> {
    let changed = world.git("clone", "--no-optional-locks diff --name-only");
    changed.is_empty().then_some(()).ok_or(format!("these files of the clone were changed: {changed}"))
}

/// A case in which a path of the clone is a link.
fn linked(name: &'static str, about: &'static str, path: &'static str, target: &'static str) -> Case {
    Case::new(name, about, move |world| {
        world.link(path, target).commit();
    })
    .run_all(if target.starts_with('/') { &READING } else { ALL.as_slice() }, ANY)
}

fn walked() -> Vec<Case> {
    vec![
        linked(
            "link-to-other",
            "A template links to a template of another project",
            "templates/a.yaml",
            "../../other/order.yaml",
        ),
        linked("link-to-netrc", "A template links to `~/.netrc`", "templates/a.yaml", "../../home/.netrc"),
        linked(
            "link-to-environment",
            "A template links to `/proc/self/environ`",
            "templates/a.yaml",
            "/proc/self/environ",
        ),
        linked("link-to-zeros", "A template links to `/dev/zero`", "templates/a.yaml", "/dev/zero"),
        linked(
            "link-to-git-config",
            "A template links to `.git/config`",
            "templates/a.yaml",
            "../.git/config",
        ),
        linked(
            "linked-folder",
            "A folder among the templates links to another project",
            "templates/a",
            "../../other",
        ),
        linked("linked-templates", "`templates` links to another project", "templates", "../other"),
        linked(
            "linked-to-root",
            "A folder among the templates links to the folder above the clone",
            "templates/a",
            "../..",
        ),
        linked(
            "linked-to-proc",
            "A folder among the templates links to `/proc/self`",
            "templates/a",
            "/proc/self",
        ),
        linked(
            "linked-circle",
            "A folder among the templates links to its parent folder",
            "templates/a",
            "..",
        ),
        Case::new(
            "linked-template-named",
            "`templates:` names a link to a template of another project",
            |world| {
                world.file("watpl.yaml", "templates: [a.yaml, sub/order.yaml]\n");
                world.link("a.yaml", "../other/order.yaml").link("sub", "../other").commit();
            },
        )
        .run_all(&ALL, REFUSED),
        Case::new("pipe-among-templates", "A template is a pipe", |world| {
            world.pipe("templates/a.yaml");
        })
        .run_all(&ALL, ANY),
        Case::new("hole-among-templates", "A template has 1 GB", |world| {
            world.sparse("templates/a.yaml");
        })
        .run_all(&ALL, REFUSED),
    ]
}

/// Files that say which files a walk leaves out are read as well.
fn ignored() -> Vec<Case> {
    fn ignore(
        name: &'static str,
        about: &'static str,
        build: impl Fn(&World) + Send + Sync + 'static,
    ) -> Case {
        Case::new(name, about, move |world| {
            world.commit();
            build(world);
        })
        .run_all(&["lint", "fmt --check", "push"], ANY)
    }
    vec![
        ignore("ignore-all", "`.gitignore` excludes every template", |world| {
            world.file(".gitignore", "*\n");
        }),
        ignore("ignore-to-zeros", "`.gitignore` links to `/dev/zero`", |world| {
            world.link("templates/.gitignore", "/dev/zero");
        }),
        ignore("ignore-to-netrc", "`.ignore` links to `~/.netrc`", |world| {
            world.link("templates/.ignore", "../../home/.netrc");
        }),
        ignore("ignore-pipe", "`.ignore` is a pipe", |world| {
            world.pipe("templates/.ignore");
        }),
        ignore("exclude-pipe", "`.git/info/exclude` is a pipe", |world| {
            world.pipe(".git/info/exclude");
        }),
        ignore("ignore-hole", "`.gitignore` has 1 GB", |world| {
            world.sparse("templates/.gitignore");
        }),
        ignore("ignore-patterns", "`.gitignore` has patterns that are long, nested and broken", |world| {
            let long = "*".repeat(200_000);
            world.file("templates/.gitignore", format!("{long}\n{}\n[\n\\\n", "{a,".repeat(20_000)));
        }),
    ]
}

fn named() -> Vec<Case> {
    fn link(world: &World) {
        world.link("a.yaml", "../other/order.yaml").commit();
    }
    vec![
        Case::new("named-link", "The user names a template that links to another project", link)
            .run("lint a.yaml", ANY)
            .shows_other()
            .run("fmt a.yaml", ANY)
            .run("lint --fix a.yaml", ANY)
            .shows_other()
            .run("lint --fix --unsafe a.yaml", ANY)
            .shows_other()
            .run("convert a.yaml --to yaml --out a.yaml --force", ANY)
            .shows_other(),
        Case::new("named-folder-link", "The user names a folder that links to another project", |world| {
            world.link("sub", "../other").commit();
        })
        .run("fmt sub", ANY)
        .run("lint --fix sub/order.yaml", ANY)
        .shows_other()
        .run("fmt sub/order.yaml", ANY),
        Case::new("named-pipes", "Files named on the command line are pipes without a writer", |world| {
            world.pipe("a.json").pipe("a.yaml").commit();
        })
        .run("push a.json", REFUSED)
        .seconds(60)
        .run("sandbox --port 0 --scenario a.yaml", REFUSED)
        .seconds(60)
        .run("lint a.yaml", ANY)
        .seconds(60)
        .run("lint --baseline a.json", ANY)
        .seconds(60),
        Case::new("named-devices", "Files named on the command line are links to `/dev/zero`", |world| {
            world.link("z.json", "/dev/zero").link("z.yaml", "/dev/zero").commit();
        })
        .run("push z.json", REFUSED)
        .run("sandbox --port 0 --scenario z.yaml", REFUSED)
        .run("lint z.yaml", REFUSED)
        .run("lint --baseline z.json", REFUSED)
        .run("convert z.yaml --to watpl", REFUSED),
    ]
}

fn media() -> Vec<Case> {
    fn sample(name: &'static str, about: &'static str, path: &'static str) -> Case {
        Case::new(name, about, move |world| {
            world.bytes("templates/real.png", PNG).link("templates/link.png", "../../other/secret.png");
            world.link("templates/zero.png", "/dev/zero").link("templates/folder", "../../other");
            world.pipe("templates/pipe.png").sparse("templates/hole.png");
            let header = format!("header: {{ image: \"{path}\" }}\nbody:");
            world.file("templates/order.yaml", GOOD.replace("body:", &header));
        })
        .run("lint", ANY)
        .run("push", REFUSED)
        .run("compile", ANY)
    }
    vec![
        sample("sample-outside", "A media sample is a file of another project", "../../other/secret.png"),
        sample("sample-link", "A media sample links to a file of another project", "link.png"),
        sample(
            "sample-linked-folder",
            "A media sample is in a folder that links to another project",
            "folder/secret.png",
        ),
        sample("sample-pipe", "A media sample is a pipe", "pipe.png"),
        sample("sample-device", "A media sample links to `/dev/zero`", "zero.png"),
        sample("sample-hole", "A media sample has 1 GB", "hole.png"),
        Case::new("sample-inside", "A media sample is in the same folder as its template", |world| {
            world.bytes("templates/real.png", PNG);
            world.file("templates/order.yaml", GOOD.replace("body:", "header: { image: real.png }\nbody:"));
        })
        .run("lint", WORKS)
        .run("push", WORKS),
    ]
}
