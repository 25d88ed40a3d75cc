//! The host of a run on the command line: lock, journal, samples, clock and output.

use std::fmt::Write as _;

use super::Deployment;
use super::progress::Progress;
use crate::api_error;
use crate::apply::{self, ApplyError, ChangeOutcome, MediaFile};
use crate::cli::console::Console;
use crate::diagnostic::Diagnostic;
use crate::lock::{Applied, Step};
use crate::payload::{Payload, VersionKey};
use crate::plan::{Action, Plan};
use crate::report::outcome;
use crate::workspace::{LockFile, media_hash, mime, now};

/// One account while a plan is carried out.
pub(super) struct CliHost<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) lock: &'a mut LockFile,
    pub(super) console: &'a Console,
    pub(super) progress: &'a Progress,
    /// The plan's fingerprint, for the journal.
    pub(super) plan: String,
    /// Prefix of each line, if several accounts print.
    pub(super) prefix: String,
    /// Whether only standard error is printed to.
    pub(super) quiet: bool,
    /// Whether an unwritable journal was reported, which happens once.
    is_journal_lost: bool,
    pub(super) stopping: tokio::sync::watch::Receiver<bool>,
    /// What is begun and not ended.
    begun: Vec<VersionKey>,
    /// What has ended.
    ended: Vec<ChangeOutcome>,
}

impl<'a> CliHost<'a> {
    pub(super) fn new(
        deployment: &'a Deployment,
        lock: &'a mut LockFile,
        console: &'a Console,
        progress: &'a Progress,
        stopping: tokio::sync::watch::Receiver<bool>,
    ) -> Self {
        Self {
            deployment,
            lock,
            console,
            progress,
            plan: String::new(),
            prefix: String::new(),
            quiet: false,
            is_journal_lost: false,
            stopping,
            begun: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// What became of a plan that was given up in the middle.
    pub(super) fn abandoned(&self, plan: &Plan) -> Vec<ChangeOutcome> {
        let writes = |action: Action| !matches!(action, Action::Keep | Action::Hold);
        let changes = plan.changes.iter().filter(|change| writes(change.action));
        let item = |change: &crate::plan::Change| {
            let ended = self.ended.iter().find(|item| item.key == change.key);
            ended.cloned().unwrap_or_else(|| ChangeOutcome {
                key: change.key.clone(),
                action: change.action,
                result: Err(if self.begun.contains(&change.key) {
                    ApplyError::Unknown("the run was cancelled before the response arrived".into())
                } else {
                    ApplyError::NotTried
                }),
            })
        };
        changes.map(item).collect()
    }

    /// Rejections by Meta, at the places in the sources that caused them.
    pub(super) fn refusals(&self, items: &[ChangeOutcome]) -> Vec<Diagnostic> {
        let found = items.iter().filter_map(|item| {
            let Err(ApplyError::Refused(error)) = &item.result else { return None };
            let desired = self.deployment.desired.iter().find(|desired| desired.payload.key == item.key)?;
            let mut templates = self.deployment.templates();
            let template = templates.find(|template| template.source == desired.payload.source)?;
            Some(api_error::to_diagnostic(error, template, &item.key.language))
        });
        found.collect()
    }
}

impl apply::ApplyHost for CliHost<'_> {
    fn save(&mut self, applied: &Applied) -> Result<(), String> {
        self.lock.save(applied).map_err(|error| error.to_string())
    }

    fn record(&mut self, step: &Step) -> Result<(), String> {
        self.lock.record(step).map_err(|error| error.to_string())
    }

    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String> {
        let bytes = self.deployment.project.workspace.media_bytes(payload.source, path)?;
        let mime =
            mime(&bytes).ok_or_else(|| format!("the file type of {path} is not one that Meta accepts"))?;
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        Ok(MediaFile { name, mime, hash: media_hash(&bytes), bytes })
    }

    fn now(&self) -> u64 {
        now()
    }

    fn begin(&mut self, key: &VersionKey, action: Action) {
        self.begun.push(key.clone());
        self.progress.begin(&format!("{} {key}", action.as_str()));
    }

    fn note(&mut self, item: &ChangeOutcome) {
        self.ended.push(item.clone());
        self.progress.done();
        if !self.quiet {
            let mut line = self.prefix.clone();
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", outcome::line(item, self.console.terminal));
            // What cannot be printed is in the journal, and the other way round.
            self.progress.aside(|| drop(self.console.print(&line)));
        }
        let entry = outcome::journal(item, &self.deployment.account, &self.plan, now());
        if let Err(error) = self.lock.journal(&entry)
            && !std::mem::replace(&mut self.is_journal_lost, true)
        {
            self.console.warn(&format!("the journal cannot be written: {error}"));
        }
    }

    fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }
}
