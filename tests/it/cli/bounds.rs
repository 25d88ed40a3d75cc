//! Limits on what a small repository can make the program do: rows B27 and I1 to I6.

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
        run.assert(2, &["it has 120000 bytes, but the limit is 1024"]);
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
        project.run(command).assert(2, &["it has 120000 bytes, but the limit is 1024"]);
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
        (account(&huge), "it has 120000 bytes, but the limit is 1024"),
        (account(&long), "it has 1025 bytes, but the limit is 1024"),
        (account(&many), "too many globs; the limit is 256"),
        (overrides(&huge), "it has 120000 bytes, but the limit is 1024"),
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
    run.assert(1, &["size-limit", "order_shipped.yaml:5:82", "exceeds 64 KiB"]);
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
    bounded(&mut project.command("compile"), 300).assert(1, &["size-limit", "exceeds 64 KiB"]);
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

const FORMATS: [&str; 7] = ["json", "jsonl", "sarif", "gitlab", "junit", "markdown", "github"];

/// A file with a finding at each of very many places.
fn many_findings() -> Project {
    let text = GOOD.replace("soon.", &format!("soon {}", "\\u202e".repeat(30_000)));
    Project::empty().with(
        "templates/order_shipped.yaml",
        text.replace("body: Your", "body: \"Your").trim_end().to_owned() + "\"\n",
    )
}

#[test]
fn reports_for_machines_carry_500_findings_of_a_file() {
    let project = many_findings().with("templates/nul.yaml", "\0".repeat(200_000));
    let report = project.lint();
    let all = report["diagnostics"].as_array().expect("a list");
    for file in ["templates/nul.yaml", "templates/order_shipped.yaml"] {
        let own: Vec<_> = all.iter().filter(|found| found["file"] == file).collect();
        assert_eq!(own.len(), 501, "{file}");
        let last = own.last().expect("an entry");
        assert_eq!(last["rule"], "findings-omitted", "{last}");
        assert_eq!(last["severity"], "error", "{last}");
        assert!(own[..500].iter().all(|found| found["rule"] != "findings-omitted"));
    }
    let errors = report["summary"]["errors"].as_u64().expect("a number");
    assert!(errors >= 200_000, "{errors}");
    let entry = all.iter().find(|found| found["rule"] == "findings-omitted").expect("an entry");
    let message = entry["message"].as_str().expect("a text");
    assert!(message.starts_with("199502 findings of this file are omitted from this report: "), "{message}");
    for format in FORMATS {
        let run = bounded(&mut project.command(&format!("lint --format {format}")), 450);
        assert_eq!(run.code, 1, "{format}");
        assert!(run.out.len() < 8_000_000, "{format}: {}", run.out.len());
        assert!(run.out.contains("findings-omitted") || format == "markdown", "{format}");
    }
}

/// Long messages and edits: the bytes are counted, and not the findings alone.
#[test]
fn reports_for_machines_have_at_most_4_mb_of_a_file() {
    let long = "é@".repeat(1_900);
    let keys: String = (0..150).map(|at| format!("# watpl: ignore[{long}{at}] because\n")).collect();
    let project = Project::empty().with("templates/order_shipped.yaml", format!("{keys}{GOOD}"));
    for format in FORMATS {
        let run = project.run(&format!("lint --format {format}"));
        assert_eq!(run.code, 1, "{}", &run.shown()[..2_000.min(run.shown().len())]);
        assert!(run.out.len() < 4_000_000, "{format}: {}", run.out.len());
    }
    let report = project.lint();
    let all = report["diagnostics"].as_array().expect("a list");
    assert!((10..150).contains(&all.len()), "{}", all.len());
    assert_eq!(all.last().expect("an entry")["rule"], "findings-omitted");
}

#[test]
fn people_see_50_findings_of_a_rule_and_file() {
    let project = many_findings();
    let run = project.run("lint");
    assert_eq!(run.code, 1);
    for rule in ["control-character", "invisible-character", "unbalanced-direction"] {
        let shown = run.out.lines().filter(|line| *line == rule).count();
        assert!(shown <= 50, "{rule}: {shown}");
    }
    let text = GOOD.replace("soon.", &format!("soon {}", "{{ order }} and ".repeat(70)));
    let text = text + &"k: x\n".repeat(60);
    let run = Project::empty().with("templates/order_shipped.yaml", text).run("lint");
    let shown = |rule: &str| run.out.lines().filter(|line| *line == rule).count();
    assert_eq!((shown("malformed-placeholder"), shown("duplicate-key")), (50, 50), "{}", run.shown());
    run.assert(1, &["more in templates/order_shipped.yaml"]);
}

#[test]
fn a_baseline_and_fixes_count_every_finding() {
    let text = GOOD.replace("soon.", &format!("soon {}", "{{ order }} and ".repeat(700)));
    let project = Project::empty().with("templates/order_shipped.yaml", text);
    project.run("lint --baseline known.json --update-baseline").assert(0, &["findings written"]);
    let known = project.run("lint --format json --baseline known.json");
    let report: serde_json::Value = serde_json::from_str(&known.out).expect("JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0), "{}", known.shown());
    project.run("lint --fix").assert(1, &["700 problems fixed in 1 file"]);
}

#[test]
fn excerpts_have_a_width_whatever_a_line_consists_of() {
    for filler in ["\t", "\u{301}", "\u{200b}", "\u{202e}", "\u{3000}"] {
        let filler = filler.repeat(20_000);
        let body = format!("body: \"a{filler}{{{{a }}}} x{filler}\"\n");
        let text = GOOD.lines().filter(|line| !line.starts_with("body")).map(|line| format!("{line}\n"));
        let text = text.chain([body]).collect::<String>();
        let project = Project::empty().with("templates/order_shipped.yaml", text);
        for arguments in ["lint", "lint --format github", "lint --format markdown", "diff"] {
            let run = project.run(arguments);
            assert!((1..=2).contains(&run.code), "{}", run.err);
            // A full report of a rule has 50 findings of a screen's width.
            assert!(run.out.len() < 400_000, "{arguments} prints {} bytes", run.out.len());
        }
        let run = project.run("lint --diff");
        assert!((0..=1).contains(&run.code), "{}", run.err);
    }
}
