//! Programs, secrets and addresses that a repository names: none is used unless the user has approved it.

use super::case::{ANY, Case, REFUSED, WORKS};
use super::world::World;

/// Commands that need no account.
const OFFLINE: [&str; 10] = [
    "lint",
    "lint --fix",
    "fmt --check",
    "compile",
    "compile --manifest",
    "convert templates/order.yaml --to watpl",
    "new x",
    "lint --changed-since HEAD",
    "breaking --against HEAD",
    "schema",
];

/// Commands that need a token.
const ONLINE: [&str; 10] = [
    "diff",
    "status",
    "doctor",
    "pull",
    "pull --dry-run",
    "audit",
    "wait --timeout 1s",
    "push --yes",
    "sync --yes",
    "sync --prune --yes",
];

pub(super) fn cases() -> Vec<Case> {
    [commands(), files(), variables(), revisions()].into_iter().flatten().collect()
}

/// A project whose account has this source of its token.
fn with_token(world: &World, source: &str) {
    let account = format!("  live: {{ waba_id: \"100000000000000\", app_id: \"2\", token: {source} }}\n");
    world.file("watpl.yaml", format!("default_account: live\naccounts:\n{account}")).commit();
}

/// No call reached the server.
fn nothing_sent(world: &World) -> Result<(), String> {
    let requests = world.graph.requests();
    requests.is_empty().then_some(()).ok_or(format!("the server was called {} times", requests.len()))
}

fn source(name: &'static str, about: &'static str, source: &'static str) -> Case {
    Case::new(name, about, move |world| with_token(world, source))
        .run_all(&OFFLINE, WORKS)
        .check(nothing_sent)
}

/// Every command that needs the token refuses, and names the way to approve it.
fn refused(mut case: Case) -> Case {
    for command in ONLINE {
        case = case.run(command, REFUSED).says(&["watpl trust"]);
    }
    case
}

fn commands() -> Vec<Case> {
    const RUNS: &str = "{ command: [sh, -c, \"touch {root}/pwned; echo token-of-the-repository\"] }";
    vec![
        refused(source("token-command", "An account's token comes from a command", RUNS)),
        refused(Case::new(
            "token-program",
            "An account's token comes from a program of the clone",
            |world| {
                world.file("tool", "#!/bin/sh\ntouch \"$0\".pwned ../pwned; echo token\n");
                let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
                std::fs::set_permissions(world.path("tool"), mode).expect("a mode");
                with_token(world, "{ command: [./tool] }");
            },
        ))
        .check(nothing_sent),
        Case::new(
            "token-command-wrong-hash",
            "An approval in the environment is for something else",
            |world| {
                with_token(world, RUNS);
            },
        )
        .run("diff", REFUSED)
        .env("WATPL_TRUST", &"0".repeat(64))
        .run("push --yes", REFUSED)
        .env("WATPL_TRUST", "*")
        .run("push --yes", REFUSED)
        .env("WATPL_TRUST", "1")
        .check(nothing_sent),
        Case::new(
            "trust-in-clone",
            "The clone has a folder of user configuration that approves everything",
            |world| {
                world.file(".config/watpl/trust", "*\n").file(".config/watpl/trust.json", "{\"*\":true}\n");
                world.file(".env", "WATPL_TRUST=*\nXDG_CONFIG_HOME=.config\n");
                with_token(world, RUNS);
            },
        )
        .run_all(&["diff", "push --yes"], REFUSED)
        .check(nothing_sent),
        Case::new(
            "token-command-all-accounts",
            "Two accounts have commands, and a third has none",
            |world| {
                let account =
                    |name: &str, id: u8, token: &str| format!("  {name}: {{ waba_id: \"{id}\"{token} }}\n");
                let accounts = account("a", 1, &format!(", token: {RUNS}"))
                    + &account("b", 2, &format!(", token: {RUNS}"))
                    + &account("c", 3, "");
                world.file("watpl.yaml", format!("default_account: c\naccounts:\n{accounts}")).commit();
            },
        )
        .run_all(&["diff --all-accounts", "push --yes --all-accounts"], REFUSED)
        .run("status --account a", REFUSED),
    ]
}

fn files() -> Vec<Case> {
    vec![
        refused(source(
            "token-netrc",
            "An account's token comes from `~/.netrc`",
            "{ file: ../home/.netrc }",
        )),
        refused(source(
            "token-environment-file",
            "An account's token comes from `/proc/self/environ`",
            "{ file: /proc/self/environ }",
        )),
        refused(source(
            "token-ssh-key",
            "An account's token comes from a key",
            "{ file: \"{root}/home/.ssh/id_ed25519\" }",
        )),
        refused(
            Case::new("token-pipe", "An account's token comes from a pipe", |world| {
                with_token(world, "{ file: pipe }");
                world.pipe("pipe");
            })
            .check(nothing_sent),
        ),
        refused(
            Case::new("token-device", "An account's token comes from a link to `/dev/zero`", |world| {
                world.link("zero", "/dev/zero");
                with_token(world, "{ file: zero }");
            })
            .check(nothing_sent),
        ),
    ]
}

fn variables() -> Vec<Case> {
    vec![
        refused(source("token-home", "An account's token is `$HOME`", "{ env: HOME }")),
        refused(source("token-aws", "An account's token is a cloud secret", "{ env: AWS_SECRET_ACCESS_KEY }")),
        refused(source("token-github", "An account's token is GitHub's", "{ env: GITHUB_TOKEN }")),
        Case::new("constants-of-environment", "Texts and settings name variables of the environment", |world| {
            world.file("watpl.yaml", "constants: { a: \"${GITHUB_TOKEN}\", b: \"$AWS_SECRET_ACCESS_KEY\" }\n");
            let body = "Hello, ${a} ${b} ${GITHUB_TOKEN} $HOME ${env:HOME} {{GITHUB_TOKEN}} is on its way to you.";
            world.file("templates/a.yaml", format!("name: a\ncategory: utility\nlanguage: en_US\nbody: \"{body}\"\n"));
        })
        .run_all(&["lint", "compile", "push", "diff"], ANY),
        Case::new("server-in-config", "`watpl.yaml` names other servers, proxies and hooks", |world| {
            let keys = ["api_base", "graph_url", "proxy", "webhook", "hooks", "url"];
            let keys: String = keys.iter().map(|key| format!("{key}: \"{canary}/x\"\n", canary = "{canary}")).collect();
            let account = "  live: { waba_id: \"1\", graph_url: \"{canary}\", webhook: \"{canary}\" }\n";
            world.file("watpl.yaml", format!("{keys}default_account: live\naccounts:\n{account}"));
            world.file(".env", "WATPL_GRAPH_URL={canary}\nHTTPS_PROXY={canary}\n").commit();
        })
        .run("lint", REFUSED)
        .run_all(&["diff", "push --yes", "doctor"], REFUSED),
        Case::new("addresses-in-templates", "Templates have URLs of a service on this machine", |world| {
            let text = "name: a\ncategory: marketing\nlanguage: en_US\nheader: { image: \"{canary}/a.png\" }\n\
                body: \"Hello, see {canary}/b for more of it.\"\n\
                buttons: [{ type: url, text: Go, url: \"{canary}/c\" }]\n";
            world.file("templates/a.yaml", text).commit();
        })
        .run_all(&["lint", "lint --fix", "compile", "push", "diff", "status", "audit"], ANY),
    ]
}

fn revisions() -> Vec<Case> {
    /// An account of this name whose token comes from a program.
    fn account(world: &World, name: &str) {
        let token = "{ command: [sh, -c, \"touch {root}/pwned; echo t\"] }";
        let account = format!("  \"{name}\": {{ waba_id: \"1\", token: {token} }}\n");
        world.file("watpl.yaml", format!("accounts:\n{account}")).commit();
    }
    vec![
        Case::new(
            "account-called-origin-main",
            "An account has the name of the base branch of a pull request",
            |world| {
                account(world, "origin/main");
                world.git("clone", "update-ref refs/remotes/origin/main HEAD");
            },
        )
        .run("breaking --against origin/main", ANY)
        .run("breaking --against origin/main --format github", ANY)
        .check(nothing_sent),
        Case::new("account-called-head", "An account is called `HEAD`", |world| account(world, "HEAD"))
            .run("breaking --against HEAD", ANY)
            .check(nothing_sent),
        Case::new(
            "account-called-like-missing",
            "An account has the name of a revision that does not exist",
            |world| {
                account(world, "release-1");
            },
        )
        .run("breaking --against release-1", REFUSED)
        .run("breaking --against account:release-1", REFUSED)
        .says(&["watpl trust"])
        .check(nothing_sent),
        Case::new("revision-is-an-option", "Names of revisions are options of git", |world| {
            world.commit();
        })
        .run("breaking --against=--output=../home/new", REFUSED)
        .run("lint --changed-since=--output=../home/new", REFUSED)
        .run("diff --changed-since=--ext-diff", REFUSED)
        .run("breaking --against=--upload-pack=x", REFUSED),
    ]
}
