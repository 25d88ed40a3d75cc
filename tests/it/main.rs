//! One binary for all integration tests: each module is a feature.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod cli;
mod components;
mod deploy;
mod generated;
mod hostile;
mod offsets;
mod rules;
mod sandbox;
mod surfaces;
mod tidy;
