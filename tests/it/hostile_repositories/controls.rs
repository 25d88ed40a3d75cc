//! Repositories that mean no harm: what the other cases refuse must work here.

use std::fs;
use std::os::unix::fs::symlink;

use super::case::{Case, WORKS};
use super::world::{GOOD, TOKEN, World};

const AT_META: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n";

pub(super) fn cases() -> Vec<Case> {
    [projects(), inputs(), tokens()].into_iter().flatten().collect()
}

/// The sandbox has what was pushed.
fn pushed(world: &World) -> Result<(), String> {
    let state = fs::read_to_string(world.path(".watpl/sandbox/journal.jsonl")).unwrap_or_default();
    state.contains("\"order\"").then_some(()).ok_or("nothing was pushed".to_owned())
}

fn projects() -> Vec<Case> {
    /// What people do all day.
    fn works(case: Case, folder: &'static str) -> Case {
        ["lint", "fmt --check", "compile", "diff", "push", "push", "status", "audit"]
            .iter()
            .fold(case, |case, command| case.run(command, WORKS).in_folder(folder))
    }
    vec![
        works(Case::new("honest-folder", "A project without git", |_| {}), "clone").check(pushed),
        works(
            Case::new("honest-work-tree", "A project in a git work tree", |world| {
                world
                    .file("watpl.yaml", "templates: [templates]\n")
                    .file(".gitignore", "/.watpl/\n")
                    .commit();
            }),
            "clone",
        )
        .run_all(
            &["lint --changed-since HEAD", "breaking --against HEAD", "new x", "compile --out out"],
            WORKS,
        )
        .check(pushed),
        works(
            Case::new("honest-link-to-work-tree", "A work tree that is entered through a link", |world| {
                world.file("watpl.yaml", "templates: [templates]\n").commit();
                symlink(world.path(""), world.outside("link")).expect("a link");
            }),
            "link",
        )
        .check(pushed),
        Case::new(
            "honest-linked-work-tree",
            "A second work tree of a repository, whose `.git` is a file",
            |world| {
                world.file("watpl.yaml", "templates: [templates]\n").commit();
                world.git("clone", "worktree add -q ../second");
            },
        )
        .run("lint --changed-since HEAD", WORKS)
        .in_folder("second")
        .run("breaking --against HEAD", WORKS)
        .in_folder("second")
        .run("lint", WORKS)
        .in_folder("second/templates"),
        Case::new(
            "honest-monorepo",
            "A project in a folder of a work tree, with templates next to it",
            |world| {
                world.file("app/watpl.yaml", "templates: [../templates, more]\n");
                world.file(
                    "app/more/second.yaml",
                    GOOD.replace("order\ncategory", "second\ncategory").replace("way", "path"),
                );
                world.commit();
            },
        )
        .run("lint", WORKS)
        .in_folder("clone/app")
        .says(&["2 templates"])
        .run("push", WORKS)
        .in_folder("clone/app")
        .run("fmt", WORKS)
        .in_folder("clone/app"),
    ]
}

fn inputs() -> Vec<Case> {
    vec![
        Case::new("honest-path-elsewhere", "The user names a template that is elsewhere", |world| {
            world.commit();
        })
        .run("lint {root}/other/order.yaml", &[1])
        .says(&["malformed-placeholder"])
        .shows_other()
        .run("convert {root}/other/order.yaml --to watpl --out converted.watpl", &[0, 1])
        .shows_other(),
        Case::new(
            "honest-links-of-build-tools",
            "The user names links, as build tools create them",
            |world| {
                let text = GOOD.replace("order\ncategory", "third\ncategory");
                world
                    .outer("store/third.yaml", &text)
                    .link("in/third.yaml", "../../store/third.yaml")
                    .commit();
            },
        )
        .run("lint in/third.yaml", WORKS)
        .says(&["1 template"])
        .run("compile in/third.yaml", WORKS)
        .says(&["third"]),
        Case::new("honest-output-elsewhere", "The user names a folder for the output", |world| {
            world.commit();
        })
        .run("compile --out made", WORKS)
        .run("diff --out plan.json", WORKS)
        .run("push plan.json --yes", WORKS)
        .check(pushed),
    ]
}

fn tokens() -> Vec<Case> {
    /// The server was called with the token of the environment.
    fn arrived(world: &World) -> Result<(), String> {
        let bearer = format!("Bearer {TOKEN}");
        let arrived = world.graph.requests().iter().any(|request| request.contains(&bearer));
        arrived.then_some(()).ok_or("the server was not called with the token".to_owned())
    }
    vec![
        Case::new("honest-token", "An account without a token source uses `WATPL_TOKEN`", |world| {
            world.file("watpl.yaml", AT_META).commit();
        })
        .run_all(&["diff", "status"], WORKS)
        .check(arrived),
        Case::new(
            "honest-token-variable",
            "An account's token is `WATPL_TOKEN`, which needs no approval",
            |world| {
                let account = "  live: { waba_id: \"100000000000000\", token: { env: WATPL_TOKEN } }\n";
                world.file("watpl.yaml", format!("default_account: live\naccounts:\n{account}")).commit();
            },
        )
        .run_all(&["diff", "status"], WORKS)
        .check(arrived),
        Case::new("honest-token-file", "The user's environment names a file with the token", |world| {
            world.file("watpl.yaml", AT_META).commit();
            world.outer("run/secrets/token", TOKEN);
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            fs::set_permissions(world.outside("run/secrets/token"), mode).expect("a mode");
        })
        .run("diff", WORKS)
        .env("WATPL_TOKEN", "")
        .env("WATPL_TOKEN_FILE", "{root}/run/secrets/token")
        .check(arrived),
    ]
}
