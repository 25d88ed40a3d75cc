//! Text that contains a CI command, in every command's output.

use super::{GOOD, Project, Run, Served};

/// A line of text in a template that tries each command.
const TEXT: &str = "name: order_shipped
category: utility
language: en_US
variables: { order: S20418 }
# ##vso[task.comment]
body: |
  Your order {{ order }} is here, and ##vso[task.setvariable variable=a]b ##[error]c
  ::set-env name=a::b
   ::add-path::/x
  ##teamcity[buildStop]
  \u{2028}::error::d\u{85}::error::e\u{ad}
  and now it ends.
";

/// Fails when contains a CI command a line. Its readers take each of these characters for the end of a line.
#[track_caller]
fn assert_harmless(run: &Run, of: &str) {
    for text in [&run.out, &run.err] {
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let line =
                line.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{ad}');
            let obeyed = line.starts_with("::") || line.contains("##vso[") || line.contains("##[");
            assert!(!obeyed && !line.contains("##teamcity["), "{of}: {}", line.escape_debug());
        }
    }
}

fn project() -> Project {
    let broken = GOOD.replace("order_shipped", "::error::x").replace("body:", "::error::key: ##[a]\nbody:");
    Project::new().with("templates/order_shipped.yaml", TEXT).with("templates/::error::b ##[x].yaml", broken)
}

#[test]
fn no_output_is_a_command_of_a_ci_system() {
    let project = project();
    for arguments in [
        "lint",
        "lint --format json",
        "lint --format jsonl",
        "lint --format sarif",
        "lint --format gitlab",
        "lint --format junit",
        "lint --format markdown",
        "lint --diff --unsafe",
        "lint templates/::error::missing",
        "fmt --diff",
        "fmt --check",
        "compile",
        "compile --manifest",
        "diff",
        "diff --format json",
        "diff --format markdown",
        "push",
        "push ::error::none",
        "status --account ::error::none",
        "status --account ##vso[none]",
        "convert templates/order_shipped.yaml --to watpl",
        "explain ::error::none",
        "man ::error::none",
        "::error::none",
        "##vso[none]",
        "lint --format ::error::none",
        "lint --format ##[none]",
        "--config ::error::none lint",
        "new ::error::none",
    ] {
        assert_harmless(&project.run(arguments), arguments);
    }
    let run = Run::of(project.command("lint").arg("--format\n::error::none"));
    run.assert(2, &["\\::error::none"]);
    assert_harmless(&run, "an argument of two lines");
}

/// Text that was deployed is shown by more commands.
#[test]
fn no_text_of_an_account_is_a_command() {
    let sandbox = Served::start(&["--token", "sandbox-token"]);
    let text = TEXT.replace("\\n", "").replace("##teamcity", "##\u{ad}teamcity");
    let project = Project::new().with("templates/order_shipped.yaml", text);
    let project = project
        .with("watpl.yaml", "default_account: live\naccounts:\n  live: { waba_id: \"100000000000000\" }\n");
    let run = |arguments: &str| {
        let mut command = project.command(arguments);
        command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", "sandbox-token");
        Run::of(&mut command)
    };
    assert_harmless(&run("push --yes"), "push");
    std::fs::remove_file(project.path("templates/order_shipped.yaml")).expect("a file");
    for arguments in [
        "status",
        "audit",
        "audit --format json",
        "audit --format markdown",
        "pull --diff",
        "pull",
        "diff",
        "lint",
    ] {
        assert_harmless(&run(arguments), arguments);
    }
}

/// The annotations of GitHub are commands on purpose, one for each finding, and nothing in them is another one.
#[test]
fn annotations_are_the_only_commands() {
    let run = project().run("lint --format github");
    let commands = run.out.lines().filter(|line| line.starts_with("::"));
    let ours = ["::error file=", "::warning file=", "::notice file="];
    assert!(commands.clone().count() > 1, "{}", run.shown());
    assert!(commands.clone().all(|line| ours.iter().any(|start| line.starts_with(start))), "{}", run.shown());
    let other = run.out.lines().filter(|line| !line.starts_with("::"));
    assert!(other.clone().all(|line| !line.trim_start().starts_with("::")), "{}", run.shown());
    assert!(!run.out.contains("##vso[") && !run.out.contains("##["), "{}", run.shown());
}

/// The text of a file is printed as it is or not at all.
#[test]
fn the_text_of_a_file_is_not_escaped() {
    let project = project();
    let arguments = "convert templates/order_shipped.yaml --to watpl";
    let run = project.run(arguments);
    run.assert(2, &["contains a CI command", "--out FILE"]);
    assert_eq!(run.out, "");
    let file = std::fs::File::create(project.path("out.watpl")).expect("a file");
    Run::of(project.command(arguments).stdout(file)).assert(0, &[]);
    project.run(&format!("{arguments} --out copy.watpl")).assert(0, &[]);
    let text = |name: &str| std::fs::read_to_string(project.path(name)).expect("a file");
    assert_eq!(text("out.watpl"), text("copy.watpl"));
    assert!(text("out.watpl").contains("##vso[task.setvariable variable=a]b"), "{}", text("out.watpl"));
}

/// An editor gets its text back; a CI system gets none that it would obey.
#[test]
fn standard_input_comes_back_as_it_is_outside_of_ci() {
    let project = project();
    let run = |name: &str, value: &str| {
        let input = std::fs::File::open(project.path("templates/order_shipped.yaml")).expect("a file");
        let mut command = project.command("lint --fix - --stdin-filename templates/order_shipped.yaml");
        Run::of(command.stdin(input).env(name, value))
    };
    let outside = run("NO_COLOR", "1");
    outside.assert(0, &["##vso[task.setvariable variable=a]b", "\n  ::set-env"]);
    for name in ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"] {
        let run = run(name, "true");
        run.assert(2, &["contains a CI command"]);
        assert_eq!(run.out, "");
    }
}

/// Scripts for shells and manual pages are files as well: escaping leaves them as they are.
#[test]
fn scripts_and_pages_contain_no_commands() {
    let project = Project::new();
    for arguments in [
        "completions bash",
        "completions zsh",
        "completions fish",
        "completions powershell",
        "completions elvish",
        "man",
    ] {
        let run = project.run(arguments);
        run.assert(0, &[]);
        assert!(!watpl::report::commands::any(&run.out) && !run.out.contains("\\::"), "{arguments}");
    }
}
