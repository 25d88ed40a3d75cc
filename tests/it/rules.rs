//! Every rule's examples: the failing one yields this rule alone, the passing one nothing, and a safe fix leaves nothing.

use watpl::check;
use watpl::diagnostic::{Diagnostic, Rule, Safety};
use watpl::lint_context::LintSettings;
use watpl::model::Language;
use watpl::rules;
use watpl::source::{Source, Sources, Span};

struct Example {
    surface: String,
    fails: bool,
    whole: bool,
    asks: bool,
    text: String,
}

/// The fenced examples of a rule: ` ```yaml fails`, ` ```watpl passes`. `whole` is not completed, `asks` is
/// linted in a project that asks for `en_US` and `fa`; a number stands for a body of so many characters.
fn examples(rule: &Rule) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for line in rule.doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(example)) => examples.push(example),
            (Some(head), None) => {
                let words: Vec<&str> = head.split_whitespace().collect();
                open = Some(Example {
                    surface: words[0].to_owned(),
                    fails: words.contains(&"fails"),
                    whole: words.contains(&"whole"),
                    asks: words.contains(&"asks"),
                    text: String::new(),
                });
                assert!(words.contains(&"fails") || words.contains(&"passes"), "{}: ```{head}", rule.id);
            }
            (None, Some(mut example)) => {
                let length = words_number(rule, line);
                example.text.push_str(&line.replace("body: X", &length));
                example.text.push('\n');
                open = Some(example);
            }
            (None, None) => {}
        }
    }
    examples
}

fn words_number(rule: &Rule, line: &str) -> String {
    let fence = rule.doc.lines().find_map(|line| line.trim().strip_prefix("```yaml fails "));
    match fence.and_then(|rest| rest.parse::<usize>().ok()) {
        Some(length) if line == "body: X" => {
            format!("body: {}", "word ".repeat(length / 5 + 1)[..length].trim_end().to_owned() + "s")
        }
        _ => line.to_owned(),
    }
}

/// What an example leaves out because the rule does not look at it. A line `--- name.yaml` begins another file.
fn complete(example: &Example) -> Vec<(String, String)> {
    let mut files = vec![(String::new(), String::new())];
    for line in example.text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            files.push((name.to_owned(), String::new()));
        } else {
            let last = files.last_mut().expect("never empty");
            last.1.push_str(line);
            last.1.push('\n');
        }
    }
    files.retain(|(name, text)| !(name.is_empty() && text.is_empty()));
    files.into_iter().map(|(name, text)| complete_file(example, name, text)).collect()
}

fn complete_file(example: &Example, name: String, mut text: String) -> (String, String) {
    let stem = text.lines().find_map(|line| {
        let name = line.strip_prefix("name: ").or_else(|| line.strip_prefix("template "))?;
        name.split_whitespace().next()
    });
    let stem = stem.unwrap_or("order_shipped").to_owned();
    let name = if name.is_empty() { format!("{stem}.{}", example.surface) } else { name };
    if example.surface == "watpl" && !example.whole && !text.contains("language") {
        text = text.replacen("{\n", "{\n  language en_US\n", 1);
    }
    if example.surface == "watpl" || example.whole {
        return (name, text);
    }
    let has = |text: &str, key: &str| text.lines().any(|line| line.starts_with(&format!("{key}:")));
    let authentication = text.contains("category: authentication");
    for (key, line) in [
        ("name", format!("name: {stem}\n")),
        ("category", "category: utility\n".to_owned()),
        (
            "body",
            if authentication {
                "body: { add_security_recommendation: true }\n".to_owned()
            } else {
                "body: Your order is on its way to the address that you gave us.\n".to_owned()
            },
        ),
    ] {
        let in_languages = key == "body" && text.contains("\n    body:");
        if !has(&text, key) && !in_languages {
            text.push_str(&line);
        }
    }
    if !has(&text, "language") && !has(&text, "languages") {
        text.push_str("language: en_US\n");
    }
    (name, text)
}

fn lint(rule: &Rule, files: &[(String, String)], asks: bool) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(name.as_str(), text.as_str());
    }
    let settings = LintSettings {
        languages: if asks {
            ["en_US", "fa"].iter().filter_map(|code| Language::new(code)).collect()
        } else {
            Vec::new()
        },
        constants: Some(["shop".to_owned()].into()),
        named: [rule.id.to_owned()].into(),
        ..LintSettings::default()
    };
    let checked = check::check(&sources, &settings);
    (sources, checked.diagnostics)
}

fn show(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let source = sources.get(diagnostic.span.source).expect("a known source");
        format!("{}: {} at {:?}", diagnostic.rule.id, diagnostic.message, source.slice(diagnostic.span))
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn span_is_inside(source: &Source, span: Span) -> bool {
    let text = source.text();
    text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize)
}

#[test]
fn every_rule_has_examples_that_hold() {
    let mut broken = Vec::new();
    for rule in rules::all() {
        let examples = examples(rule);
        // Two states are needed for these, and tests/it/pull/breaking.rs holds them.
        let of_change = rules::contract::RULES.iter().any(|own| own.id == rule.id);
        // What these are about is not in one file, or too large for a page.
        let exempt = of_change
            || matches!(
                rule.id,
                "control-character"
                    | "findings-omitted"
                    | "media-file"
                    | "not-utf8"
                    | "refused-by-meta"
                    | "size-limit"
            );
        for fails in [true, false] {
            if !exempt && !examples.iter().any(|example| example.fails == fails) {
                broken.push(format!("{} lacks an example that fails: {fails}", rule.id));
            }
        }
        let of_one_state = examples.iter().filter(|example| example.surface != "diff");
        broken.extend(of_one_state.filter_map(|example| problem(rule, example)));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

/// What is wrong with an example: it yields its rule alone or nothing, and a safe fix mends it.
fn problem(rule: &Rule, example: &Example) -> Option<String> {
    let files = complete(example);
    let (sources, diagnostics) = lint(rule, &files, example.asks);
    for diagnostic in &diagnostics {
        let source = sources.get(diagnostic.span.source).expect("a known source");
        assert!(span_is_inside(source, diagnostic.span), "{}: {:?}", rule.id, diagnostic.span);
    }
    let found = show(&sources, &diagnostics);
    let own = diagnostics.iter().all(|diagnostic| diagnostic.rule.id == rule.id);
    match (example.fails, diagnostics.is_empty()) {
        (true, true) => Some(format!("the failing example of {} passes:\n{files:#?}", rule.id)),
        (true, false) if !own => {
            Some(format!("the failing example of {} yields others:\n{found}\n{files:#?}", rule.id))
        }
        (true, false) => left_by_fix(rule, files, &diagnostics),
        (false, false) => Some(format!("the passing example of {} fails:\n{found}\n{files:#?}", rule.id)),
        (false, true) => None,
    }
}

fn left_by_fix(rule: &Rule, files: Vec<(String, String)>, diagnostics: &[Diagnostic]) -> Option<String> {
    let fixes: Vec<_> = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).collect();
    if fixes.is_empty() || fixes.iter().any(|fix| fix.safety != Safety::Safe) || files.len() > 1 {
        return None;
    }
    let (name, mut text) = files.into_iter().next().expect("one file");
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| fix.edits.iter()).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    let (sources, left) = lint(rule, &[(name, text.clone())], false);
    (!left.is_empty()).then(|| format!("the fix of {} leaves:\n{}\n{text}", rule.id, show(&sources, &left)))
}

#[test]
fn messages_keep_to_the_wording_guide() {
    for rule in rules::all() {
        assert!(
            rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            rule.id
        );
        assert!(rule.summary().ends_with('.'), "{}: the summary is a sentence", rule.id);
        for example in examples(rule).iter().filter(|example| example.fails && example.surface != "diff") {
            let (_, diagnostics) = lint(rule, &complete(example), example.asks);
            for diagnostic in diagnostics {
                let first = diagnostic.message.chars().next().expect("a message");
                assert!(!first.is_uppercase(), "{}: {}", rule.id, diagnostic.message);
                assert!(!diagnostic.message.ends_with('.'), "{}: {}", rule.id, diagnostic.message);
                assert!(!diagnostic.message.contains('\n'), "{}: {}", rule.id, diagnostic.message);
                assert!(diagnostic.help.is_some(), "{} says what is wrong and not what to do", rule.id);
            }
        }
    }
}
