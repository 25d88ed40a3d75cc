//! The state of a plan that is being applied.

use super::{ApplyError, ApplyHost, ApplyTarget};
use crate::graph::ErrorClass;
use crate::lock::Applied;
use crate::remote::{CallError, Remote, TransportError};

/// A plan under way.
pub(super) struct ApplyRun<'a, R, P> {
    pub(super) target: &'a ApplyTarget,
    pub(super) remote: &'a R,
    pub(super) project: &'a mut P,
    pub(super) applied: &'a mut Applied,
    /// `true` if an earlier failure concerns the account or this machine.
    pub(super) stopped: bool,
    /// `true` if a step was written that the lock does not contain yet.
    pub(super) recorded: bool,
}

impl<R: Remote, P: ApplyHost> ApplyRun<'_, R, P> {
    /// Returns whether no new calls begin.
    pub(super) fn is_over(&self) -> bool {
        self.stopped || self.project.is_stopping()
    }

    pub(super) fn failed(&mut self, error: CallError) -> ApplyError {
        match error {
            CallError::Graph(error) => {
                self.stopped |= matches!(error.class(), ErrorClass::Account | ErrorClass::Wait);
                ApplyError::Refused(error)
            }
            CallError::Transport(fault) => {
                self.stopped = true;
                match fault {
                    TransportError::Cancelled => ApplyError::NotTried,
                    fault => ApplyError::NotDone(fault.to_string()),
                }
            }
            CallError::PaginationLoop(_) => ApplyError::NotDone(error.to_string()),
        }
    }
}
