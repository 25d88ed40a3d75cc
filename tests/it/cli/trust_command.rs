//! `watpl trust`: a token source that a project names is neither run nor read until its user approved it.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Project, Run, SECRET, Served};

/// A configuration whose account `live` has a token source.
fn config(token: &str) -> String {
    format!("default_account: live\naccounts:\n  live: {{ waba_id: \"100000000000000\", token: {token} }}\n")
}

fn project(token: &str) -> Project {
    Project::new().with("watpl.yaml", config(token))
}

/// A script that leaves a mark next to itself, and prints the token.
fn script(mark: &str) -> String {
    format!("#!/bin/sh\necho {mark} >> \"$(dirname \"$0\")/ran\"\necho {SECRET}\n")
}

fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode");
}

fn with_script(token: &str) -> Project {
    let project = project(token).with("scripts/token.sh", script("one"));
    executable(&project.path("scripts/token.sh"));
    project
}

/// Every command that needs the token.
const ONLINE: [&str; 10] = [
    "diff",
    "push --yes",
    "sync --yes",
    "pull --dry-run",
    "status",
    "audit",
    "doctor",
    "wait --timeout 1s",
    "breaking --against account:live",
    "push --all-accounts --yes",
];

fn at(sandbox: &Served, project: &Project, arguments: &str) -> Run {
    Run::of(project.command(arguments).env("WATPL_GRAPH_URL", &sandbox.base).env("PATH", super::git::PATH))
}

fn hash(project: &Project) -> String {
    let run = project.run("trust --print");
    run.assert(0, &[]);
    let hash = run.out.trim().to_owned();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", run.shown());
    hash
}

#[test]
fn i11_a_source_is_neither_run_nor_read_before_it_is_approved() {
    let sandbox = Served::start(&["--token", SECRET]);
    for (token, words) in [
        ("{ command: [./scripts/token.sh] }", "the program `./scripts/token.sh`"),
        ("{ command: [sh, scripts/token.sh] }", "the program `sh scripts/token.sh`"),
        ("{ file: scripts/token }", "the file `scripts/token`"),
        ("{ env: MY_CREDENTIAL }", "the environment variable `MY_CREDENTIAL`"),
    ] {
        let project = with_script(token).with("scripts/token", SECRET);
        let run = |arguments: &str| {
            let mut command = project.command(arguments);
            command.env("WATPL_GRAPH_URL", &sandbox.base).env("PATH", super::git::PATH);
            Run::of(command.env("MY_CREDENTIAL", SECRET))
        };
        let before = sandbox.arrived();
        for arguments in ONLINE {
            run(arguments).assert(2, &["`live` is not approved", words, "watpl trust", "WATPL_TRUST"]);
        }
        assert_eq!(sandbox.arrived(), before, "{token}: something was sent");
        assert!(!project.path("scripts/ran").exists(), "{token} ran");
        run("trust").assert(2, &["approval needs a terminal", "--yes"]);
        run("status").assert(2, &["is not approved"]);
        run("trust --yes").assert(0, &[words, "live: approved"]);
        run("status").assert(0, &["hello_world"]);
        run("trust --yes").assert(0, &["live: already approved"]);
        assert_eq!(project.path("scripts/ran").exists(), token.contains("command"), "{token}");
    }
}

#[test]
fn i11_offline_commands_never_run_or_read_a_source() {
    let project = with_script("{ command: [./scripts/token.sh] }");
    project.run("trust --yes").assert(0, &[]);
    let folder = project.0.path();
    super::git::good(folder, &["init", "-q"]);
    super::git::good(folder, &["add", "templates", "scripts", "watpl.yaml"]);
    super::git::good(folder, &["commit", "-qm", "a"]);
    for arguments in [
        "lint",
        "lint --fix",
        "fmt",
        "compile --account live",
        "compile --manifest",
        "rules",
        "explain",
        "convert templates/order_shipped.yaml --to watpl",
        "new other",
        "breaking --against HEAD",
        "lint --changed-since HEAD",
        "schema config",
        "trust --print",
        "trust --list",
        "trust --yes",
    ] {
        project.run(arguments).assert(0, &[]);
        assert!(!project.path("scripts/ran").exists(), "{arguments} ran it");
    }
}

/// The revision of a pull request's step is no account, whatever accounts the pull request adds.
#[test]
fn i12_a_revision_is_no_account() {
    let project = with_script("{ command: [./scripts/token.sh] }");
    for name in ["origin/main", "HEAD", "live"] {
        let text = config("{ command: [./scripts/token.sh] }").replace("live", name);
        fs::write(project.path("watpl.yaml"), text).expect("a file");
        project.run(&format!("breaking --against {name}")).assert(2, &[]);
        assert!(!project.path("scripts/ran").exists(), "{name} ran it");
    }
}

#[test]
fn i13_a_change_has_to_be_approved_again() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = with_script("{ command: [sh, scripts/token.sh] }");
    at(&sandbox, &project, "trust --yes").assert(0, &["scripts/token.sh", "SHA-256"]);
    at(&sandbox, &project, "status").assert(0, &[]);
    let first = hash(&project);
    fs::write(project.path("scripts/token.sh"), script("two")).expect("a file");
    let changed = ["changed since it was approved", "the file scripts/token.sh has changed"];
    at(&sandbox, &project, "status").assert(2, &changed);
    assert_ne!(hash(&project), first);
    let shown = at(&sandbox, &project, "trust --yes");
    shown.assert(0, &["changed", "the file scripts/token.sh has changed", "live: approved"]);
    at(&sandbox, &project, "status").assert(0, &[]);
    // The former content is not approved any more.
    fs::write(project.path("scripts/token.sh"), script("one")).expect("a file");
    at(&sandbox, &project, "status").assert(2, &changed);
    fs::write(project.path("scripts/token.sh"), script("two")).expect("a file");
    for (text, words) in [
        (config("{ command: [sh, scripts/token.sh, x] }"), "it was the program `sh scripts/token.sh`"),
        (config("{ file: 'sh scripts/token.sh' }"), "it was the program `sh scripts/token.sh`"),
        (
            config("{ command: [sh, scripts/token.sh] }").replace("100000000000000", "100000000000001"),
            "the account was 100000000000000",
        ),
    ] {
        fs::write(project.path("watpl.yaml"), text).expect("a file");
        at(&sandbox, &project, "status").assert(2, &["changed since it was approved", words]);
    }
    let runs = fs::read_to_string(project.path("scripts/ran")).expect("it ran");
    assert_eq!(runs, "one\ntwo\n");
    // Another name of the same account is the same approval; another folder is not.
    let renamed = config("{ command: [sh, scripts/token.sh] }").replace("live", "main");
    fs::write(project.path("watpl.yaml"), renamed).expect("a file");
    at(&sandbox, &project, "status").assert(0, &[]);
    let copy = Project::empty();
    let copied = Command::new("cp").arg("-r").arg(project.0.path()).arg(copy.path("copy")).status();
    assert!(copied.expect("cp runs").success());
    let mut command = project.command("status");
    command.current_dir(copy.path("copy")).env("PATH", super::git::PATH);
    Run::of(command.env("WATPL_GRAPH_URL", &sandbox.base)).assert(2, &["is not approved"]);
}

/// Files of the project that a source names, in whatever way.
#[test]
fn i13_files_that_a_source_names_are_part_of_the_approval() {
    let inside = |project: &Project| project.path("scripts/token.sh").to_string_lossy().into_owned();
    let ways = [
        ("a path", "[./scripts/token.sh]"),
        ("a path without a dot", "[scripts/token.sh]"),
        ("an absolute path", "[\"INSIDE\"]"),
        ("an argument", "[sh, scripts/token.sh]"),
        ("an argument that is absolute", "[sh, \"INSIDE\"]"),
        ("an option", "[sh, --file=scripts/token.sh]"),
        ("a text of a shell", "[sh, -c, \"true; . scripts/token.sh\"]"),
        ("a text in quotes", "[sh, -c, \"true; . 'scripts/token.sh'\"]"),
        ("a way around", "[sh, templates/../scripts/token.sh]"),
    ];
    for (what, words) in ways {
        let project = with_script("{ env: X }");
        let words = words.replace("INSIDE", &inside(&project));
        let project = project.with("watpl.yaml", config(&format!("{{ command: {words} }}")));
        let first = hash(&project);
        assert_eq!(hash(&project), first, "{what}");
        fs::write(project.path("scripts/token.sh"), script("two")).expect("a file");
        let second = hash(&project);
        assert_ne!(second, first, "{what}: another content");
        fs::remove_file(project.path("scripts/token.sh")).expect("removed");
        assert!(![first, second].contains(&hash(&project)), "{what}: no file");
    }
}

/// A folder of the project may be in `PATH`, as tools for environments put it there.
#[test]
fn i13_a_program_of_the_project_that_is_found_by_its_name_is_part_of_the_approval() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = project("{ command: [wa-token] }").with("bin/wa-token", script("one"));
    executable(&project.path("bin/wa-token"));
    let path = format!("{}:{}", project.path("bin").display(), super::git::PATH);
    let run = |path: &str, arguments: &str| {
        let mut command = project.command(arguments);
        Run::of(command.env("PATH", path).env("WATPL_GRAPH_URL", &sandbox.base))
    };
    run(&path, "trust --yes").assert(0, &["wa-token", "SHA-256"]);
    run(&path, "status").assert(0, &[]);
    fs::write(project.path("bin/wa-token"), script("two")).expect("a file");
    run(&path, "status").assert(2, &["the file wa-token has changed"]);
    // A relative folder in `PATH` is not looked into.
    for path in ["bin", "./bin", ""] {
        run(path, "trust --yes").assert(0, &[]);
        run(path, "status").assert(3, &["the program `wa-token` cannot be started"]);
    }
}

/// Many programs load code from the working directory, which no approval covers.
#[test]
fn i13_a_program_that_names_no_file_of_the_project_runs_elsewhere() {
    let sandbox = Served::start(&["--token", SECRET]);
    let home = Project::empty();
    let run = |token: &str, arguments: &str| {
        let project = with_script(token);
        let mut command = project.command(arguments);
        command.env("HOME", home.0.path()).env("PATH", super::git::PATH);
        command.env("WATPL_TRUST", hash(&project));
        let run = Run::of(command.env("WATPL_GRAPH_URL", &sandbox.base));
        (project, run)
    };
    let (project, done) = run(
        &format!("{{ command: [sh, -c, \"pwd > $OUT; echo {SECRET}\"] }}")
            .replace("$OUT", &home.path("at").to_string_lossy()),
        "status",
    );
    done.assert(0, &[]);
    let at = fs::read_to_string(home.path("at")).expect("it ran");
    assert_eq!(Path::new(at.trim()), home.0.path().canonicalize().expect("a folder"));
    drop(project);
    let (project, done) = run("{ command: [sh, -c, \"pwd > at; . scripts/token.sh\"] }", "status");
    done.assert(0, &[]);
    let at = fs::read_to_string(project.path("at")).expect("it ran");
    assert_eq!(Path::new(at.trim()), project.0.path().canonicalize().expect("a folder"));
}

#[test]
fn i14_ci_approves_by_hash() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = with_script("{ command: [sh, scripts/token.sh] }");
    let own = hash(&project);
    // The path of the project is not part of it.
    assert_eq!(hash(&with_script("{ command: [sh, scripts/token.sh] }")), own);
    let run = |list: &str| {
        let mut command = project.command("status");
        command.env("PATH", super::git::PATH).env("WATPL_TRUST", list);
        Run::of(command.env("WATPL_GRAPH_URL", &sandbox.base))
    };
    let other = "0".repeat(64);
    for list in [
        own.clone(),
        format!("{other} {own}"),
        format!("{other},{own}"),
        format!("{other}\n{own}\n"),
        own.to_uppercase(),
    ] {
        run(&list).assert(0, &[]);
    }
    for list in ["", " ", &other, &own[1..], &format!("{own}0"), "*", "1"] {
        let wrong = run(list);
        wrong.assert(2, &["is not approved"]);
        assert_eq!(
            wrong.err.contains("does not contain the hash of this source"),
            !list.trim().is_empty(),
            "{}",
            wrong.shown()
        );
    }
    assert!(!project.path(".config").exists(), "CI needs no configuration of the user");
    // A pull request that changes the program has another hash.
    fs::write(project.path("scripts/token.sh"), script("evil")).expect("a file");
    run(&own).assert(2, &["is not approved"]);
    assert!(!fs::read_to_string(project.path("scripts/ran")).expect("it ran").contains("evil"));
}

#[test]
fn i14_each_account_is_approved_by_itself() {
    let config = "default_account: a\naccounts:\n  a: { waba_id: \"1\", token: { env: A } }\n  b: { waba_id: \"2\", token: { env: B } }\n  c: { waba_id: \"3\" }\n  d: { waba_id: \"4\", token: { env: WABA_D } }\n  s: { kind: sandbox }\n";
    let project = Project::new().with("watpl.yaml", config);
    assert_eq!(project.run("trust --print").out.lines().count(), 2);
    assert_eq!(project.run("trust --print --account b").out.lines().count(), 1);
    project.run("trust --account c --account d").assert(0, &["c: the token source needs no approval"]);
    project.run("trust --account nobody").assert(2, &["unknown account `nobody`"]);
    project.run("trust --account b --yes").assert(0, &["b: approved"]);
    project.run("status --account a").assert(2, &["`a` is not approved"]);
    let b = project.run("status --account b");
    b.assert(3, &["the variable B is not set"]);
    project.run("status --account d").assert(3, &["the variable WABA_D is not set"]);
    project.run("trust --yes").assert(0, &["a: approved", "b: already approved"]);
    let listed = project.run("trust --list");
    listed.assert(0, &["a (1)  the environment variable `A`\n", "b (2)  the environment variable `B`\n"]);
    let project = project.with("watpl.yaml", config.replace("env: A }", "env: A2 }"));
    let listed = project.run("trust --list");
    listed.assert(
        0,
        &["`A`  (no longer valid: the source has changed)\n", "b (2)  the environment variable `B`\n"],
    );
    let project = project.with("watpl.yaml", config);
    project.run("trust --revoke --account a").assert(0, &["a: no longer approved"]);
    project.run("status --account a").assert(2, &["`a` is not approved"]);
    project.run("status --account b").assert(3, &["the variable B is not set"]);
    project.run("trust --revoke").assert(0, &["b: no longer approved"]);
    project.run("trust --revoke").assert(0, &["this project has no approvals"]);
    project.run("trust --list").assert(0, &["nothing is approved"]);
    Project::new().run("trust").assert(0, &["no account of this project needs approval"]);
    project
        .with("watpl.yaml", "acounts: {}\n")
        .run("trust --yes")
        .assert(2, &["the configuration has errors"]);
}

fn store(project: &Project) -> PathBuf {
    project.path(".config/watpl/trust.json")
}

#[test]
fn i15_approvals_are_of_this_user_alone() {
    let project = project("{ env: X }");
    project.run("trust --yes").assert(0, &[]);
    let path = store(&project);
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    project.run("status").assert(3, &["the variable X is not set"]);
    // Other users could have written it, and a clone of git keeps no such mode.
    for mode in [0o644, 0o660, 0o602] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        for arguments in ["status", "trust --yes", "trust --list"] {
            project.run(arguments).assert(2, &["can be read or changed by other users", "chmod 600"]);
        }
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    let folder = project.0.path();
    super::git::good(folder, &["init", "-q"]);
    project.run("status").assert(3, &["the variable X is not set"]);
    super::git::good(folder, &["add", "-f", ".config"]);
    project.run("status").assert(2, &["is tracked by git"]);
    // A link, as some people keep their configuration: its target is replaced, and it stays.
    super::git::good(folder, &["rm", "-rq", "--cached", ".config"]);
    fs::rename(&path, project.path("kept.json")).expect("moved");
    symlink(project.path("kept.json"), &path).expect("a link");
    project.run("trust --revoke").assert(0, &["live: no longer approved"]);
    assert!(path.is_symlink() && !fs::read_to_string(&path).expect("a text").contains("hash"));
}

#[test]
fn i15_a_damaged_file_approves_nothing() {
    let project = project("{ env: X }");
    project.run("trust --yes").assert(0, &[]);
    let good = fs::read_to_string(store(&project)).expect("a text");
    for text in [
        "",
        "{",
        "[]",
        "null",
        &good[..good.len() / 2],
        "{\"version\": 1}",
        "\u{0}",
        "{\"version\":1,\"approvals\":[1]}",
    ] {
        fs::write(store(&project), text).expect("a file");
        project.run("status").assert(2, &["is not approved", "trust.json is damaged"]);
        project.run("trust --list").assert(2, &["is damaged", "delete it"]);
        project.run("trust --revoke").assert(2, &["is damaged"]);
        project.run("trust --yes").assert(0, &["is damaged and will be replaced", "live: approved"]);
        project.run("status").assert(3, &["the variable X is not set"]);
    }
    fs::write(store(&project), good.replace("\"version\": 1", "\"version\": 2")).expect("a file");
    for arguments in ["status", "trust --yes", "trust --revoke"] {
        project.run(arguments).assert(2, &["has version 2"]);
    }
    fs::remove_file(store(&project)).expect("removed");
    fs::create_dir(store(&project)).expect("a folder");
    project.run("trust --yes").assert(3, &["cannot be read"]);
    // The hash is what counts, not the words around it.
    fs::remove_dir(store(&project)).expect("removed");
    let other = good.replace("variable `X`", "variable `Y`").replace("live", "other");
    fs::write(store(&project), other).expect("a file");
    fs::set_permissions(store(&project), fs::Permissions::from_mode(0o600)).expect("a mode");
    project.run("status").assert(3, &["the variable X is not set"]);
}

#[test]
fn i15_approvals_at_once_are_all_kept() {
    let home = Project::empty();
    let projects: Vec<_> = (0..6).map(|_| project("{ env: X }")).collect();
    std::thread::scope(|scope| {
        for project in &projects {
            scope.spawn(|| {
                let mut command = project.command("trust --yes");
                Run::of(command.env("XDG_CONFIG_HOME", home.0.path())).assert(0, &["live: approved"]);
            });
        }
    });
    let mut command = projects[0].command("trust --list");
    let listed = Run::of(command.env("XDG_CONFIG_HOME", home.0.path()));
    assert_eq!(listed.out.lines().count(), 6, "{}", listed.shown());
}

#[test]
fn i16_without_a_source_the_environment_of_the_user_names_the_token() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = Project::at_meta().with("secret", format!("{SECRET}\n"));
    fs::set_permissions(project.path("secret"), fs::Permissions::from_mode(0o600)).expect("a mode");
    let run = |variables: &[(&str, &str)]| {
        let mut command = project.command("status");
        Run::of(command.env("WATPL_GRAPH_URL", &sandbox.base).envs(variables.iter().copied()))
    };
    let absolute = project.path("secret").to_string_lossy().into_owned();
    run(&[("WATPL_TOKEN", SECRET)]).assert(0, &[]);
    run(&[("WATPL_TOKEN_FILE", "secret")]).assert(0, &[]);
    run(&[("WATPL_TOKEN_FILE", &absolute)]).assert(0, &[]);
    // An empty variable, as CI systems set it for a secret that there is not.
    run(&[("WATPL_TOKEN", ""), ("WATPL_TOKEN_FILE", "secret")]).assert(0, &[]);
    run(&[("WATPL_TOKEN", SECRET), ("WATPL_TOKEN_FILE", "nonsense")]).assert(0, &[]);
    run(&[]).assert(3, &["the variable WATPL_TOKEN is not set", "WATPL_TOKEN_FILE"]);
    run(&[("WATPL_TOKEN_FILE", "nonsense")])
        .assert(3, &["the file nonsense (WATPL_TOKEN_FILE) cannot be read"]);
    run(&[("WATPL_TOKEN_FILE", "/dev/zero")]).assert(3, &["it is not a regular file"]);
    // A pipe, such as a shell's `<(pass wa/token)`.
    let made = Command::new("mkfifo").arg(project.path("pipe")).status();
    assert!(made.expect("mkfifo runs").success());
    let pipe = project.path("pipe");
    let writer = std::thread::spawn(move || fs::write(pipe, SECRET).expect("it is read"));
    run(&[("WATPL_TOKEN_FILE", "pipe")]).assert(0, &[]);
    writer.join().expect("no panic");
}

#[test]
fn i17_a_token_file_of_the_project_is_a_small_plain_file_in_it() {
    let sandbox = Served::start(&["--token", SECRET]);
    let outside = Project::empty().with("secret", SECRET);
    let project = project("{ file: token }");
    at(&sandbox, &project, "trust --yes").assert(0, &["live: approved"]);
    let token = project.path("token");
    let private = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
    fs::write(&token, SECRET).expect("a file");
    private(&token);
    at(&sandbox, &project, "status").assert(0, &[]);
    fs::write(&token, "x".repeat(64 * 1024 + 1)).expect("a file");
    at(&sandbox, &project, "status").assert(3, &["is larger than 64 KiB"]);
    fs::remove_file(&token).expect("removed");
    at(&sandbox, &project, "status").assert(3, &["the file token cannot be read"]);
    // A link that a later commit puts in its place names another secret.
    symlink(outside.path("secret"), &token).expect("a link");
    at(&sandbox, &project, "status").assert(3, &["is a link that leads out of the project"]);
    fs::remove_file(&token).expect("removed");
    symlink("kept", &token).expect("a link");
    fs::write(project.path("kept"), SECRET).expect("a file");
    private(&project.path("kept"));
    at(&sandbox, &project, "status").assert(0, &[]);
    fs::remove_file(&token).expect("removed");
    let began = Instant::now();
    for kind in ["pipe", "folder", "device"] {
        match kind {
            "pipe" => assert!(Command::new("mkfifo").arg(&token).status().expect("mkfifo runs").success()),
            "folder" => fs::create_dir(&token).expect("a folder"),
            _ => symlink("/dev/zero", &token).expect("a link"),
        }
        at(&sandbox, &project, "status").assert(3, &["the file token"]);
        drop(fs::remove_file(&token).or_else(|_| fs::remove_dir(&token)));
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    // Outside the project, links are the user's: secrets of a container are such.
    let project =
        project.with("watpl.yaml", config(&format!("{{ file: \"{}\" }}", outside.path("link").display())));
    symlink("secret", outside.path("link")).expect("a link");
    at(&sandbox, &project, "trust --yes").assert(0, &[]);
    at(&sandbox, &project, "status").assert(0, &[]);
}

#[test]
fn i17_output_of_a_program_is_limited() {
    let sandbox = Served::start(&["--token", SECRET]);
    for (words, cause) in [
        ("[cat, /dev/zero]", "printed more than 64 KiB"),
        ("[sh, -c, 'exit 3']", "ended with exit status: 3"),
        ("[\"true\"]", "contains no token"),
        ("[no-such-program-anywhere]", "cannot be started"),
        ("[./none]", "cannot be started"),
    ] {
        let project = project(&format!("{{ command: {words} }}"));
        at(&sandbox, &project, "trust --yes").assert(0, &[]);
        at(&sandbox, &project, "status").assert(3, &[cause]);
    }
    let long = project(&format!("{{ command: [sh, -c, \"{}\"] }}", "x ".repeat(3_000)));
    for arguments in ["trust --yes", "trust --print", "status"] {
        at(&sandbox, &long, arguments).assert(2, &["is longer than 4 KiB"]);
    }
}

/// The approved source may need credentials of its own; nothing else gets any.
#[test]
fn i18_only_the_approved_source_gets_secrets() {
    let sandbox = Served::start(&["--token", SECRET]);
    let project = project("{ command: [sh, -c, 'echo $VAULT_TOKEN'] }");
    at(&sandbox, &project, "trust --yes").assert(0, &[]);
    let mut command = project.command("status");
    command.env("VAULT_TOKEN", SECRET).env("PATH", super::git::PATH).env("WATPL_GRAPH_URL", &sandbox.base);
    Run::of(&mut command).assert(0, &[]);
}

/// What is approved is shown so that no terminal hides any of it.
#[test]
fn i19_what_is_approved_is_shown_as_it_is() {
    let project = project("{ command: [sh, -c, \"echo \\e[2K\\r\\n\\u202e x\", \"a b\"] }");
    for arguments in ["trust --yes", "trust --print", "trust --list", "status"] {
        let run = project.run(arguments);
        let shown = run.out + &run.err;
        assert!(!shown.contains(['\u{1b}', '\r', '\u{202e}']), "{arguments}: {shown:?}");
        assert!(shown.contains("\\u{1b}[2K") && shown.contains("\"a b\""), "{arguments}: {shown}");
    }
}

/// What the program prints to a terminal whose user types an answer.
fn answered(command: &mut Command, answer: &str) -> (String, Option<i32>) {
    use std::io::{Read as _, Write as _};
    use std::process::Stdio;
    let pair = nix::pty::openpty(None, None).expect("a terminal");
    let end = || Stdio::from(pair.slave.try_clone().expect("another handle"));
    let mut child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("it starts");
    // Ours have to be closed, or reading never ends.
    drop(std::mem::replace(command, Command::new("true")));
    drop(pair.slave);
    let mut master = fs::File::from(pair.master);
    let (mut bytes, mut chunk) = (Vec::new(), [0; 1024]);
    let mut is_asked = false;
    // When the last writer has gone, this is an error on some systems.
    while let Ok(read @ 1..) = master.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..read]);
        if !is_asked && String::from_utf8_lossy(&bytes).contains("Approve this") {
            is_asked = true;
            master.write_all(answer.as_bytes()).expect("it listens");
        }
    }
    let code = child.wait().expect("it ends").code();
    (String::from_utf8_lossy(&bytes).into_owned(), code)
}

#[test]
fn i19_the_user_is_asked_with_what_would_be_run() {
    for (answer, code, after) in [("n\n", 1, "is not approved"), ("y\n", 0, "the variable X is not set")] {
        let project = project("{ env: X }");
        let mut command = project.command("trust");
        let (text, ended) = answered(command.env("TERM", "xterm"), answer);
        assert_eq!(ended, Some(code), "{text}");
        let (shown, asked) = (text.find("the environment variable `X`"), text.find("Approve this"));
        assert!(shown.is_some() && shown < asked, "{text}");
        project.run("status").assert(if code == 0 { 3 } else { 2 }, &[after]);
    }
}
