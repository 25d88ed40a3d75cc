//! One account in one run: connected, listed, planned, and perhaps applied.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::host::CliHost;
use super::progress::{Bars, Progress};
use super::{Connection, Deployment, listing_failure};
use crate::apply::{Outcome, apply};
use crate::cli::console::Console;
use crate::cli::runtime::runtime;
use crate::cli::signals::Signals;
use crate::cli::{CommandError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::lock::Applied;
use crate::plan::{Action, InputFingerprints, Plan, PlanFile, PlanInput, PlanOptions, Stale, plan};
use crate::remote::calls::{self, Listing};
use crate::remote::{Http, RateLimit, RateLimited, Wait};
use crate::report::{outcome, plan as report};
use crate::workspace::{LockFile, now};

/// Most accounts that are worked on at once; each has a connection and a thread.
const AT_ONCE: usize = 32;

/// One account in one run.
#[derive(Debug)]
pub(in crate::cli) struct Session {
    pub(in crate::cli) deployment: Deployment,
    pub(in crate::cli) plan: Plan,
    options: PlanOptions,
    lock: LockFile,
    applied: Applied,
    listing: Listing,
    planned_at: u64,
    /// The account's name in the configuration, its id, and what it is called at Meta.
    label: String,
    max_wait: Duration,
    connection: Connection,
    // Last, so that what lives in it goes before it.
    runtime: Runtime,
}

impl Session {
    /// Connects to the account, lists it and plans.
    pub(in crate::cli) fn open(
        deployment: Deployment,
        options: PlanOptions,
        writes: bool,
        max_wait: Duration,
        console: &Console,
    ) -> Result<Self, CommandError> {
        let lock = deployment.lock(writes)?;
        let runtime = runtime()?;
        let progress = Bars::new(console).add(&deployment.account, 0);
        let told = |pause: Option<&Wait>| progress.wait(pause, console);
        let (connection, applied, listing) = runtime.block_on(async {
            let connection = deployment.connect(console).await?;
            let applied = deployment.applied(&lock, &connection)?;
            let paced = paced(&connection.http, max_wait, watch::channel(false).1, &told);
            let listing = calls::list_with_limit(&paced, &connection.target.waba).await;
            Ok((connection, applied, listing.map_err(|error| listing_failure(&error))?))
        })?;
        deployment.check_selection(&options.only, &listing.versions, &applied)?;
        let planned_at = now();
        let (plan, label) = (Plan::default(), String::new());
        let mut session = Self {
            deployment,
            plan,
            options,
            lock,
            applied,
            listing,
            planned_at,
            label,
            max_wait,
            connection,
            runtime,
        };
        session.plan = plan_of(&session);
        session.label = session.label();
        Ok(session)
    }

    /// How the account is named where something is about to be done to it.
    fn label(&self) -> String {
        let account = &self.deployment.account;
        if self.deployment.is_sandbox() && self.connection.host.is_none() {
            return account.clone();
        }
        let waba = &self.connection.target.waba;
        // What the account is called costs a call, and is worth it where something is to be done.
        let name = if self.plan.is_pending() {
            let name = self.runtime.block_on(calls::name(&self.connection.http, waba));
            name.ok().flatten().map(|name| format!(", {name}")).unwrap_or_default()
        } else {
            String::new()
        };
        let host = self.connection.host.as_ref().map(|host| format!(", at {host}")).unwrap_or_default();
        format!("{account} ({waba}{name}{host})")
    }

    fn sides(&self) -> PlanInput<'_> {
        PlanInput {
            desired: &self.deployment.desired,
            deployed: &self.listing.versions,
            applied: &self.applied,
            limit: self.listing.limit,
            now: self.planned_at,
        }
    }

    /// The plan for people.
    pub(in crate::cli) fn shown(&self, console: &Console) -> String {
        report::human(&self.plan, &self.label, self.lock.is_new(), console.terminal)
    }

    /// The plan for machines.
    pub(in crate::cli) fn value(&self) -> Value {
        report::value(&self.plan, &self.deployment.account, &self.connection.target.waba)
    }

    /// The plan for a remark on a pull request.
    pub(in crate::cli) fn markdown(&self) -> String {
        report::markdown(&self.plan, &self.label)
    }

    /// The plan on paper.
    pub(in crate::cli) fn saved(&self) -> PlanFile {
        let waba = &self.connection.target.waba;
        PlanFile::new(&self.deployment.account, waba, &self.plan, &self.sides(), &self.options)
    }

    /// Takes the plan from paper, unless anything has moved since.
    pub(in crate::cli) fn take(&mut self, saved: &PlanFile) -> Result<(), CommandError> {
        let stale = |stale: Stale| {
            CommandError::usage(format!("{stale}; nothing was sent"))
                .help("create a new plan with `watpl diff --out`")
        };
        saved.check_place(&self.connection.target.waba).map_err(stale)?;
        let saw = InputFingerprints::new(&self.sides(), &self.options);
        self.plan = saved.check(std::mem::take(&mut self.plan), &saw).map_err(stale)?;
        Ok(())
    }

    /// Whether a person has to agree: the sandbox is there to be tried on.
    pub(in crate::cli) fn is_asked_about(&self) -> bool {
        self.plan.is_pending() && !self.deployment.is_sandbox()
    }

    /// The account as a question names it.
    pub(in crate::cli) fn named(&self) -> &str {
        &self.label
    }

    /// How the run ends for this account.
    pub(in crate::cli) fn exit(&self, outcome: Option<&Outcome>) -> ExitStatus {
        super::exit(self.deployment.project.has_errors(), &self.plan, outcome)
    }

    fn apply(&mut self, console: &Console, progress: &Progress, signals: &Signals, how: How) -> Applying {
        let Self { deployment, plan, lock, applied, connection, runtime, max_wait, .. } = self;
        let told = |pause: Option<&Wait>| progress.wait(pause, console);
        let paced = paced(&connection.http, *max_wait, signals.stop(), &told);
        let mut edge = CliHost::new(deployment, lock, console, progress, signals.stop());
        edge.plan = plan.fingerprint();
        edge.quiet = how.quiet;
        edge.prefix = if how.several { format!("{}: ", deployment.account) } else { String::new() };
        let outcome = runtime.block_on(async {
            let mut give_up = signals.give_up();
            tokio::select! {
                outcome = apply(plan, &connection.target, &paced, &mut edge, applied) => Some(outcome),
                Ok(_) = give_up.wait_for(|told| *told) => None,
            }
        });
        let outcome = outcome.unwrap_or_else(|| Outcome {
            items: edge.abandoned(plan),
            unsettled: edge.lock.save(applied).err().map(|error| error.to_string()),
            ..Outcome::default()
        });
        let refusals = edge.refusals(&outcome.items);
        progress.finish();
        Applying { outcome, refusals }
    }

    /// Records the status of each version in the lock, except for versions just applied, which are newer there.
    fn refresh(&mut self, outcome: &Outcome) -> Result<(), CommandError> {
        let before = self.applied.clone();
        let newer: BTreeSet<_> = outcome.items.iter().map(|item| &item.key).collect();
        for deployed in self.listing.versions.iter().filter(|deployed| !newer.contains(&deployed.key)) {
            if let Some(entry) = self.applied.versions.get_mut(&deployed.key) {
                deployed.status.as_str().clone_into(&mut entry.status);
                entry.category.clone_from(&deployed.category);
            }
        }
        if self.applied == before {
            return Ok(());
        }
        self.lock.save(&self.applied).map_err(|error| CommandError::account(error.to_string()))
    }
}

fn plan_of(session: &Session) -> Plan {
    plan(&session.sides(), &session.options)
}

fn paced<'a>(
    http: &'a Http,
    longest: Duration,
    stop: watch::Receiver<bool>,
    told: &'a dyn Fn(Option<&Wait>),
) -> RateLimited<'a, Http> {
    RateLimited::new(http, RateLimit { longest, ..RateLimit::default() }, stop, told)
}

/// How changes are reported.
#[derive(Clone, Copy, Debug)]
struct How {
    quiet: bool,
    several: bool,
}

/// What became of one account.
#[derive(Debug)]
struct Applying {
    outcome: Outcome,
    refusals: Vec<Diagnostic>,
}

/// The accounts of a run that applies.
#[derive(Debug)]
pub(in crate::cli) struct Runs {
    pub(in crate::cli) sessions: Vec<Session>,
    /// Whether the status of every version is recorded in the lock.
    pub(in crate::cli) refresh: bool,
    /// Whether one JSON object is printed in the end, and nothing else.
    pub(in crate::cli) json: bool,
}

impl Runs {
    /// Applies the plans, the accounts in parallel, and reports the outcome.
    pub(in crate::cli) fn apply(self, console: &Console) -> Result<ExitStatus, CommandError> {
        let Self { sessions, refresh, json } = self;
        let heard = "stopping after the current request; press Ctrl-C again to stop now\n";
        let remark = console.note_fn();
        let signals = Signals::listen(move || remark(heard))?;
        let how = How { quiet: json, several: sessions.len() > 1 };
        if !json && sessions.iter().any(|session| session.plan.is_pending()) {
            console.print("\n")?;
        }
        let bars = Bars::new(console);
        let with_bars = sessions.into_iter().map(|session| {
            let writes = [Action::Create, Action::Edit, Action::Delete];
            let length = writes.iter().map(|action| session.plan.count(*action)).sum();
            let progress = bars.add(&session.deployment.account, length);
            (session, progress)
        });
        let ended = side_by_side(with_bars.collect(), |(mut session, progress)| {
            let applying = session.apply(console, &progress, &signals, how);
            (session, applying)
        });
        let mut exits = Vec::new();
        let mut values = Vec::new();
        let mut printed = Ok(());
        for (mut session, Applying { outcome, refusals }) in ended {
            if json {
                values.push(merged(session.value(), &outcome));
            } else if printed.is_ok() {
                printed = print_end(&session, &outcome, &refusals, console);
            }
            if refresh && outcome.unsaved.is_none() {
                session.refresh(&outcome)?;
            }
            exits.push(session.exit(Some(&outcome)));
        }
        if json {
            printed = console.print(&report::rendered(values));
        }
        match signals.exit() {
            // A terminal that was closed takes no output, and the signal is what ended the run.
            Some(exit) => Ok(exit),
            None => printed.map(|()| super::worst(exits)),
        }
    }
}

fn merged(mut plan: Value, outcome: &Outcome) -> Value {
    if let Some(fields) = plan.as_object_mut() {
        fields.insert("outcome".into(), json!(outcome::machine(outcome)));
    }
    plan
}

/// Rejections by Meta, and the closing line.
fn print_end(
    session: &Session,
    outcome: &Outcome,
    refusals: &[Diagnostic],
    console: &Console,
) -> Result<(), CommandError> {
    let account = &session.deployment.account;
    if let Some(cause) = &outcome.unsaved {
        console.note(&format!(
            "{}\n",
            console
                .failed(&format!("{account}: the lock file cannot be written, so nothing was sent: {cause}"))
        ));
        return Ok(());
    }
    if !refusals.is_empty() {
        let sources = &session.deployment.project.workspace.sources;
        console.print(
            &("\n".to_owned() + &crate::report::human::diagnostics(sources, refusals, console.terminal)),
        )?;
    }
    if let Some(cause) = &outcome.unsettled {
        console.note(&format!("{}\n", console.failed(&format!(
            "{account}: the lock file cannot be written: {cause}; the changes are recorded in .watpl, and the next run adds them to the lock file"
        ))));
    }
    if !outcome.items.is_empty() {
        console.print(&("\n".to_owned() + &outcome::summary(outcome, account, console.terminal)))?;
    }
    Ok(())
}

/// Does something for each, side by side, and gives the results in their order.
pub(in crate::cli) fn side_by_side<T: Send, U: Send>(items: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U> {
    if items.len() < 2 {
        return items.into_iter().map(work).collect();
    }
    let threads = items.len().min(AT_ONCE);
    let queue = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, item)) = next else { return };
                    let result = work(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
