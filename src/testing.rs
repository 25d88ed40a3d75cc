//! Edge cases of rules, next to the rules: texts that fail, with the expected spans in `«…»`, and texts that pass.

use std::ops::Range;

use crate::check;
use crate::diagnostic::Rule;
use crate::lint_context::LintSettings;
use crate::source::Sources;

/// Lints each text, completed to a template, and compares the places of the rule's findings with the marks in it.
#[track_caller]
pub(crate) fn hold(rule: &Rule, fails: &[&str], passes: &[&str]) {
    assert!(!fails.is_empty() && !passes.is_empty(), "{} needs cases of both kinds", rule.id);
    let mut wrong = Vec::new();
    for case in fails.iter().chain(passes) {
        let (text, marks) = marked(case);
        let should_fail = fails.contains(case);
        assert_eq!(!marks.is_empty(), should_fail, "{}: only failing cases have marks: {case}", rule.id);
        let found = places(rule, &text);
        if found != marks {
            wrong.push(format!("{case}\n  found: {}", shown(&text, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", rule.id, wrong.join("\n"));
}

/// A text without its marks, and the places that they surround.
fn marked(case: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for part in case.split('«') {
        match part.split_once('»') {
            Some((inner, rest)) => {
                marks.push(text.len()..text.len() + inner.len());
                text.push_str(inner);
                text.push_str(rest);
            }
            None => text.push_str(part),
        }
    }
    (text, marks)
}

/// Where the rule finds something, in the order of the text.
fn places(rule: &Rule, text: &str) -> Vec<Range<usize>> {
    let mut sources = Sources::default();
    let whole = completed(text);
    let extension = if is_dsl(text) { "watpl" } else { "yaml" };
    sources.add(format!("{}.{extension}", name(&whole)), whole.as_str());
    let settings = LintSettings {
        constants: Some(["shop".to_owned()].into()),
        named: [rule.id.to_owned()].into(),
        ..LintSettings::default()
    };
    let found = check::check(&sources, &settings).diagnostics;
    let own = found.iter().filter(|diagnostic| diagnostic.rule.id == rule.id);
    let mut places: Vec<_> = own.map(|diagnostic| diagnostic.span.range()).collect();
    places.sort_by_key(|place| place.start);
    places
}

fn is_dsl(text: &str) -> bool {
    text.starts_with("template ")
}

/// The text with the keys that every template has, at its end so that places stay the same.
fn completed(text: &str) -> String {
    let mut text = text.trim_end().to_owned() + "\n";
    if is_dsl(&text) {
        return text;
    }
    let has = |text: &str, key: &str| text.lines().any(|line| line.starts_with(&format!("{key}:")));
    let body = if text.contains("category: authentication") {
        "body: { add_security_recommendation: true }\n"
    } else {
        "body: Your order is on its way to the address that you gave us.\n"
    };
    for (key, line) in
        [("name", "name: order_shipped\n"), ("category", "category: utility\n"), ("body", body)]
    {
        if !has(&text, key) && !(key == "body" && text.contains("\n    body:")) {
            text.push_str(line);
        }
    }
    if !has(&text, "language") && !has(&text, "languages") {
        text.push_str("language: en_US\n");
    }
    text
}

fn name(text: &str) -> &str {
    let named = text.lines().find_map(|line| line.strip_prefix("name: ").or(line.strip_prefix("template ")));
    named.and_then(|rest| rest.split_whitespace().next()).unwrap_or("order_shipped")
}

fn shown(text: &str, places: &[Range<usize>]) -> String {
    let mut shown = text.to_owned();
    for place in places.iter().rev().filter(|place| place.end <= text.len()) {
        shown.insert(place.end, '»');
        shown.insert(place.start, '«');
    }
    if places.is_empty() { "nothing".to_owned() } else { shown }
}
