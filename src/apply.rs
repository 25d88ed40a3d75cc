//! [`Plan`] to [`Outcome`]: does what was decided, in order, and decides nothing.
//!
//! Each success is written down before the next request, so that a run that is cut off loses nothing. A creation or
//! edit whose answer was lost is never repeated: the version is read back, and what is there is what happened.

mod batch;
mod entry;
mod execute;
mod media;
mod reconcile;
mod record;
mod run;
mod verdict;

pub use entry::adopted_entry;

use crate::graph::{self, ErrorClass};
use crate::lock::{Applied, Step};
use crate::payload::{Payload, Status, VersionKey};
use crate::plan::{Action, Plan};
use crate::remote::Remote;

/// Host of a run: lock file, media samples, clock and progress reports.
pub trait ApplyHost {
    /// Saves the lock as a whole.
    ///
    /// # Errors
    /// Returns an error if it could not be written; nothing more is sent then.
    fn save(&mut self, applied: &Applied) -> Result<(), String>;

    /// Writes down one success, so that it is not lost whatever happens next.
    ///
    /// # Errors
    /// Returns an error if it could not be written; nothing more is sent then.
    fn record(&mut self, step: &Step) -> Result<(), String>;

    /// The content of the media sample at `path`, as a payload's source writes it.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String>;

    /// Seconds since 1970.
    fn now(&self) -> u64;

    /// Takes note of what is begun.
    fn begin(&mut self, key: &VersionKey, action: Action) {
        let _ = (key, action);
    }

    /// Takes note of what was done or failed.
    fn note(&mut self, item: &ChangeOutcome);

    /// Returns whether the run is to stop: calls under way are finished, and no new ones begin.
    fn is_stopping(&self) -> bool {
        false
    }
}

/// A media sample, read.
#[derive(Clone, Debug)]
pub struct MediaFile {
    /// The name of the file.
    pub name: String,
    /// Its MIME type.
    pub mime: &'static str,
    /// The SHA-256 of its content, in hexadecimal.
    pub hash: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The target account.
#[derive(Clone, Debug)]
pub struct ApplyTarget {
    /// The account's id.
    pub waba: String,
    /// The id of the app that uploads belong to.
    pub app: Option<String>,
}

/// The result of applying a plan.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// One item for each action that sends something.
    pub items: Vec<ChangeOutcome>,
    /// The reason the lock could not be written before anything was sent.
    pub unsaved: Option<String>,
    /// `true` if the account, the connection or this machine failed, so that the rest was not tried.
    pub halted: bool,
    /// The reason the final write of the lock failed. Completed changes are saved elsewhere, and not lost.
    pub unsettled: Option<String>,
}

/// The result of one change.
#[derive(Clone, Debug)]
pub struct ChangeOutcome {
    /// The version.
    pub key: VersionKey,
    /// The planned change.
    pub action: Action,
    /// The result.
    pub result: Result<AppliedChange, ApplyError>,
}

/// The action that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedChange {
    /// The version's current status.
    pub status: Status,
    /// The category that Meta made of the declared one, where they differ, in lower case.
    pub recategorised: Option<String>,
    /// `true` if the answer was lost and the account confirmed the change.
    pub confirmed: bool,
}

/// The reason a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// Meta rejected it; nothing changed.
    Refused(graph::ApiError),
    /// It did not happen, for this reason.
    NotDone(String),
    /// The result is unknown.
    Unknown(String),
    /// It was not tried, because an earlier failure is about the account, or the run was stopped.
    NotTried,
}

impl Outcome {
    /// Returns whether everything was done.
    pub fn is_complete(&self) -> bool {
        self.unsaved.is_none()
            && self.unsettled.is_none()
            && self.items.iter().all(|item| item.result.is_ok())
    }

    /// Returns whether the account or the connection failed, rather than single versions.
    pub fn account_failed(&self) -> bool {
        let failed = self.items.iter().any(|item| match &item.result {
            Err(ApplyError::Refused(error)) => {
                matches!(error.class(), ErrorClass::Account | ErrorClass::Wait)
            }
            Err(ApplyError::NotTried | ApplyError::Unknown(_)) => true,
            _ => false,
        });
        failed || self.halted || self.unsaved.is_some() || self.unsettled.is_some()
    }
}

/// Carries out a plan. `applied` is the account's part of the lock, and is changed with each success.
pub async fn apply<R: Remote, P: ApplyHost>(
    plan: &Plan,
    target: &ApplyTarget,
    remote: &R,
    project: &mut P,
    applied: &mut Applied,
) -> Outcome {
    let mut run = run::ApplyRun { target, remote, project, applied, stopped: false, recorded: false };
    let mut outcome = Outcome { unsaved: run.adopt_existing(plan).err(), ..Outcome::default() };
    let writes = |action| !matches!(action, Action::Keep | Action::Hold);
    let changes: Vec<_> = plan.changes.iter().filter(|change| writes(change.action)).collect();
    for group in batch::groups(&changes) {
        for item in run.group(&group).await {
            run.project.note(&item);
            outcome.items.push(item);
        }
    }
    outcome.unsettled = run.settle().err();
    outcome.halted = run.stopped;
    outcome
}
