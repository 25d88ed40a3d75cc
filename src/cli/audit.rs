//! `watpl audit`.

use clap::ValueEnum;

use super::console::Console;
use super::deploy::{connect, listing_failure};
use super::runtime::runtime;
use super::select::find_account;
use super::{CommandError, ExitStatus};
use crate::audit;
use crate::remote::calls;
use crate::report::audit as report;

/// Check the templates in an account with the lint rules.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Template names [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Account in watpl.yaml [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    format: AuditFormat,
}

/// Output format: without files, formats that are about files mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    /// Readable text
    Human,
    /// One JSON object
    Json,
    /// One JSON object per line, the summary last
    Jsonl,
    /// A Markdown table
    Markdown,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let workspace = console.open()?;
    console.refuse_broken_config(&workspace, &workspace.check())?;
    let (account, place) = find_account(&workspace, args.account.as_deref())?;
    let mut deployed = runtime()?.block_on(async {
        let connection = connect(&workspace.root, &account, &place.kind, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        listed.map_err(|error| listing_failure(&error))
    })?;
    let missing = args.names.iter().find(|name| !deployed.iter().any(|found| found.key.name == **name));
    if let Some(name) = missing {
        return Err(CommandError::usage(format!("`{account}` has no template `{name}`"))
            .help("run `watpl status` to list the templates"));
    }
    deployed.retain(|found| args.names.is_empty() || args.names.contains(&found.key.name));
    deployed.sort_by(|one, other| one.key.cmp(&other.key));
    let audit = audit::audit(&deployed, &workspace.settings());
    console.print(&match args.format {
        AuditFormat::Human => report::human(&audit, &account, console.terminal),
        AuditFormat::Json => report::machine(&audit, &account),
        AuditFormat::Jsonl => report::lines(&audit, &account),
        AuditFormat::Markdown => report::table(&audit, &account),
    })?;
    Ok(if report::counts(&audit).errors > 0 { ExitStatus::Findings } else { ExitStatus::Done })
}
