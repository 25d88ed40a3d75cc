//! What the commands that deploy share: sources, accounts, connections, plans, and doing what was planned.

mod connect;
mod deployment;
mod host;
mod progress;
mod project;
mod session;
mod token;

use std::time::Duration;

pub(super) use connect::{Connection, connect, listing_failure, open_lock};
pub(super) use deployment::Deployment;
pub(super) use project::{DeployProject, lives_in};
pub(super) use session::{Runs, Session, side_by_side};

use super::select::{AccountArgs, SelectArgs};
use super::{CommandError, ExitStatus};
use crate::apply::Outcome;
use crate::duration::up_to_days;
use crate::plan::{Action, Plan};

/// Options of every command that plans.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) select: SelectArgs,
    #[command(flatten)]
    pub(super) accounts: AccountArgs,
    /// Undo edits made outside watpl
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Create templates again that were deleted outside watpl
    #[arg(long)]
    pub(super) recreate: bool,
    /// Also edit templates that exist in the account but were not created by watpl
    #[arg(long)]
    pub(super) adopt: bool,
    /// Also edit templates where only the samples changed
    #[arg(long)]
    pub(super) samples: bool,
    /// Longest total wait for Meta's rate limits, such as 90s, 15m or 1h
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = duration)]
    pub(super) max_wait: Duration,
}

/// Reads a duration of at most 7 days.
fn duration(text: &str) -> Result<Duration, String> {
    up_to_days(text, 7)
}

/// How a run that planned, and perhaps applied, ends.
pub(super) fn exit(has_errors: bool, plan: &Plan, outcome: Option<&Outcome>) -> ExitStatus {
    let held = plan.count(Action::Hold) > 0;
    let failed = outcome.is_some_and(|outcome| !outcome.is_complete());
    match outcome {
        Some(outcome) if outcome.account_failed() => ExitStatus::Account,
        _ if plan.has_drift() => ExitStatus::Drift,
        _ if held || failed || has_errors => ExitStatus::Findings,
        _ => ExitStatus::Done,
    }
}

/// What a run over several accounts ends with, or what went wrong where there is one alone.
pub(super) fn worst(exits: impl IntoIterator<Item = ExitStatus>) -> ExitStatus {
    let rank = |exit: &ExitStatus| match exit {
        ExitStatus::Done => 0,
        ExitStatus::Findings => 1,
        ExitStatus::Drift | ExitStatus::Timeout => 2,
        ExitStatus::Usage => 3,
        ExitStatus::Account => 4,
        ExitStatus::Interrupted | ExitStatus::Terminated | ExitStatus::HungUp => 5,
    };
    exits.into_iter().max_by_key(rank).unwrap_or(ExitStatus::Done)
}

/// Adds the account to an error, for runs over several accounts.
pub(super) fn in_account(account: &str, failure: CommandError) -> CommandError {
    CommandError { message: format!("{account}: {}", failure.message), ..failure }
}
