//! The tables of Meta's numbers, words and languages, as of Graph API v26.0.
//!
//! Every number has its source next to it: the page of Meta's documentation, below its WhatsApp folder.

pub mod keys;
pub mod languages;
pub mod limits;
pub mod numbering_plan;

/// The newest Graph API version known, released 2026-07-29; the default of accounts.
pub const GRAPH_VERSION: &str = "v26.0";
