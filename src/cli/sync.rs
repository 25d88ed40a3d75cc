//! `watpl sync`: brings both sides into agreement.

use super::console::Console;
use super::deploy::PlanArgs;
use super::push::Push;
use super::{CommandError, ExitStatus, OutputFormat};

/// Make an account match the files; deletes only with --prune.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// Delete templates that watpl deployed and whose source was removed
    #[arg(long)]
    prune: bool,
    /// Largest number of deletions in one run [default: `sync.max_deletes` in watpl.yaml]
    #[arg(long, value_name = "N")]
    max_deletes: Option<usize>,
    /// Skip the confirmation prompt
    #[arg(long, short)]
    yes: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let deletes = args.prune.then_some(args.max_deletes);
    let push = Push { args: &args.plan, deletes, yes: args.yes, refresh: true, format: args.format };
    push.run(console)
}
