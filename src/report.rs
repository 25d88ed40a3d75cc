//! What is printed: diagnostics, plans, outcomes and tables, for people and for machines.
//!
//! Every function renders to a string; [`cli`](crate::cli) writes it. Nothing from a file or from Meta gets there
//! unescaped.

pub mod audit;
pub mod commands;
pub mod doctor;
pub mod entries;
pub mod findings;
pub mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod keys;
pub mod markdown;
pub mod omitted;
pub mod outcome;
pub mod plan;
pub mod rule;
pub mod sarif;
pub mod status;
pub mod terminal;
pub mod unified;
mod word_diff;

pub use findings::{Findings, UnreadableFile};
pub use terminal::Terminal;

use crate::diagnostic::{Diagnostic, Severity};

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
    pub infos: usize,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// Counts diagnostics.
    pub fn from_diagnostics(diagnostics: &[Diagnostic]) -> Self {
        let count =
            |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}

/// A number and its noun: `1 error`, `2 errors`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
