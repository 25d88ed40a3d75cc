//! `watpl status`.

use super::console::Console;
use super::deploy::{connect, listing_failure};
use super::runtime::runtime;
use super::select::{SelectArgs, find_account};
use super::{CommandError, ExitStatus};
use crate::remote::calls;
use crate::report::status as report;
use crate::workspace::now;

/// Show the status of the templates in an account.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: SelectArgs,
    /// Account in watpl.yaml [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Shown::Human)]
    format: Shown,
}

/// Output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shown {
    /// Readable text
    Human,
    /// One JSON object
    Json,
    /// A Markdown table
    Markdown,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let mut workspace = console.open()?;
    console.refuse_broken_config(&workspace, &workspace.check())?;
    let (account, place) = find_account(&workspace, args.account.as_deref())?;
    let deployed = runtime()?.block_on(async {
        let connection = connect(&workspace.root, &account, &place.kind, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        listed.map_err(|error| listing_failure(&error))
    })?;
    let deployed = args.select.filter(deployed, &mut workspace, console)?;
    console.print(&match args.format {
        Shown::Human => report::human(&deployed, &account, now(), console.terminal),
        Shown::Json => report::machine(&deployed, &account),
        Shown::Markdown => report::markdown(&deployed, &account, now()),
    })?;
    Ok(ExitStatus::Done)
}
