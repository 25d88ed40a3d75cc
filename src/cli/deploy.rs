//! What the commands that deploy share: sources, accounts, connections, plans, and doing what was planned.

mod connect;
mod edge;
mod place;
mod progress;
mod project;
mod session;
mod token;

use std::time::Duration;

pub(super) use connect::{Connection, GRAPH_URL, connect, listing_failure, open_lock};
pub(super) use place::Deployment;
pub(super) use project::{Project, lives_in, refuse_broken_config};
pub(super) use session::{Runs, Session, side_by_side};

use super::select::{AccountArgs, SelectArgs};
use super::{Exit, Failure};
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
    /// Undo edits that were made in the console
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Create again what was deleted outside
    #[arg(long)]
    pub(super) recreate: bool,
    /// Edit templates that are there, differ, and were never applied from here
    #[arg(long)]
    pub(super) adopt: bool,
    /// Spend an edit where only samples differ
    #[arg(long)]
    pub(super) samples: bool,
    /// How long the run waits in all where Meta asks it to: 90s, 15m, 1h
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = duration)]
    pub(super) max_wait: Duration,
}

/// Reads a duration of at most 7 days.
fn duration(text: &str) -> Result<Duration, String> {
    up_to_days(text, 7)
}

/// How a run that planned, and perhaps applied, ends.
pub(super) fn exit(has_errors: bool, plan: &Plan, outcome: Option<&Outcome>) -> Exit {
    let held = plan.count(Action::Hold) > 0;
    let failed = outcome.is_some_and(|outcome| !outcome.is_complete());
    match outcome {
        Some(outcome) if outcome.account_failed() => Exit::Account,
        _ if plan.has_drift() => Exit::Drift,
        _ if held || failed || has_errors => Exit::Findings,
        _ => Exit::Done,
    }
}

/// What a run over several accounts ends with, or what went wrong where there is one alone.
pub(super) fn worst(exits: impl IntoIterator<Item = Exit>) -> Exit {
    let rank = |exit: &Exit| match exit {
        Exit::Done => 0,
        Exit::Findings => 1,
        Exit::Drift | Exit::Timeout => 2,
        Exit::Usage => 3,
        Exit::Account => 4,
        Exit::Interrupted | Exit::Terminated | Exit::HungUp => 5,
    };
    exits.into_iter().max_by_key(rank).unwrap_or(Exit::Done)
}

/// Says what went wrong with one account of several.
pub(super) fn in_account(account: &str, failure: Failure) -> Failure {
    Failure { message: format!("{account}: {}", failure.message), ..failure }
}
