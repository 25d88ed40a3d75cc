//! `watpl lint`.

use std::path::PathBuf;

use super::console::Console;
use super::{Exit, Failure, Format};
use crate::diagnostic::Severity;
use crate::report::{Counts, json};

/// Check templates against the rule book.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; where the configuration says when none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let (workspace, unreadable) = console.load(&args.paths)?;
    let checked = workspace.check();
    let text = match args.format {
        Format::Human => console.findings(&workspace, &checked, Severity::Info),
        Format::Json => {
            let versions = checked.templates.iter().map(|template| template.versions.len()).sum();
            json::diagnostics(
                &workspace.sources,
                &checked.diagnostics,
                workspace.templates().count(),
                versions,
            )
        }
    };
    console.print(&text)?;
    Ok(match (unreadable.first(), Counts::of(&checked.diagnostics).errors) {
        (Some(error), _) if error.named => Exit::Usage,
        (Some(_), _) => Exit::Account,
        (None, 0) => Exit::Done,
        (None, _) => Exit::Findings,
    })
}
