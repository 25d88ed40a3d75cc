//! The formats of `watpl lint`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::CommandError;
use crate::cli::console::Console;
use crate::report::commands::{self, Escape};
use crate::report::{Findings, github, gitlab, human, json, jsonl, junit, markdown, sarif};
use crate::secrets;

/// Output format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LintFormat {
    /// Readable text
    Human,
    /// One JSON object
    Json,
    /// One JSON object per line, the summary last
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub Actions annotations and a job summary
    Github,
    /// GitLab code quality report
    Gitlab,
    /// JUnit XML
    Junit,
    /// A Markdown table
    Markdown,
}

impl LintFormat {
    /// The text to print.
    pub(super) fn render(self, findings: &Findings<'_>, console: &Console) -> String {
        match self {
            Self::Human => {
                human::diagnostics(findings.sources, findings.diagnostics, console.terminal)
                    + &human::summary(
                        findings.templates,
                        findings.versions,
                        findings.counts(),
                        console.terminal,
                    )
            }
            Self::Json => json::diagnostics(findings),
            Self::Jsonl => jsonl::render(findings),
            Self::Sarif => sarif::render(findings),
            Self::Github => {
                summarise(findings, console);
                github::render(findings)
            }
            Self::Gitlab => gitlab::render(findings),
            Self::Junit => junit::render(findings),
            Self::Markdown => markdown::render(findings),
        }
    }

    /// Prints what was rendered. Only the annotations of GitHub are commands on purpose.
    pub(in crate::cli) fn print(self, text: &str, console: &Console) -> Result<(), CommandError> {
        if self == Self::Github { console.print_commands(text) } else { console.print(text) }
    }

    /// The root that the service counts paths from. Only its runners say where that is.
    pub(super) fn repository(self) -> Option<PathBuf> {
        match self {
            Self::Github | Self::Sarif => environment("GITHUB_WORKSPACE"),
            Self::Gitlab => environment("CI_PROJECT_DIR"),
            _ => None,
        }
    }
}

/// Adds to the summary of the job, because GitHub shows ten annotations of a step. A summary that cannot be written
/// changes nothing about the findings.
fn summarise(findings: &Findings<'_>, console: &Console) {
    let Some(path) = environment("GITHUB_STEP_SUMMARY") else { return };
    if let Err(error) = append(&path, &commands::escape(&markdown::render(findings), Escape::Text)) {
        console.warn(&format!("the job summary cannot be written: {error}"));
    }
}

#[expect(clippy::disallowed_methods, reason = "the CI service names its summary file in the environment")]
fn append(path: &Path, text: &str) -> std::io::Result<()> {
    secrets::refuse(text)?;
    let mut file = std::fs::File::options().append(true).create(true).open(path)?;
    writeln!(file, "{text}")
}

#[expect(clippy::disallowed_methods, reason = "the command line is the edge that knows the environment")]
fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
