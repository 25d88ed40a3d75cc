//! `watpl diff`.

use super::console::Console;
use super::deploy::{self, Deployment, PlanArgs, listing_failure, runtime};
use super::{Exit, Failure, Format};
use crate::remote::calls;
use crate::report::plan as report;

/// Show what a push would do.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// End with 1 when something is pending
    #[arg(long)]
    exit_code: bool,
    /// How the plan is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let deployment = Deployment::prepare(console, &[], args.plan.account.as_deref())?;
    if args.format == Format::Human {
        console.print(&(deployment.findings(console) + "\n"))?;
    }
    let lock = deployment.lock(false)?;
    let options = deployment.options(&args.plan);
    let plan = runtime()?.block_on(async {
        let connection = deployment.connect(console).await?;
        let applied = deployment.applied(&lock, &connection)?;
        let deployed = calls::list(&connection.http, &connection.target.waba).await;
        let deployed = deployed.map_err(|error| listing_failure(&error))?;
        deployment.plan(&deployed, &applied, &options)
    })?;
    console.print(&match args.format {
        Format::Human => report::human(&plan, &deployment.account, lock.is_new(), console.terminal),
        Format::Json => report::machine(&plan, &deployment.account),
    })?;
    let exit = deploy::exit(&deployment, &plan, None);
    Ok(if exit == Exit::Done && args.exit_code && plan.is_pending() { Exit::Findings } else { exit })
}
