//! `watpl sync`: brings both sides into agreement.

use super::console::Console;
use super::deploy::{Deployment, PlanArgs};
use super::push::Run;
use super::{Exit, Failure};

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
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let deployment = Deployment::prepare(console, &[], args.plan.account.as_deref())?;
    let mut options = deployment.options(&args.plan);
    options.prune = args.prune;
    options.max_deletes = args.max_deletes.unwrap_or(options.max_deletes);
    Run { deployment: &deployment, options, yes: args.yes, refresh: true }.run(console)
}
