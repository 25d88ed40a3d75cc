//! Limits on what a small repository can make the program do: rows I1 to I9.

use std::process::Command;

use super::{GOOD, Project, Run};

/// A pattern that globset parses, and whose regular expression is too large for the engine.
fn huge() -> String {
    "*".repeat(120_000)
}

/// Runs a command, which stays below a limit of memory.
#[track_caller]
fn bounded(command: &mut Command, mib: u64) -> Run {
    #[cfg(target_os = "linux")]
    {
        let (peak, _) = super::files::peak(command);
        assert!(peak < mib * 1024, "{peak} KiB, and {mib} MiB are allowed");
    }
    let _ = mib;
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    Run::of(command)
}

#[test]
fn a_pattern_on_the_command_line_has_a_limit() {
    let project = Project::new();
    for command in ["push", "diff", "sync", "status", "rules", "explain", "pull"] {
        let run = Run::of(project.command(command).arg(huge()));
        run.assert(2, &["it has 120000 bytes, and the limit is 1024"]);
        assert!(run.err.len() < 1_000, "{command}: {}", run.err);
    }
    let run = Run::of(project.command("diff").args((0..300).map(|number| format!("order_{number}_*"))));
    run.assert(2, &["too many globs; the limit is 256"]);
}

#[test]
fn a_pattern_in_a_template_has_a_limit_and_a_place() {
    let text = format!("{GOOD}accounts: [\"{}\"]\n", huge());
    let project = Project::new().with("templates/order_shipped.yaml", text);
    project.run("lint").assert(1, &["invalid-pattern", "order_shipped.yaml:6:12", "the limit is 1024"]);
    for command in ["compile", "diff", "push", "pull"] {
        project.run(command).assert(2, &["it has 120000 bytes, and the limit is 1024"]);
    }
    let many = (0..300).map(|number| format!("a{number}*")).collect::<Vec<_>>().join(", ");
    let project = Project::new().with("templates/order_shipped.yaml", format!("{GOOD}accounts: [{many}]\n"));
    project.run("lint").assert(1, &["invalid-pattern", "too many globs"]);
    project.run("diff").assert(2, &["too many globs"]);
}

#[test]
fn a_pattern_in_the_configuration_has_a_limit_and_a_place() {
    let account = |select: &str| format!("accounts:\n  own:\n    kind: sandbox\n    select: [{select}]\n");
    let overrides = |files: &str| {
        format!("lint:\n  overrides:\n    - {{ files: [{files}], rules: {{ single-braces: off }} }}\n")
    };
    let huge = format!("\"{}\"", huge());
    let many = (0..300).map(|number| format!("\"a{number}*\"")).collect::<Vec<_>>().join(", ");
    let long = format!("\"tag:{}\"", "?".repeat(1_025));
    for (config, words) in [
        (account(&huge), "it has 120000 bytes, and the limit is 1024"),
        (account(&long), "it has 1025 bytes, and the limit is 1024"),
        (account(&many), "too many globs; the limit is 256"),
        (overrides(&huge), "it has 120000 bytes, and the limit is 1024"),
        (overrides(&many), "too many globs; the limit is 256"),
        (overrides("\"{a\""), "unclosed alternate group"),
    ] {
        let project = Project::new().with("watpl.yaml", config);
        project.run("lint").assert(1, &["invalid-value", "watpl.yaml:", words]);
        // A configuration with errors decides nothing about an account.
        let run = project.run("diff");
        assert_eq!(run.code, 2, "{}", run.shown());
    }
    // Plain names are not compiled, and may be many.
    let names = (0..2_000).map(|number| format!("order_{number}")).collect::<Vec<_>>().join(", ");
    Project::new().with("watpl.yaml", account(&names)).run("lint").assert(0, &["all clean"]);
}

#[test]
fn constants_that_multiply_are_reported_where_they_are_used() {
    let config = format!("constants:\n  a: \"{}\"\n  b: \"{}\"\n", "x".repeat(20_000), "y".repeat(200));
    let body = |constants: &str| GOOD.replace("soon.", &format!("soon. {constants}"));
    let project = Project::empty()
        .with("watpl.yaml", config)
        .with("templates/order_shipped.yaml", body(&"${a} ".repeat(4_000)));
    for command in ["lint", "compile", "diff", "push"] {
        bounded(&mut project.command(command), 150);
    }
    // The fourth goes beyond 64 KiB, and is reported once.
    let run = project.run("compile");
    run.assert(1, &["size-limit", "order_shipped.yaml:5:82", "more than 64 KiB"]);
    assert_eq!(run.err.matches("size-limit\n").count(), 1, "{}", run.shown());
    assert!(run.out.len() < 200, "{}", run.out.len());

    // Many texts, each within its limit.
    let button = "  - { type: url, text: Open, url: \"https://a.example/${a}${a}${a}\" }\n";
    let text = format!("{GOOD}buttons:\n{}", button.repeat(1_000));
    let project = project.with("templates/order_shipped.yaml", text);
    let run = bounded(&mut project.command("compile"), 150);
    run.assert(1, &["constants and samples add more than 1 MiB to this template"]);
}

#[test]
fn samples_that_multiply_are_reported() {
    // Each card has a sample of 400 KB, and each address has it many times.
    let cards = "  - { body: \"The {{a}} lamp\", buttons: [More] }\n".repeat(2_000);
    let text = format!(
        "name: news\ncategory: marketing\nlanguage: en_US\nvariables:\n  a: \"{}\"\nbody: See {{{{a}}}} in our shop.\ncarousel:\n{cards}",
        "x".repeat(400_000)
    );
    let project = Project::empty().with("templates/news.yaml", text);
    bounded(&mut project.command("compile"), 300).assert(1, &["size-limit", "add more than 1 MiB"]);
    let text = format!(
        "{GOOD}buttons:\n  - {{ type: url, text: Open, url: \"https://a.example/{}\", samples: [\"{}\"] }}\n",
        "{{1}}".repeat(40_000),
        "x".repeat(40_000)
    );
    let project = Project::empty().with("templates/order_shipped.yaml", text);
    bounded(&mut project.command("compile"), 300).assert(1, &["size-limit", "more than 64 KiB"]);
}

#[test]
fn nested_raw_has_a_limit_and_a_place() {
    let nested =
        |depth: usize| format!("{GOOD}raw: {}x{}\n", "[{a: ".repeat(depth / 2), "}]".repeat(depth / 2));
    let project = Project::new().with("templates/order_shipped.yaml", nested(32));
    let run = project.run("lint");
    assert!(!run.out.contains("size-limit"), "{}", run.shown());
    let project = project.with("templates/order_shipped.yaml", nested(34));
    // The list itself is not counted.
    project.run("lint").assert(1, &["size-limit", "order_shipped.yaml:6:", "more than 32 levels deep"]);
    project.run("diff").assert(1, &["its file has errors"]);
}

#[test]
fn nested_raw_is_converted_in_linear_time() {
    // Each level doubled the time: sixty of them would not end.
    for (open, close, depth) in [("{a: ", "}", 58), ("[{a: ", "}]", 29)] {
        let text = format!("{GOOD}raw: [{}x{}]\n", open.repeat(depth), close.repeat(depth));
        let project = Project::new().with("templates/order_shipped.yaml", text);
        let run = project.run("convert templates/order_shipped.yaml --to watpl");
        assert!([0, 1].contains(&run.code), "{}", run.shown());
    }
}
