//! The language reference: its examples lint clean, and both surfaces of a pair mean the same.

use serde_json::Value;
use watpl::compile::{AccountContext, compile};
use watpl::graph::payload_json;
use watpl::lint_context::LintSettings;
use watpl::source::Sources;
use watpl::{check, diagnostic::Severity};

/// The fenced examples, in order: surface and text.
fn examples() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/language.md");
    let text = std::fs::read_to_string(path).expect("docs/language.md");
    let mut parts = text.split("```");
    parts.next();
    let fences = parts.step_by(2).filter_map(|part| part.split_once('\n'));
    let examples = fences.filter(|(surface, _)| matches!(*surface, "yaml" | "watpl"));
    examples.map(|(surface, text)| (surface.to_owned(), text.to_owned())).collect()
}

const BODY: &str = "Your order is on its way to the address that you gave us.";

/// What an example leaves out because it speaks of something else.
fn complete(surface: &str, text: &str) -> String {
    let has = |word: &str| text.lines().any(|line| line.starts_with(word));
    match surface {
        "yaml" if has("name:") => text.to_owned(),
        "yaml" => {
            let body = if has("body") { String::new() } else { format!("body: {BODY}\n") };
            let category = if has("category") { "" } else { "category: utility\n" };
            format!("name: order_shipped\n{category}language: en_US\n{body}{text}")
        }
        _ if has("template ") => text.to_owned(),
        _ => {
            let body = if has("body") { String::new() } else { format!("body \"{BODY}\"\n") };
            let category = if has("category") { "" } else { "category utility\n" };
            format!("template order_shipped {{\n{category}language en_US\n{body}{text}}}\n")
        }
    }
}

/// The payloads of an example, after it was linted.
fn payloads(surface: &str, text: &str) -> Vec<Value> {
    let text = complete(surface, text);
    let mut sources = Sources::default();
    let name = text.lines().find_map(|line| line.strip_prefix("name: ").or(line.strip_prefix("template ")));
    let name = name.and_then(|rest| rest.split(' ').next()).expect("a name");
    sources.add(format!("{name}.{surface}"), text.as_str());
    let checked = check::check(&sources, &LintSettings::default());
    // The page says itself that this is a way out.
    let allowed = |id: &str| id == "raw-component";
    let found = checked.diagnostics.iter();
    let found = found.filter(|found| found.severity != Severity::Info && !allowed(found.rule.id));
    let found: Vec<_> = found.map(|found| format!("{}: {}", found.rule.id, found.message)).collect();
    assert!(found.is_empty(), "{found:#?}\n{text}");
    let account =
        AccountContext { constants: [("shop", "https://shop.example")].into(), ..AccountContext::default() };
    let compiled = compile(&checked.templates[0], &account);
    compiled.payloads.iter().map(payload_json).collect()
}

#[test]
fn the_examples_hold_and_both_surfaces_mean_the_same() {
    let examples = examples();
    assert!(examples.len() >= 16);
    for pair in examples.chunks(2) {
        let surfaces: Vec<_> = pair.iter().map(|(surface, _)| surface.as_str()).collect();
        assert_eq!(surfaces, ["yaml", "watpl"], "{pair:#?}");
        let [yaml, dsl] = [0, 1].map(|index| payloads(&pair[index].0, &pair[index].1));
        assert!(!yaml.is_empty());
        assert_eq!(yaml, dsl, "{pair:#?}");
    }
}
