//! Carries out one change after the other.

use super::entry::lock_entry;
use super::run::ApplyRun;
use super::verdict::{is_uncertain, matches_plan};
use super::{AppliedChange, ApplyError, ApplyHost};
use crate::graph::{ErrorClass, create::Created};
use crate::payload::{Deployed, Payload, Status, VersionKey};
use crate::plan::{Action, Change};
use crate::remote::{CallError, Remote, TransportError, calls};

/// An unknown or expired media handle (observed with code 131009).
const BAD_HANDLE: i64 = 2_494_102;

impl<R: Remote, P: ApplyHost> ApplyRun<'_, R, P> {
    pub(super) async fn change(&mut self, change: &Change) -> Result<AppliedChange, ApplyError> {
        self.project.begin(&change.key, change.action);
        match (change.action, &change.payload, &change.deployed) {
            (Action::Create, Some(payload), _) => self.create(payload).await,
            (Action::Edit, Some(payload), Some(deployed)) => self.edit(payload, deployed).await,
            (Action::Delete, _, Some(deployed)) => self.delete(&change.key, deployed).await,
            _ => Err(ApplyError::NotDone("the plan is incomplete".into())),
        }
    }

    async fn create(&mut self, payload: &Payload) -> Result<AppliedChange, ApplyError> {
        let ready = self.with_media(payload).await?;
        let mut result = calls::create(self.remote, &self.target.waba, &ready).await;
        if handle_expired(&result) {
            self.forget_handles(payload);
            let ready = self.with_media(payload).await?;
            result = calls::create(self.remote, &self.target.waba, &ready).await;
        }
        match result {
            Ok(created) => {
                let entry =
                    lock_entry(payload, &created.id, &created.status, &created.category, self.project.now());
                self.applied_now(payload, entry, created.status, false)
            }
            Err(CallError::Transport(TransportError::ResponseLost { cause, .. })) => {
                self.reconcile(payload, None, &cause).await
            }
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                match self.reconcile(payload, None, &error.message).await {
                    // It exists with other content, so that it isn't ours.
                    Err(ApplyError::NotDone(_)) if error.class() == ErrorClass::Exists => {
                        Err(ApplyError::Refused(error))
                    }
                    result => result,
                }
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    async fn edit(&mut self, payload: &Payload, before: &Deployed) -> Result<AppliedChange, ApplyError> {
        self.verify_unchanged(before).await?;
        let (id, with_category) = (&before.id, before.status != Status::Approved);
        let ready = self.with_media(payload).await?;
        let mut result = calls::edit(self.remote, id, &ready, with_category).await;
        if handle_expired(&result) {
            self.forget_handles(payload);
            let ready = self.with_media(payload).await?;
            result = calls::edit(self.remote, id, &ready, with_category).await;
        }
        match result {
            Ok(()) => self.after_edit(payload, id).await,
            Err(CallError::Transport(TransportError::ResponseLost { cause, .. })) => {
                self.reconcile(payload, Some(before), &cause).await
            }
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                self.reconcile(payload, Some(before), &error.message).await
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The answer to an edit does not contain the status: an edited version is in review again or approved.
    async fn after_edit(&mut self, payload: &Payload, id: &str) -> Result<AppliedChange, ApplyError> {
        let found = calls::get(self.remote, id).await.ok().flatten();
        let status = found.as_ref().map_or(Status::Pending, |deployed| deployed.status.clone());
        let category = found
            .map_or_else(|| payload.category.as_str().to_ascii_uppercase(), |deployed| deployed.category);
        let entry =
            self.edited(lock_entry(payload, id, &status, &category, self.project.now()), &payload.key);
        self.applied_now(payload, entry, status, false)
    }

    /// The result of one call for several languages.
    pub(super) fn upserted(
        &mut self,
        change: &Change,
        payload: &Payload,
        row: Created,
    ) -> Result<AppliedChange, ApplyError> {
        let entry = lock_entry(payload, &row.id, &row.status, &row.category, self.project.now());
        let entry = if change.action == Action::Edit { self.edited(entry, &payload.key) } else { entry };
        self.applied_now(payload, entry, row.status, false)
    }

    async fn delete(&mut self, key: &VersionKey, before: &Deployed) -> Result<AppliedChange, ApplyError> {
        self.verify_unchanged(before).await?;
        let done = AppliedChange { status: Status::Deleted, recategorised: None, confirmed: false };
        match calls::delete(self.remote, &self.target.waba, &before.id, key).await {
            Ok(()) => self.forget(before, done),
            Err(CallError::Transport(TransportError::ResponseLost { cause, .. })) => {
                self.reconcile_deletion(before, done, &cause).await
            }
            Err(CallError::Graph(error)) if is_uncertain(&error) => {
                self.reconcile_deletion(before, done, &error.message).await
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// An edit replaces everything, and a deletion ends it: whoever changed the version since it was listed must not
    /// lose that. A person may have looked at the plan for an hour.
    async fn verify_unchanged(&mut self, before: &Deployed) -> Result<(), ApplyError> {
        match calls::get(self.remote, &before.id).await {
            Ok(now) if now.as_ref().is_some_and(|now| matches_plan(before, now)) => Ok(()),
            Ok(_) => Err(ApplyError::NotDone(
                "it has changed in the account since the plan was created; nothing was sent".into(),
            )),
            Err(error) => Err(self.failed(error)),
        }
    }
}

fn handle_expired<T>(result: &Result<T, CallError>) -> bool {
    matches!(result, Err(CallError::Graph(error)) if error.subcode == Some(BAD_HANDLE))
}
