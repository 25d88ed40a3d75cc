//! `watpl sync`: brings both sides into agreement.

use super::console::Console;
use super::deploy::PlanArgs;
use super::push::Push;
use super::{CommandError, ExitStatus, OutputFormat};

/// Bring both sides into agreement; with --prune also delete.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// Delete what was applied from here and is no longer in the source
    #[arg(long)]
    prune: bool,
    /// Most deletions of one run, instead of the configuration's
    #[arg(long, value_name = "N")]
    max_deletes: Option<usize>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// How what was done is printed
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let deletes = args.prune.then_some(args.max_deletes);
    let push = Push { args: &args.plan, deletes, yes: args.yes, refresh: true, format: args.format };
    push.run(console)
}
