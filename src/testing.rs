//! Edge cases of rules, next to the rules: texts that fail, with the expected spans in `«…»`, and texts that pass.
//!
//! `x{×1024}` stands for 1024 times the letter before it. A line `--- folder/name.yaml` begins another file. The project
//! defines the constant `shop` and asks for the language `en_US`.

use std::ops::Range;

use crate::check;
use crate::diagnostic::{Diagnostic, Rule};
use crate::lint_context::LintSettings;
use crate::model::Language;
use crate::rules;
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
        let (found, unread) = places(rule, &text);
        if let Some(message) = unread {
            wrong.push(format!("{case}\n  cannot be read: {message}"));
        } else if found != marks {
            wrong.push(format!("{case}\n  found: {}", shown(&text, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", rule.id, wrong.join("\n"));
}

/// A text without its marks, and the places that they surround.
fn marked(case: &str) -> (String, Vec<Range<usize>>) {
    let case = repeated(case);
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

/// The text with `{×3}` replaced by as many of the character before it.
fn repeated(case: &str) -> String {
    let mut parts = case.split("{×");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (count, rest) = part.split_once('}').expect("a closing brace");
        let character = text.pop().expect("a character to repeat");
        text.extend(std::iter::repeat_n(character, count.parse().expect("a number")));
        text.push_str(rest);
    }
    text
}

/// The places of the findings of a rule, in the order of the text, and the reason why the text cannot be read.
fn places(rule: &Rule, text: &str) -> (Vec<Range<usize>>, Option<String>) {
    let mut sources = Sources::default();
    let mut starts = Vec::new();
    for (path, start, part) in files(text) {
        let whole = completed(part);
        let extension = if is_dsl(part) { "watpl" } else { "yaml" };
        let path = path.map_or_else(|| format!("{}.{extension}", name(&whole)), str::to_owned);
        starts.push((sources.add(path, whole.as_str()), start));
    }
    let settings = LintSettings {
        languages: Language::new("en_US").into_iter().collect(),
        constants: Some(["shop".to_owned()].into()),
        named: [rule.id.to_owned()].into(),
        ..LintSettings::default()
    };
    let found = check::check(&sources, &settings).diagnostics;
    let own = found.iter().filter(|diagnostic| diagnostic.rule.id == rule.id);
    let place = |diagnostic: &Diagnostic| {
        let of_source = starts.iter().find(|(source, _)| *source == diagnostic.span.source);
        let (start, range) = (of_source.map_or(0, |(_, start)| *start), diagnostic.span.range());
        range.start + start..range.end + start
    };
    let mut places: Vec<_> = own.map(place).collect();
    places.sort_by_key(|place| (place.start, place.end));
    // A mistake in the text would let a case pass in which the rule sees nothing.
    let unread = found.iter().find(|diagnostic| rules::is_structural(diagnostic.rule));
    (places, unread.map(|diagnostic| diagnostic.message.clone()))
}

/// The files of a case: their paths, if any, the starts of their texts, and the texts.
fn files(text: &str) -> Vec<(Option<&str>, usize, &str)> {
    let (mut files, mut start, mut path, mut at) = (Vec::new(), 0, None, 0);
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("--- ") {
            files.push((path, start, text.get(start..at).unwrap_or_default()));
            (path, start) = (Some(next.trim_end()), at + line.len());
        }
        at += line.len();
    }
    files.push((path, start, text.get(start..).unwrap_or_default()));
    files.retain(|(path, _, text)| path.is_some() || !text.is_empty());
    files
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
        let body_elsewhere = key == "body" && (text.contains("\n    body:") || has(&text, "library"));
        if !body_elsewhere && !has(&text, key) {
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

#[cfg(test)]
mod tests {
    use super::{files, marked};

    #[test]
    fn marks_are_taken_out_after_characters_are_repeated() {
        assert_eq!(marked("«a»é{×3}«b{×2}»"), ("aééébb".to_owned(), vec![0..1, 7..9]));
        assert_eq!(marked("«{{a}}» b «c»"), ("{{a}} b c".to_owned(), vec![0..5, 8..9]));
    }

    #[test]
    fn a_case_may_hold_several_files() {
        assert_eq!(files("body: a\n"), [(None, 0, "body: a\n")]);
        let two = "--- a/b.yaml\nname: b\n--- c.watpl\ntemplate c {}\n";
        assert_eq!(
            files(two),
            [(Some("a/b.yaml"), 13, "name: b\n"), (Some("c.watpl"), 33, "template c {}\n")]
        );
    }
}
