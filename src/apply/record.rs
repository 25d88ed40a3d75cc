//! Changes recorded in the lock.

use super::entry::adopted_entry;
use super::run::ApplyRun;
use super::{AppliedChange, ApplyError, ApplyHost};
use crate::lock::{LockEntry, Step};
use crate::payload::{Deployed, Payload, Status, VersionKey};
use crate::plan::{Action, Plan, Reason};

/// Edits that are remembered, in seconds: the longer of Meta's two windows.
const EDIT_MEMORY: u64 = 30 * 86_400;
/// Time for which the name of a deleted approved version is locked (templates/template-management).
const NAME_LOCK: u64 = 30 * 86_400;

impl<P: ApplyHost, R> ApplyRun<'_, R, P> {
    /// Records changes that need no call: versions that exist already, and removed ones. The lock is also
    /// written before anything is sent, so that nothing is sent where it cannot be.
    pub(super) fn adopt_existing(&mut self, plan: &Plan) -> Result<(), String> {
        let before = self.applied.clone();
        self.applied.waba_id.clone_from(&self.target.waba);
        let now = self.project.now();
        self.applied.locked.retain(|_, until| *until > now);
        for change in plan.changes.iter().filter(|change| change.action == Action::Keep) {
            match (&change.reason, &change.payload, &change.deployed) {
                (Reason::Adopted, Some(payload), Some(deployed)) => {
                    let known = self.applied.versions.get(&change.key);
                    let entry = adopted_entry(payload, deployed, known);
                    self.applied.versions.insert(change.key.clone(), entry);
                }
                (Reason::Gone, ..) => drop(self.applied.versions.remove(&change.key)),
                _ => {}
            }
        }
        if *self.applied == before && !plan.is_pending() {
            return Ok(());
        }
        let saved = self.project.save(self.applied);
        self.stopped = saved.is_err();
        saved
    }

    /// Writes the lock, if it does not have everything yet.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        if self.recorded { self.project.save(self.applied) } else { Ok(()) }
    }

    /// The edit's time joins those of the last 30 days.
    pub(super) fn edited(&self, mut entry: LockEntry, key: &VersionKey) -> LockEntry {
        let now = self.project.now();
        let before = self.applied.versions.get(key);
        entry.edits = before.map(|before| before.edits.clone()).unwrap_or_default();
        entry.edits.retain(|at| at.saturating_add(EDIT_MEMORY) > now);
        entry.edits.push(now);
        entry
    }

    /// Records that a version now matches the source.
    pub(super) fn applied_now(
        &mut self,
        payload: &Payload,
        entry: LockEntry,
        status: Status,
        confirmed: bool,
    ) -> Result<AppliedChange, ApplyError> {
        let category = entry.category.to_ascii_lowercase();
        let recategorised = (category != payload.category.as_str()).then_some(category);
        self.applied.locked.remove(&payload.key);
        self.applied.versions.insert(payload.key.clone(), entry.clone());
        self.record(
            &Step::Applied(payload.key.clone(), entry),
            AppliedChange { status, recategorised, confirmed },
        )
    }

    /// Records that a version was removed.
    pub(super) fn forget(
        &mut self,
        before: &Deployed,
        done: AppliedChange,
    ) -> Result<AppliedChange, ApplyError> {
        let locked = (before.status == Status::Approved).then(|| self.project.now() + NAME_LOCK);
        self.applied.versions.remove(&before.key);
        if let Some(until) = locked {
            self.applied.locked.insert(before.key.clone(), until);
        }
        let step = Step::Deleted { key: before.key.clone(), id: before.id.clone(), locked };
        self.record(&step, done)
    }

    /// Completed changes stay completed; but if the lock cannot be written, nothing more is sent.
    fn record(&mut self, step: &Step, done: AppliedChange) -> Result<AppliedChange, ApplyError> {
        match self.persist(step) {
            Ok(()) => Ok(done),
            Err(cause) => {
                Err(ApplyError::Unknown(format!("it was done, but could not be recorded: {cause}")))
            }
        }
    }

    /// Writes a step down.
    pub(super) fn persist(&mut self, step: &Step) -> Result<(), String> {
        let written = self.project.record(step);
        self.recorded |= written.is_ok();
        self.stopped |= written.is_err();
        written
    }
}
