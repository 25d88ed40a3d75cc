//! `watpl push`: create and edit, never delete.

use std::collections::BTreeSet;

use super::console::Console;
use super::deploy::{self, Connection, Deployment, Edge, PlanArgs, listing_failure, runtime};
use super::{Exit, Failure};
use crate::apply::{Outcome, apply};
use crate::lock::Applied;
use crate::payload::Deployed;
use crate::plan::{Options, Plan};
use crate::remote::calls;
use crate::report::{outcome, plan as report};

/// Create and edit templates in an account; never delete.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let deployment = Deployment::prepare(console, &[], args.plan.account.as_deref())?;
    let options = deployment.options(&args.plan);
    Run { deployment: &deployment, options, yes: args.yes, refresh: false }.run(console)
}

/// A run that plans, asks, and applies.
pub(super) struct Run<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) options: Options,
    pub(super) yes: bool,
    /// Whether the lock learns where every version stands.
    pub(super) refresh: bool,
}

impl Run<'_> {
    pub(super) fn run(self, console: &Console) -> Result<Exit, Failure> {
        console.print(&(self.deployment.findings(console) + "\n"))?;
        let lock = self.deployment.lock(true)?;
        let edge = Edge { deployment: self.deployment, lock, console, plan: String::new() };
        runtime()?.block_on(self.deploy(edge))
    }

    async fn deploy(self, mut edge: Edge<'_>) -> Result<Exit, Failure> {
        let console = edge.console;
        let connection = self.deployment.connect(console).await?;
        let mut applied = self.deployment.applied(&edge.lock, &connection)?;
        let deployed = calls::list(&connection.http, &connection.target.waba).await;
        let deployed = deployed.map_err(|error| listing_failure(&error))?;
        let plan = self.deployment.plan(&deployed, &applied, &self.options)?;
        console.print(&report::human(
            &plan,
            &self.deployment.account,
            edge.lock.is_new(),
            console.terminal,
        ))?;
        if !self.agreed(&plan, &connection, console)? {
            console.print("Nothing was changed.\n")?;
            return Ok(Exit::Done);
        }
        edge.plan = plan.fingerprint();
        if plan.is_pending() {
            console.print("\n")?;
        }
        let outcome = apply(&plan, &connection.target, &connection.http, &mut edge, &mut applied).await;
        if let Some(cause) = &outcome.unsaved {
            return Err(Failure::account(format!(
                "the lock cannot be written, so nothing was sent: {cause}"
            )));
        }
        if self.refresh {
            refresh(&mut edge, &mut applied, &deployed, &outcome)?;
        }
        if !outcome.items.is_empty() {
            console.print(
                &("\n".to_owned() + &outcome::summary(&outcome, &self.deployment.account, console.terminal)),
            )?;
        }
        Ok(deploy::exit(self.deployment, &plan, Some(&outcome)))
    }

    /// The sandbox is there to be tried on; everything else is asked about.
    fn agreed(&self, plan: &Plan, connection: &Connection, console: &Console) -> Result<bool, Failure> {
        if self.yes || self.deployment.is_sandbox() || !plan.is_pending() {
            return Ok(true);
        }
        console.confirm(&format!("Apply this to {} ({})?", self.deployment.account, connection.target.waba))
    }
}

/// Writes where each version stands into the lock, except for those just applied, which are newer there.
fn refresh(
    edge: &mut Edge<'_>,
    applied: &mut Applied,
    deployed: &[Deployed],
    outcome: &Outcome,
) -> Result<(), Failure> {
    let before = applied.clone();
    let newer: BTreeSet<_> = outcome.items.iter().map(|item| &item.key).collect();
    for deployed in deployed.iter().filter(|deployed| !newer.contains(&deployed.key)) {
        if let Some(entry) = applied.versions.get_mut(&deployed.key) {
            deployed.status.word().clone_into(&mut entry.status);
            entry.category.clone_from(&deployed.category);
        }
    }
    if *applied == before {
        return Ok(());
    }
    edge.lock.save(applied).map_err(|error| Failure::account(error.to_string()))
}
