//! What `lint` prints for services, and the commands that tell of rules and of the program itself.

use std::fs;

use serde_json::Value;

use super::{GOOD, Project, Run};

#[test]
fn rules_are_listed_by_what_they_are() {
    let project = Project::empty();
    let all = project.run("rules");
    assert_eq!(all.code, 0);
    assert!(all.out.ends_with(&format!("\n\n{} rules\n", watpl::rules::all().len())), "{}", all.out);
    assert!(all.out.lines().all(|line| line.chars().count() <= 100), "{}", all.out);
    let some =
        project.run("rules placeholder-* unusable-* body-too-long --severity error,warning --class rejected");
    let ids: Vec<_> = some.out.lines().skip(1).filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(ids, ["placeholder-gap", "unusable-url-host", "", "2 rules"], "{}", some.out);
    for (filter, field) in [
        ("--severity info", "severity"),
        ("--class recategorised", "class"),
        ("--confidence observed --confidence reported", "confidence"),
    ] {
        let run = project.run(&format!("rules --format json {filter}"));
        let value: Value = serde_json::from_str(&run.out).expect("JSON");
        let rules = value["rules"].as_array().expect("rules");
        let wanted: Vec<_> = filter.split(' ').collect();
        assert!(!rules.is_empty(), "{filter}");
        assert!(
            rules.iter().all(|rule| wanted.contains(&rule[field].as_str().expect("a text"))),
            "{rules:?}"
        );
    }
    let unknown = project.run("rules placholder-gap");
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("did you mean `placeholder-gap`?"), "{}", unknown.err);
    assert_eq!(project.run("rules [").code, 2);
}

#[test]
fn every_filter_finds_its_rules() {
    let project = Project::empty();
    let count = |arguments: &str| -> usize {
        let run = project.run(&format!("rules --format json {arguments}"));
        assert_eq!(run.code, 0, "{}", run.err);
        let value: Value = serde_json::from_str(&run.out).expect("JSON");
        value["rules"].as_array().expect("rules").len()
    };
    for filter in [
        "--severity error,warning,info",
        "--class refused,rejected,recategorised,risk,contract",
        "--confidence documented,observed,reported,inferred",
    ] {
        assert_eq!(count(filter), watpl::rules::all().len(), "a rule is in no {filter}");
    }
}

#[test]
fn several_rules_are_explained_at_once() {
    let project = Project::empty();
    let run = project.run("explain placeholder-gap unusable-url-host");
    assert!(run.out.starts_with("# placeholder-gap\n") && run.out.contains("\n\n# unusable-url-host\n"));
    let value: Value =
        serde_json::from_str(&project.run("explain --format json placeholder-gap").out).expect("JSON");
    let page = value["rules"][0]["page"].as_str().expect("a page");
    let shown = project.run("explain placeholder-gap").out;
    let address = watpl::rules::find("placeholder-gap").expect("a rule").url();
    assert_eq!(shown, format!("{page}- this page: <{address}>\n"));
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = project.run(&format!("completions {shell}"));
        assert_eq!(run.code, 0, "{}", run.err);
        let is_dynamic = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(run.out.contains("watpl __complete -- "), is_dynamic, "{shell}");
        assert!(is_dynamic || run.out.contains("lint") && run.out.contains("completions"), "{shell}");
    }
    let run = project.run("man --out pages");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let mut pages: Vec<_> = fs::read_dir(project.path("pages"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let help = project.run("--help").out;
    let commands =
        help.split("Author:").nth(1).expect("commands").split("Global options:").next().expect("a list");
    let mut wanted: Vec<_> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .map(|command| format!("watpl-{command}.1"))
        .collect();
    wanted.push("watpl.1".to_owned());
    wanted.sort();
    assert_eq!(pages, wanted);
    let page = project.run("man lint").out;
    assert_eq!(page, fs::read_to_string(project.path("pages/watpl-lint.1")).expect("the page"));
    assert!(page.contains("\\fB\\-\\-format\\fR"), "{page}");
    assert_eq!(project.run("man nothing").code, 2);
}

#[test]
fn the_summary_of_the_job_is_added_to() {
    let project = Project::new();
    let summary = project.path("summary");
    fs::write(&summary, "before\n").expect("written");
    let run = Run::of(project.command("lint --format github").env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let text = fs::read_to_string(&summary).expect("a text");
    assert!(
        text.starts_with("before\n### watpl lint\n\n1 template in 1 version checked: all clean\n"),
        "{text}"
    );
    let lost = project.path("no/such/folder");
    let run = Run::of(project.command("lint --format github").env("GITHUB_STEP_SUMMARY", &lost));
    assert_eq!(run.code, 0);
    assert!(run.err.contains("the job summary cannot be written"), "{}", run.err);
}

#[test]
fn annotations_are_counted_from_the_root_of_the_repository() {
    let project = Project::empty().with("shop/templates/a.yaml", GOOD.replace("soon", "{{nobody}} soon"));
    let mut command = project.command("lint --format github");
    command.current_dir(project.path("shop")).env("GITHUB_WORKSPACE", project.path(""));
    let run = Run::of(&mut command);
    assert!(run.out.contains("::error file=shop/templates/a.yaml,line=5"), "{}", run.out);
    let run = Run::of(
        project
            .command("lint --format github ../templates")
            .current_dir(project.path("shop/templates"))
            .env("GITHUB_WORKSPACE", project.path("")),
    );
    assert!(run.out.contains("::error file=shop/templates/a.yaml,line=5"), "{}", run.out);
    let project = project.with("shop/watpl.yaml", "templates: [templates]\n").with("shop/docs/x", "");
    let below = |format: &str, variable: &str| {
        let mut command = project.command(&format!("lint --format {format}"));
        Run::of(command.current_dir(project.path("shop/docs")).env(variable, project.path(""))).out
    };
    let out = below("github", "GITHUB_WORKSPACE");
    assert!(out.contains("::error file=shop/templates/a.yaml,line=5"), "{out}");
    let out = below("sarif", "GITHUB_WORKSPACE");
    assert!(out.contains("\"uri\": \"shop/templates/a.yaml\""), "{out}");
    let run = Run::of(project.command("lint --format gitlab shop").env("CI_PROJECT_DIR", project.path("")));
    assert!(run.out.contains("\"path\": \"shop/templates/a.yaml\""), "{}", run.out);
}

/// Row E9 of the hostile inputs: what could not be looked at is in every report, which is whole all the same.
#[test]
fn files_that_cannot_be_read_are_in_every_report() {
    let project = Project::new().with("templates/lost.yaml", "# \n".repeat(400_000));
    for format in ["json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"] {
        let run = project.run(&format!("lint --format {format}"));
        assert_eq!(run.code, 3, "{format}: {}", run.err);
        assert!(run.out.contains("lost.yaml"), "{format}: {}", run.out);
    }
}
