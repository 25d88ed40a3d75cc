//! `watpl status`.

use super::console::Console;
use super::deploy::{connect, listing_failure, refuse_broken_config, runtime};
use super::select::find_account;
use super::{Exit, Failure, Format};
use crate::remote::calls;
use crate::report::status as report;

/// Show where an account's templates stand.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Templates by name; all when none is given
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The account, instead of the default one
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let workspace = console.open()?;
    refuse_broken_config(&workspace, &workspace.check(), console)?;
    let (account, place) = find_account(&workspace, args.account.as_deref())?;
    let mut deployed = runtime()?.block_on(async {
        let connection = connect(&workspace.root, &place.place, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        listed.map_err(|error| listing_failure(&error))
    })?;
    deployed.retain(|deployed| args.names.is_empty() || args.names.contains(&deployed.key.name));
    deployed.sort_by(|a, b| a.key.cmp(&b.key));
    console.print(&match args.format {
        Format::Human => report::human(&deployed, &account, console.terminal),
        Format::Json => report::machine(&deployed, &account),
    })?;
    Ok(Exit::Done)
}
