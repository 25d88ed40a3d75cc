//! One binary for all integration tests: each module is a feature.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod across;
mod authoring;
mod category;
mod ci;
mod cli;
mod component_page;
mod components;
mod corpus;
mod cycles;
mod deploy;
mod dialling;
mod differential;
mod docs;
mod dsl;
mod entries;
mod fmt;
mod formats;
mod generated;
mod growth;
mod hostile;
#[cfg(unix)]
mod hostile_repositories;
mod human;
mod import;
mod language;
mod normal;
mod offsets;
mod pull;
mod refusals;
mod release;
mod robustness;
mod rules;
mod run;
mod schema;
mod support;
mod surfaces;
mod tidy;
mod verdicts;
mod wording;

/// How many cases a property is tried on: few, so that the tests are run often; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    const FEW: u32 = 200;
    std::env::var("PROPTEST_CASES").ok().map_or(FEW, |cases| cases.parse().expect("a number of cases"))
}
