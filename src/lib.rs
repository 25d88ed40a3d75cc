//! A compiler, linter and deploy tool for WhatsApp message templates.
//!
//! ```text
//!             files                                                    account (Graph API)
//!               |                                                            ^      |
//!           workspace                                                     remote  remote
//!               v                                                            |      v
//!   Source -> syntax -> Tree -> lower -> Template -> compile -> Payload --> plan <- Deployed
//!                \               \          |                              |  <- Applied (lock)
//!                 \               \       lint                             Plan
//!                  v               v        v                               |
//!                   ------  Diagnostic  -----                             apply -> Outcome
//!                                |                                          |
//!                             report                                     report
//! ```
//!
//! Everything between the edges is a pure function between named types. Parsing and lowering never fail: they
//! return a value and a list of diagnostics.
//!
//! Without default features the crate is that core alone, with nothing that reads a file, a clock or the network:
//! `watpl = { version = "0.1", default-features = false }`. The three main calls are [`check::check`],
//! [`compile::compile`] and [`plan::plan`]:
//!
//! ```
#![doc = include_str!("../examples/library.rs")]
//! ```

pub mod api_error;
#[cfg(feature = "remote")]
pub mod apply;
pub mod audit;
pub mod baseline;
pub mod breaking;
pub mod canonical;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod config;
pub mod diagnostic;
pub mod doctor;
pub mod duration;
pub mod fix;
pub mod format;
pub mod gallery;
pub mod graph;
pub mod hash;
pub mod import;
pub mod lint;
pub mod lint_context;
pub mod lock;
pub mod lower;
pub mod manifest;
pub mod model;
pub mod pattern;
pub mod payload;
pub mod plan;
pub mod platform;
#[cfg(feature = "remote")]
pub mod remote;
#[cfg(feature = "cli")]
pub mod report;
pub mod rules;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod scaffold;
pub mod schema;
#[cfg(feature = "remote")]
pub mod secrets;
pub mod selection;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod trust;
#[doc(hidden)]
pub mod work;
#[cfg(feature = "cli")]
pub mod workspace;
