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
//! # Public API
//!
//! The three main calls are [`check()`], [`compile()`] and [`plan()`]; [`lint_project()`] runs only the rules that
//! compare templates. The names below are the public API. The modules are public for watpl's own tests, benchmarks
//! and fuzz targets; they are hidden here and change without notice.
//!
//! Without default features the crate has nothing that reads a file, a clock or the network:
//! `watpl = { version = "0.1", default-features = false }`.
//!
//! ```
#![doc = include_str!("../examples/library.rs")]
//! ```

pub use check::{Checked, check};
pub use compile::{AccountContext, Compiled, compile};
pub use diagnostic::{Diagnostic, Edit, Fix, Label, Rule, Severity};
pub use graph::payload_json;
pub use lint::project as lint_project;
pub use lint_context::LintSettings;
pub use lock::Applied;
pub use model::Template;
pub use payload::{Deployed, Payload};
pub use plan::{Action, Desired, Plan, PlanInput, PlanOptions, plan};
pub use source::{Position, Source, SourceId, Sources, Span};

#[doc(hidden)]
pub mod api_error;
#[cfg(feature = "remote")]
#[doc(hidden)]
pub mod apply;
#[doc(hidden)]
pub mod audit;
#[doc(hidden)]
pub mod baseline;
#[doc(hidden)]
pub mod breaking;
#[doc(hidden)]
pub mod canonical;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod doctor;
#[doc(hidden)]
pub mod duration;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod format;
#[doc(hidden)]
pub mod gallery;
#[doc(hidden)]
pub mod graph;
#[doc(hidden)]
pub mod hash;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod language_detection;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod lint_context;
#[doc(hidden)]
pub mod lock;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod manifest;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod pattern;
#[doc(hidden)]
pub mod payload;
mod phone;
#[doc(hidden)]
pub mod phrases;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod platform;
#[cfg(feature = "remote")]
#[doc(hidden)]
pub mod remote;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod scaffold;
#[doc(hidden)]
pub mod schema;
#[cfg(feature = "remote")]
#[doc(hidden)]
pub mod secrets;
#[doc(hidden)]
pub mod selection;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod syntax;
#[cfg(test)]
mod testing;
mod text;
#[doc(hidden)]
pub mod trust;
mod url_host;
#[doc(hidden)]
pub mod work;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod workspace;
