//! Files that commands write: links in their place lead nowhere.

use super::case::{ANY, Case, WORKS};
use super::world::World;

pub(super) fn cases() -> Vec<Case> {
    [beginning(), options(), pulled()].into_iter().flatten().collect()
}

fn beginning() -> Vec<Case> {
    vec![
        Case::new(
            "new-into-link",
            "`templates` links to another project, where a new template would be written",
            |world| {
                world.link("templates", "../other").commit();
            },
        )
        .run_all(&["new x", "new y --as watpl", "new z --from order_shipped"], ANY),
        Case::new(
            "new-onto-link",
            "The file of a new template is a link to a file that does not exist",
            |world| {
                world.link("templates/x.yaml", "../../home/.bash_login").commit();
            },
        )
        .run_all(&["new x", "new x --dir templates"], ANY),
        Case::new(
            "new-outside",
            "`templates:` names another project, where a new template would be written",
            |world| {
                world.file("watpl.yaml", "templates: [../other]\n").commit();
            },
        )
        .run("new x", ANY),
        Case::new(
            "init-onto-links",
            "The files of a new project are links to files that do not exist",
            |world| {
                world.without("templates").link("templates", "../home/work");
                world
                    .link("watpl.yaml", "../home/.bash_login")
                    .link(".gitignore", "../home/.bash_logout")
                    .commit();
            },
        )
        .run("init --yes", ANY),
        Case::new(
            "init-with-gitignore",
            "`.gitignore` links to `~/.bashrc`, and a new project would add to it",
            |world| {
                world.link(".gitignore", "../home/.bashrc").commit();
            },
        )
        .run("init --yes", ANY),
        Case::new("init-above", "A project of someone else is above the clone", |world| {
            world.outer("watpl.yaml", "templates: [other]\n").commit();
        })
        .run("init --yes", WORKS),
    ]
}

fn options() -> Vec<Case> {
    vec![
        Case::new(
            "out-is-a-link",
            "The folder of `compile --out` is a link to a folder of the user",
            |world| {
                world.link("out", "../home/work").commit();
            },
        )
        .run("compile --out out", ANY)
        .run("compile --out out/deeper", ANY),
        Case::new("out-has-links", "The folder of `compile --out` has links to files of the user", |world| {
            world
                .link("out/order.en_US.json", "../../home/.bashrc")
                .link("out/sub", "../../home/work")
                .commit();
        })
        .run("compile --out out", ANY)
        .run("compile --out out/sub", ANY),
        Case::new(
            "out-to-nothing",
            "The files of `compile --out` are links to files that do not exist",
            |world| {
                world
                    .link("out/order.en_US.json", "../../home/.bash_login")
                    .link("new", "../home/new")
                    .commit();
            },
        )
        .run("compile --out out", ANY)
        .run("compile --out new", ANY),
        Case::new("baseline-is-a-link", "The baseline links to `~/.bashrc`", |world| {
            world.link("known.json", "../home/.bashrc").link("new.json", "../home/.bash_login").commit();
        })
        .run("lint --baseline known.json", ANY)
        .run("lint --baseline known.json --update-baseline", ANY)
        .run("lint --baseline new.json --update-baseline", ANY),
        Case::new("plan-is-a-link", "The saved plan links to `~/.bashrc`", |world| {
            world.link("plan.json", "../home/.bashrc").link("new.json", "../home/.bash_login").commit();
        })
        .run("push plan.json --yes", ANY)
        .run("diff --out plan.json", ANY)
        .run("diff --out new.json", ANY),
        Case::new("converted-is-a-link", "The file of `convert --out` links to `~/.bashrc`", |world| {
            world.link("a.watpl", "../home/.bashrc").link("b.watpl", "../home/.bash_login").commit();
        })
        .run("convert templates/order.yaml --to watpl --out a.watpl --force", ANY)
        .run("convert templates/order.yaml --to watpl --out a.watpl", ANY)
        .run("convert templates/order.yaml --to watpl --out b.watpl", ANY),
        Case::new("manual-is-a-link", "The folder of `man --out` has a link to `~/.bashrc`", |world| {
            world.link("man/watpl.1", "../../home/.bashrc").link("man2", "../home/work").commit();
        })
        .run("man --out man", ANY)
        .run("man --out man2", ANY),
        Case::new(
            "state-is-a-link",
            "The folder of `sandbox --state` has links to files of the user",
            |world| {
                world.link("state/state.json", "../../home/.bashrc").link("linked", "../home/work");
                world
                    .link("new/journal.jsonl", "../../home/.bash_login")
                    .link("zero/state.json", "/dev/zero")
                    .commit();
            },
        )
        .run("sandbox --port 0 --state state", ANY)
        .run("sandbox --port 0 --state zero", ANY)
        .serve("sandbox --port 0 --state new", |_| Ok(()))
        .or_refused()
        .serve("sandbox --port 0 --state linked", |_| Ok(()))
        .or_refused(),
    ]
}

/// A server's listing with one template that no file has.
const LISTING: &str = r#"{"data":[{"id":"7","name":"three","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hello you there."}]}]}"#;
const AT_META: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n";

fn pulled() -> Vec<Case> {
    fn pull(name: &'static str, about: &'static str, build: impl Fn(&World) + Send + Sync + 'static) -> Case {
        Case::new(name, about, move |world| {
            world.graph.answers(LISTING, "{}");
            world.file("watpl.yaml", AT_META);
            build(world);
            world.commit();
        })
    }
    vec![
        pull(
            "pull-into-link",
            "`templates` links to another project, into which `pull` would write",
            |world| {
                world.link("templates", "../other");
            },
        )
        .run_all(&["pull --dry-run", "pull", "pull --as watpl"], ANY),
        pull(
            "pull-onto-link",
            "The file that `pull` would write is a link to a file that does not exist",
            |world| {
                world.link("templates/three.yaml", "../../home/.bash_login");
            },
        )
        .run("pull", ANY),
        pull("pull-outside", "`templates:` names another project, into which `pull` would write", |world| {
            world.file("watpl.yaml", format!("templates: [../other]\n{AT_META}"));
        })
        .run_all(&["pull --dry-run", "pull"], ANY),
        pull(
            "pull-into-named-link",
            "The folder of `pull --dir` is a link to a folder of the user",
            |world| {
                world.link("new", "../home/work");
            },
        )
        .run("pull --dir new", ANY),
        pull(
            "pull-with-lock-link",
            "`watpl.lock` links to `~/.bashrc`, and `pull` would replace it",
            |world| {
                world.link("watpl.lock", "../home/.bash_login");
            },
        )
        .run("pull", ANY),
    ]
}
