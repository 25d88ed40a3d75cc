//! `watpl wait`: until reviews have ended.

use std::time::Duration;

use super::console::Console;
use super::deploy::{Connection, connect, listing_failure};
use super::runtime::runtime;
use super::select::{SelectArgs, find_account};
use super::{CommandError, ExitStatus};
use crate::duration::up_to_days;
use crate::graph::{self, ErrorClass};
use crate::payload::{Deployed, Status};
use crate::remote::{CallError, Remote, calls};
use crate::report::counted;
use crate::report::status as report;
use crate::report::terminal::escape_control;
use crate::workspace::now;

/// The first pause between two looks; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause: a review takes minutes to hours, and calls are counted.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Wait until all versions are approved or one is rejected.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: SelectArgs,
    /// Account in watpl.yaml [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Longest time to wait, such as 90s, 30m or 24h
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = duration)]
    timeout: Duration,
}

/// Reads a duration of at most 30 days.
fn duration(text: &str) -> Result<Duration, String> {
    up_to_days(text, 30)
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let mut workspace = console.open()?;
    console.refuse_broken_config(&workspace, &workspace.check())?;
    let (account, place) = find_account(&workspace, args.account.as_deref())?;
    runtime()?.block_on(async {
        let connection = connect(&workspace.root, &account, &place.kind, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        let mut listed = listed.map_err(|error| listing_failure(&error))?;
        listed.retain(|version| version.status != Status::Deleted);
        let mut versions = args.select.filter(listed, &mut workspace, console)?;
        let ended = tokio::time::timeout(args.timeout, review(&connection, &mut versions, console)).await;
        let exit = match ended {
            Ok(exit) => exit?,
            Err(_) => ExitStatus::Timeout,
        };
        console.print(&report::human(&versions, &account, now(), console.terminal))?;
        if exit == ExitStatus::Timeout {
            console.warn("timed out before every review ended");
        }
        Ok(exit)
    })
}

/// Polls the versions in review by id until none is left.
async fn review(
    connection: &Connection,
    versions: &mut [Deployed],
    console: &Console,
) -> Result<ExitStatus, CommandError> {
    let mut pause = FIRST_PAUSE;
    let mut said = usize::MAX;
    loop {
        if versions.iter().any(has_failed) {
            return Ok(ExitStatus::Findings);
        }
        let waiting = versions.iter().filter(|version| is_waiting(version)).count();
        if waiting == 0 {
            return Ok(ExitStatus::Done);
        }
        if waiting != said {
            let first = versions.iter().find(|version| is_waiting(version));
            let first = first.map(|version| version.key.to_string()).unwrap_or_default();
            console.note(&format!(
                "waiting for {}: {} …\n",
                counted(waiting, "review"),
                escape_control(&first)
            ));
            // Something moved: the next may be close.
            (said, pause) = (waiting, FIRST_PAUSE);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        for version in versions.iter_mut().filter(|version| is_waiting(version)) {
            look(connection, version).await?;
        }
    }
}

/// Reads one version again. What may pass is waited out; what will not ends the waiting.
async fn look(connection: &Connection, version: &mut Deployed) -> Result<(), CommandError> {
    let response = match connection.http.send(graph::get::request(&version.id)).await {
        Ok(response) => response,
        Err(_) => return Ok(()),
    };
    match graph::get::response(&response) {
        Ok(Some(now)) => *version = now,
        Ok(None) => version.status = Status::Deleted,
        Err(error) if error.class() == ErrorClass::Account => {
            return Err(listing_failure(&CallError::Graph(error)));
        }
        Err(_) => {}
    }
    Ok(())
}

fn is_waiting(version: &Deployed) -> bool {
    matches!(version.status, Status::Pending | Status::InAppeal)
}

/// Returns whether a version needs an action before it can be approved.
fn has_failed(version: &Deployed) -> bool {
    !is_waiting(version) && version.status != Status::Approved && version.status != Status::Archived
}
