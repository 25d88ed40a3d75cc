//! `watpl explain`.

use super::console::Console;
use super::rules::select;
use super::{CommandError, ExitStatus, OutputFormat};
use crate::diagnostic::Rule;
use crate::report::{json, rule};

/// Explain lint rules, with examples.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Rule ids or patterns such as `placeholder-*`; lists all rules if omitted
    #[arg(value_name = "RULE")]
    rules: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let found = select(&args.rules)?;
    let text = match args.format {
        OutputFormat::Json => json::rules(&found, json::Detail::Pages),
        OutputFormat::Human if args.rules.is_empty() => rule::list(&found, console.terminal),
        OutputFormat::Human => found.iter().map(|found| page(found)).collect::<Vec<_>>().join("\n"),
    };
    console.print(&text)?;
    Ok(ExitStatus::Done)
}

/// A rule's page, and where it is to be read by others.
fn page(found: &Rule) -> String {
    format!("{}- this page: <{}>\n", rule::page(found), found.url())
}
