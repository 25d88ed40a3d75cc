//! The suite itself: programs that do each kind of harm are seen.

use std::path::Path;

use super::case::{ANY, Case, WORKS};
use super::watch::forms;
use super::world::TOKEN;

/// What the suite reports of a shell script that runs in place of watpl.
fn seen(script: &str) -> Vec<String> {
    let case = Case::new("script", "", |world| {
        world.commit();
    });
    let outcomes = case.run_words(&["-c", script], ANY).seconds(3).outcomes(Path::new("/bin/sh"));
    outcomes.into_iter().flat_map(|outcome| outcome.problems).collect()
}

#[test]
fn a_program_that_does_no_harm_has_no_problems() {
    assert_eq!(seen("echo done; echo x > made; mkdir -p ../home/.local/state/watpl"), Vec::<String>::new());
}

#[test]
fn each_kind_of_harm_is_seen() {
    let base64 = format!("echo {}", forms(TOKEN)[3]);
    for (script, problem) in [
        ("echo x >> ../home/.bashrc", "home/.bashrc was changed"),
        ("touch ../home/.bashrc", "home/.bashrc was changed"),
        ("cp ../home/.bashrc x; cp x ../home/.bashrc; rm x", "home/.bashrc was changed"),
        ("touch ../home/new", "home/new was created"),
        ("mkdir ../home/new", "home/new was created"),
        ("rm ../other/order.yaml", "other/order.yaml was removed"),
        ("chmod 600 ../other/order.yaml", "other/order.yaml was changed"),
        ("touch \"$TMPDIR/x\"", "tmp/x was created"),
        ("echo x >> .git/config", "in git's folder"),
        ("mkdir -p sub/.git; touch sub/.git/x", "in git's folder"),
        ("touch pwned", "a program of the repository ran"),
        ("echo \"$WATPL_TOKEN\"", "stdout holds the token"),
        ("echo \"$WATPL_TOKEN\" >&2", "stderr holds the token"),
        (base64.as_str(), "stdout holds the token"),
        ("cat ../home/.netrc > made", "clone/made holds ~/.netrc"),
        ("mkdir -p ../home/.local/state/watpl; env > ../home/.local/state/watpl/x", "holds the token"),
        ("head -n 1 /etc/passwd", "stdout holds /etc/passwd"),
        ("cat .git/config", "stdout holds the credentials"),
        ("cat ../other/order.yaml", "stdout holds a file of another project"),
        ("printf '\\033[31m'", "control character U+001B"),
        ("echo '  ::add-mask::x'", "forms a command"),
        ("echo 'x ##[error]y' >&2", "forms a command"),
        ("echo '##teamcity[x]'", "forms a command"),
        ("head -c 7000000 /dev/zero | tr '\\0' x", "stdout has 6 MB"),
        ("kill -9 $$", "ended by a signal"),
        ("sleep 20", "did not end in time"),
        ("exit 101", "panicked"),
        ("echo \"thread 'a' panicked at b\" >&2; exit 1", "a thread panicked"),
        ("exit 7", "exit code 7 is not documented"),
    ] {
        let problems = seen(script);
        assert!(
            problems.iter().any(|seen| seen.contains(problem)),
            "{script}: {problems:?}, and not {problem:?}"
        );
    }
}

/// A fault that a case finds must not be able to change the machine that the tests run on.
#[test]
fn no_command_runs_as_root() {
    let script = "test \"$(id -u)\" != 0 && test ! -w /etc/passwd && test ! -w / && test -w ../home/.bashrc";
    assert_eq!(seen(&format!("{script} || touch ../home/privileged")), Vec::<String>::new());
}

#[test]
fn calls_are_seen() {
    const AT_META: &str = "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n";
    let case = |name| {
        Case::new(name, "", |world| {
            world.file("watpl.yaml", AT_META);
        })
    };
    let problems = |case: Case| {
        let outcomes = case.outcomes(&super::Program::copied().path);
        outcomes.into_iter().flat_map(|outcome| outcome.problems).collect::<Vec<_>>().join("\n")
    };
    let called = problems(case("canary").run("status", ANY).env("WATPL_GRAPH_URL", "{canary}"));
    assert!(called.contains("a service on this machine was called"), "{called}");
    let sent = problems(case("secret").run("status", ANY).env("WATPL_TOKEN", "ghp_canary4f9a1d7c3e"));
    assert!(sent.contains("the token of another service was sent to a server"), "{sent}");
}

#[test]
fn words_codes_and_checks_are_compared() {
    let case = Case::new("x", "", |_| {}).run("lint", &[1]).says(&["nowhere"]).never_says(&["checked"]);
    let case = case.check(|_| Err("checked at the end".to_owned()));
    let outcomes = case.outcomes(&super::Program::copied().path);
    let problems = outcomes[0].problems.join("\n");
    for word in
        ["exit code 0, expected one of [1]", "does not say \"nowhere\"", "says \"checked\"", "at the end"]
    {
        assert!(problems.contains(word), "{problems}");
    }
    assert!(
        Case::new("x", "", |_| {}).run("lint", WORKS).outcomes(&super::Program::copied().path)[0]
            .problems
            .is_empty()
    );
}
