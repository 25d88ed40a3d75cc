//! Reads back the result of a call whose answer was lost.

use super::entry::lock_entry;
use super::run::ApplyRun;
use super::{AppliedChange, ApplyError, ApplyHost};
use crate::canonical;
use crate::payload::{Deployed, Payload, Status};
use crate::remote::{Remote, calls};

impl<R: Remote, P: ApplyHost> ApplyRun<'_, R, P> {
    /// Returns whether a creation or an edit happened.
    pub(super) async fn reconcile(
        &mut self,
        payload: &Payload,
        before: Option<&Deployed>,
        cause: &str,
    ) -> Result<AppliedChange, ApplyError> {
        let found = match calls::find(self.remote, &self.target.waba, &payload.key).await {
            Ok(found) => found,
            Err(error) => {
                self.stopped = true;
                return Err(ApplyError::Unknown(format!("{cause}; reading it back failed: {error}")));
            }
        };
        let wanted = canonical::payload(payload);
        let same = found.filter(|deployed| !canonical::deployed(deployed).differs(&wanted));
        let hidden = before.filter(|before| !canonical::deployed(before).differs(&wanted));
        if hidden.is_some() && self.unseen_changed(payload) {
            return Err(ApplyError::Unknown(format!(
                "{cause}; the account does not list the edited template"
            )));
        }
        let shows = |now: &Deployed| hidden.is_none_or(|before| shows_edit(payload, before, now));
        let Some(deployed) = same.filter(shows) else {
            return Err(ApplyError::NotDone(format!(
                "{cause}; the account shows that the change was not made"
            )));
        };
        let entry =
            lock_entry(payload, &deployed.id, &deployed.status, &deployed.category, self.project.now());
        let entry = if before.is_some() { self.edited(entry, &payload.key) } else { entry };
        self.applied_now(payload, entry, deployed.status, true)
    }

    /// Returns whether the parts that do not read back differ from what was applied.
    fn unseen_changed(&self, payload: &Payload) -> bool {
        let applied = self.applied.versions.get(&payload.key).and_then(|entry| entry.unseen.as_deref());
        canonical::write_only_differs(payload, applied)
    }

    /// Returns whether a deletion happened.
    pub(super) async fn reconcile_deletion(
        &mut self,
        before: &Deployed,
        done: AppliedChange,
        cause: &str,
    ) -> Result<AppliedChange, ApplyError> {
        match calls::find(self.remote, &self.target.waba, &before.key).await {
            Ok(None) => self.forget(before, AppliedChange { confirmed: true, ..done }),
            Ok(Some(_)) => Err(ApplyError::NotDone(format!("{cause}; the account still lists it"))),
            Err(error) => {
                self.stopped = true;
                Err(ApplyError::Unknown(format!("{cause}; reading it back failed: {error}")))
            }
        }
    }
}

/// Returns whether an edit invisible to users shows in what reads back: in its samples or its category.
fn shows_edit(payload: &Payload, before: &Deployed, now: &Deployed) -> bool {
    let samples_differ = canonical::payload(payload).samples_differ(&canonical::deployed(now));
    let sent_category = before.status != Status::Approved;
    !samples_differ && (!sent_category || now.category.eq_ignore_ascii_case(payload.category.as_str()))
}
