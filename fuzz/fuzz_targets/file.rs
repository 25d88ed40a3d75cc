//! Any bytes as a file: parsed, lowered, linted and compiled without a panic, and every place lies in the file.

use watpl::compile::{Account, compile};
use watpl::graph::payload_json;
use watpl::project::Settings;
use watpl::source::Sources;
use watpl::{check, syntax};

/// Puts the bytes through everything under a name, whose ending says in which surface.
pub fn survives(name: &str, bytes: &[u8]) {
    let (text, problem) = syntax::decode(bytes.to_vec());
    let mut sources = Sources::default();
    let id = match problem {
        None => sources.add(name, text.as_str()),
        Some(_) => sources.add_truncated(name, text.as_str()),
    };
    let checked = check::check(&sources, &Settings::default());
    for found in &checked.diagnostics {
        let range = found.span.range();
        assert_eq!(found.span.source, id);
        assert!(text.get(range.clone()).is_some(), "{} points at {range:?}", found.rule.id);
    }
    for template in &checked.templates {
        for payload in compile(template, &Account::default()).payloads {
            let _ = payload_json(&payload);
        }
    }
}
