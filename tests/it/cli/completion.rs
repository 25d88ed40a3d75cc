//! Shell completion: candidates, and the scripts that ask for them.

use super::{GOOD, Project};

const CONFIG: &str = "languages: [en_US]\naccounts:\n  live: { waba_id: \"1\", token: { command: [touch, ran] } }\n  local: { kind: sandbox }\n";

/// Candidates without their descriptions.
fn candidates(project: &Project, line: &str) -> Vec<String> {
    let words = line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut command = project.command("__complete --");
    let output = command.args(words).output().expect("it runs");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{line}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn words_of_each_kind_are_completed() {
    let project = Project::new().with("watpl.yaml", CONFIG);
    for (line, wanted) in [
        ("pu", vec!["push", "pull"]),
        ("help doc", vec!["doctor"]),
        ("man doc", vec!["doctor"]),
        ("push order", vec!["order_shipped"]),
        ("push --yes order", vec!["order_shipped"]),
        ("audit order", vec!["order_shipped"]),
        ("push --account l", vec!["live", "local"]),
        ("push --account = l", vec!["live", "local"]),
        ("push --account=li", vec!["--account=live"]),
        ("explain placeholder-g", vec!["placeholder-gap"]),
        ("lint --select placeholder-gap,body-too-l", vec!["placeholder-gap,body-too-long"]),
        ("init --language en_U", vec!["en_UG", "en_US"]),
        ("new --from order_s", vec!["order_shipped"]),
        ("lint --format gith", vec!["github"]),
        ("lint --min", vec!["--min-severity"]),
        ("push -- --", vec![]),
        ("new order", vec![]),
        ("lint templ", vec![]),
        ("__comp", vec![]),
        ("nothing known", vec![]),
    ] {
        assert_eq!(candidates(&project, line), wanted, "{line}");
    }
    assert!(!project.path("ran").exists(), "completion ran a token source");
}

#[test]
fn what_cannot_be_read_has_no_candidates() {
    let broken = Project::new().with("watpl.yaml", "accounts: [\n  \u{1b}[31m");
    assert_eq!(candidates(&broken, "push --account "), ["sandbox"]);
    assert_eq!(candidates(&broken, "explain placeholder-g"), ["placeholder-gap"]);
    let none = Project::empty();
    assert_eq!(candidates(&none, "push "), Vec::<String>::new());
    assert_eq!(candidates(&none, "push --account "), ["sandbox"]);
    assert_eq!(candidates(&none, "--config nothing.yaml push --account "), Vec::<String>::new());
}

#[test]
fn names_of_a_repository_are_only_offered_if_they_are_valid() {
    let config = "accounts:\n  \"a\\e[31m\": { kind: sandbox }\n  \"$(touch ran)\": { kind: sandbox }\n  good: { kind: sandbox }\n";
    let project = Project::new()
        .with("watpl.yaml", config)
        .with("templates/one.yaml", GOOD.replace("order_shipped", "\"x\\e[31m\""))
        .with("templates/two.yaml", GOOD.replace("order_shipped", "\"$(touch ran)\""))
        .with("templates/three.yaml", "\u{0}\u{1}: [");
    assert_eq!(candidates(&project, "push "), ["order_shipped"]);
    let accounts = candidates(&project, "push --account ");
    assert!(accounts.iter().all(|name| name == "good" || name == "sandbox"), "{accounts:?}");
}

#[cfg(unix)]
#[test]
fn bash_completes_with_the_script() {
    let project = Project::new().with("watpl.yaml", CONFIG);
    let script = project.run("completions bash").out;
    let program = project.command("lint").get_program().to_string_lossy().into_owned();
    let folder = std::path::Path::new(&program).parent().expect("a folder").to_owned();
    for (words, wanted) in [
        ("watpl push order", "order_shipped\n"),
        ("watpl push --account = l", "live\nlocal\n"),
        ("watpl explain placeholder-g", "placeholder-gap\n"),
    ] {
        let test = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _watpl; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let mut bash = std::process::Command::new("bash");
        bash.args(["--norc", "-c", &test]).current_dir(project.path(""));
        let path = format!("{}:/usr/bin:/bin", folder.display());
        let output = bash.env("PATH", path).output().expect("bash runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{words}: {output:?}");
    }
}
