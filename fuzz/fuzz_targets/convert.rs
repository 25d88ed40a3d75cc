//! Any text, converted from each surface to the other and back: what is not refused means the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use watpl::compile::{Account, compile};
use watpl::format;
use watpl::graph::payload_json;
use watpl::source::Sources;
use watpl::syntax::Surface;
use watpl::{check, project::Settings};

fn compiled(name: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    sources.add(name, text);
    let checked = check::check(&sources, &Settings::default());
    let payloads =
        checked.templates.iter().flat_map(|template| compile(template, &Account::default()).payloads);
    payloads.map(|payload| payload_json(&payload).to_string()).collect()
}

fuzz_target!(|text: &str| {
    for (name, other, to) in
        [("fuzz.yaml", "fuzz.watpl", Surface::Dsl), ("fuzz.watpl", "fuzz.yaml", Surface::Yaml)]
    {
        let mut sources = Sources::default();
        let id = sources.add(name, text);
        if let Some(Ok(converted)) = sources.get(id).map(|source| format::convert(source, to)) {
            assert_eq!(compiled(name, text), compiled(other, &converted), "{text:?}");
        }
    }
});
