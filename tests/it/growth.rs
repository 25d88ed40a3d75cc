//! How work grows with the input: counted in steps, not in time. Twice the input takes at most about twice the steps.
//!
//! Walks over user input count their steps (`watpl::work`) in builds with debug assertions, as tests are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use watpl::baseline::Baseline;
use watpl::check;
use watpl::compile::{AccountContext, compile};
use watpl::config;
use watpl::diagnostic::Safety;
use watpl::fix;
use watpl::format;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;
use watpl::syntax::SourceFormat;
use watpl::syntax::text::{Brackets, parse};
use watpl::work;

/// The sizes that are compared.
const SIZES: [usize; 3] = [500, 1_000, 2_000];

/// Runs something on inputs of growing size, and holds the steps to the size.
#[track_caller]
fn linear(what: &str, input: impl Fn(usize) -> String, run: impl Fn(&str)) {
    let steps = SIZES.map(|size| {
        let text = input(size);
        work::measure(|| run(&text)).1
    });
    // Something has to be counted, or nothing is tested.
    let least = SIZES.map(|size| size as u64 / 2);
    assert!(steps.iter().zip(least).all(|(steps, least)| *steps >= least), "{what}: {steps:?}");
    // A logarithm is allowed: eleven steps of a search where there were ten.
    assert!(steps[1] * 10 <= steps[0] * 24 && steps[2] * 10 <= steps[1] * 24, "{what}: {steps:?}");
}

fn checked(name: &str, text: &str, constants: Option<&str>) -> check::Checked {
    let mut sources = Sources::default();
    sources.add(name, text);
    let constants = constants.map(|constants| constants.split(' ').map(str::to_owned).collect());
    check::check(&sources, &LintSettings { constants, ..LintSettings::default() })
}

fn lint(text: &str) {
    checked("note.yaml", text, None);
}

fn compiled(text: &str) {
    for template in checked("note.yaml", text, None).templates {
        compile(&template, &AccountContext::default());
        watpl::manifest::manifest("own", [&template]);
    }
}

/// A line for each number below a size.
fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{}", line(number));
        all
    })
}

const HEAD: &str = "name: note\ncategory: utility\nlanguage: en_US\n";

fn variables(size: usize) -> String {
    let body = lines(size, |number| format!("{{{{v{number}}}}} and "));
    let declared = lines(size, |number| format!("  v{number}: x{number}\n"));
    format!("{HEAD}body: \"Hello {body}more of it\"\nvariables:\n{declared}")
}

#[test]
fn variables_of_one_body() {
    for format in ["", "parameter_format: named\n"] {
        let text = |size| variables(size) + format;
        linear("lint", text, lint);
        linear("compile", text, compiled);
    }
    // Not declared, declared and not used, without a sample.
    linear("undeclared", |size| variables(size).replace("  v", "  w"), lint);
    linear("unused", |size| variables(size).replace("{{v", "{{w"), compiled);
    linear("no samples", |size| variables(size).replace(": x", ": # "), lint);
    linear("single braces", |size| variables(size).replace("{{", "{").replace("}}", "}"), lint);
    linear("other engines", |size| variables(size).replace("{{", "[[").replace("}}", "]]"), lint);
    linear("blanks", |size| variables(size).replace("{{", "{{ "), lint);
}

#[test]
fn variables_of_many_languages() {
    let text = |size: usize| {
        let body = lines(size, |number| format!("{{{{v{number}}}}} and "));
        let declared = lines(size, |number| format!("  v{number}: x\n"));
        let samples = lines(size, |number| format!("v{number}: y, "));
        format!(
            "name: note\ncategory: utility\nvariables:\n{declared}languages:\n  en_US: {{ body: \"Hi {body} you\", samples: {{ {samples} }} }}\n  fr: {{ body: \"Oui {body} vous\", samples: {{ {samples} }} }}\n  de: {{ body: Hallo an dich }}\n"
        )
    };
    linear("lint", text, lint);
    linear("compile", text, compiled);
    // Each language lacks each variable, and names twenty of them.
    let found = checked("note.yaml", &text(2_000), None).diagnostics;
    let found = found.iter().filter(|found| found.rule.id == "variable-not-in-every-language");
    let messages: Vec<_> = found.map(|found| found.message.as_str()).collect();
    assert_eq!(messages.len(), 21);
    assert!(messages.contains(&"1980 more variables are not used in `de`"), "{messages:?}");
}

#[test]
fn suppressions() {
    let apart = |size| {
        lines(size, |number| {
            format!("# watpl: ignore[placeholder-at-edge] because {number}\nk{number}: \"{{{{x}}}}\"\n")
        })
    };
    linear("one above each key", |size| format!("{HEAD}{}body: Hello you there\n", apart(size)), lint);
    let stacked = |size: usize| {
        let comments = "# watpl: ignore[malformed-placeholder] because\n".repeat(size);
        format!("{HEAD}{comments}body: \"Hello {}you there\"\n", "{{ x }} and ".repeat(size))
    };
    linear("many above one key", stacked, lint);
    let buttons = |size: usize| {
        let button = "  # watpl: ignore[malformed-placeholder] because\n  - \"Go {{ x }} on\"\n";
        format!(
            "{HEAD}body: Hello you there\n# watpl: ignore[malformed-placeholder] all\nbuttons:\n{}",
            button.repeat(size)
        )
    };
    linear("inside of another", buttons, lint);
}

#[test]
fn unknown_rules_and_constants() {
    let read = |text: &str| {
        let mut sources = Sources::default();
        let id = sources.add("watpl.yaml", text);
        let mut diagnostics = Vec::new();
        config::read(sources.get(id).expect("just added"), &mut diagnostics);
        assert!(diagnostics.len() <= 21, "{}", diagnostics.len());
        // Reading is one walk; it is counted by its findings.
        work::steps(text.lines().count());
    };
    linear(
        "lint.rules",
        |size| format!("lint:\n  rules:\n{}", lines(size, |number| format!("    rule-{number}: off\n"))),
        read,
    );
    let constants = lines(2_000, |number| format!("c{number} "));
    let body =
        |size| format!("{HEAD}body: \"Hello {}you\"\n", lines(size, |number| format!("${{d{number}}} and ")));
    linear("constants", body, |text| drop(checked("note.yaml", text, Some(&constants))));
}

#[test]
fn signs_that_begin_nothing() {
    for sign in
        ["<", "{", "}", "<<a", "{{a", "{{ ", "<< ", "<{", "${", "\\", "*_", "｛", "｛a", "｛｝", "<<>>", "{a"]
    {
        let body = |size: usize| sign.repeat(size);
        let pieces = |text: &str| {
            let pieces = parse(text);
            // A run of them is one piece, and still one walk.
            work::steps(pieces.len().max(text.chars().count()));
        };
        linear(sign, body, pieces);
        let formatted = |text: &str| {
            for (name, to) in [("note.yaml", SourceFormat::Yaml), ("note.watpl", SourceFormat::Dsl)] {
                let mut sources = Sources::default();
                let text = match to {
                    SourceFormat::Yaml => format!("{HEAD}body: 'Hello you {text} x'\n"),
                    SourceFormat::Dsl => format!(
                        "template note {{\n  category utility\n  language en_US\n  body \"Hello {text} x\"\n}}\n"
                    ),
                };
                work::steps(text.len());
                let id = sources.add(name, text);
                let source = sources.get(id).expect("just added");
                let _ = format::write(source, to, Some(Brackets::Angles));
            }
        };
        linear(sign, body, formatted);
    }
}

#[test]
fn nested_raw_in_the_dsl() {
    let nested = |size: usize| {
        let items = format!("{}x{}", "[{a: ".repeat(14), "}]".repeat(14));
        format!(
            "{HEAD}body: Hello you there\nraw:\n{}",
            format!("  - {{ type: x, y: {items} }}\n").repeat(size / 50)
        )
    };
    linear("wide", nested, |text| {
        let mut sources = Sources::default();
        let id = sources.add("note.yaml", text);
        drop(
            format::convert(sources.get(id).expect("just added"), SourceFormat::Dsl)
                .expect("it is converted"),
        );
    });
    let steps = [8, 16, 24, 32].map(|depth| {
        let text = format!(
            "{HEAD}body: Hello you there\nraw: [{}{}{}]\n",
            "{a: ".repeat(depth),
            "x".repeat(150),
            "}".repeat(depth)
        );
        let mut sources = Sources::default();
        let id = sources.add("note.yaml", text);
        let convert = || format::convert(sources.get(id).expect("just added"), SourceFormat::Dsl);
        let (converted, steps) = work::measure(convert);
        assert!(converted.is_ok(), "{converted:?}");
        steps
    });
    assert!(steps[0] > 0 && steps[3] < 16 * steps[0], "{steps:?}");
}

#[test]
fn fixes_and_baselines() {
    let text = |size: usize| {
        format!("{HEAD}body: \"Hello {}you there\"\nvariables: {{ x: y }}\n", "{{ x }} and ".repeat(size))
    };
    linear("fixes", text, |text| {
        let mut sources = Sources::default();
        let id = sources.add("note.yaml", text);
        let look = |source: &watpl::source::Source| {
            check::file(source, "note.yaml", &LintSettings::default(), &|_| BTreeMap::new()).diagnostics
        };
        let fixed = fix::until_stable(sources.get(id).expect("just added"), Safety::Safe, &look);
        assert!(fixed.is_some_and(|fixed| fixed.count > 0));
    });
    linear("baseline", text, |text| {
        let mut sources = Sources::default();
        sources.add("note.yaml", text);
        let mut found = check::check(&sources, &LintSettings::default()).diagnostics;
        let name = |_| "note.yaml".to_owned();
        let mut baseline = Baseline::from_diagnostics(&sources, &found, &name);
        baseline.retain_new(&sources, &mut found, &name);
        assert!(found.is_empty());
    });
}

#[test]
fn languages_that_multiply_are_limited() {
    let codes = |count: usize| vec!["en_US"; count].join(", ");
    let limited = |text: &str| {
        let found = checked("note.yaml", text, None);
        let message = found.diagnostics.iter().find(|found| found.rule.id == "size-limit");
        (found.templates[0].versions.len(), message.map(|found| found.message.clone()))
    };
    let (versions, message) =
        limited(&format!("name: note\ncategory: utility\nlanguages: [{}]\nbody: Hello\n", codes(5_000)));
    assert_eq!(versions, 200);
    assert_eq!(message.as_deref(), Some("the template has 5000 languages (at most 200 allowed)"));
    let body = "x".repeat(500_000);
    let (versions, message) =
        limited(&format!("name: note\ncategory: utility\nlanguages: [{}]\nbody: {body}\n", codes(100)));
    assert_eq!(versions, 8);
    assert_eq!(message.as_deref(), Some("the languages of this template inherit more than 4 MiB"));
    // An alias of a long text, many times.
    let aliases = "*a, ".repeat(2_000);
    let text = format!("{HEAD}body: &a \"{body}\"\nbuttons: [{aliases}]\n");
    let found = checked("note.yaml", &text, None).diagnostics;
    assert!(found.iter().any(|found| found.message == "aliases expand to more than 1024 KiB of text"));
}
