//! One binary for all integration tests: each module is a feature.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking"
)]

mod rules;
mod sandbox;
