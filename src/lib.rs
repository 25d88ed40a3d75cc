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

pub mod check;
pub mod diagnostic;
pub mod lint;
pub mod lower;
pub mod model;
pub mod platform;
pub mod rules;
pub mod source;
pub mod syntax;
