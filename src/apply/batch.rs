//! Authentication templates travel together: one call for all languages that have the same components.

use super::run::ApplyRun;
use super::verdict::is_uncertain;
use super::{ApplyError, ApplyHost, ChangeOutcome};
use crate::graph::ErrorClass;
use crate::model::Category;
use crate::payload::{Button, Component, Payload, Status};
use crate::plan::{Action, Change};
use crate::remote::{CallError, Remote, TransportError, calls};

/// The changes in their order, those that one call can make side by side.
pub(super) fn groups<'a>(changes: &[&'a Change]) -> Vec<Vec<&'a Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let fits = |group: &&mut Vec<&Change>| group.last().is_some_and(|last| go_together(last, change));
        match groups.last_mut().filter(|group| fits(group)) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

/// Returns whether two changes differ only in language, and are of the kind that one call makes for many
/// languages (templates/authentication-templates/bulk-management).
fn go_together(one: &Change, other: &Change) -> bool {
    let (Some(first), Some(second)) = (payload(one), payload(other)) else { return false };
    first.key.name == second.key.name
        && first.ttl == second.ttl
        && first.options == second.options
        && first.components == second.components
}

/// The payload, if it can be sent with others: labels of buttons would be the same in all languages.
fn payload(change: &Change) -> Option<&Payload> {
    let payload = change.payload.as_ref().filter(|payload| payload.category == Category::Authentication)?;
    let writes = matches!(change.action, Action::Create | Action::Edit);
    let labelled = payload.components.iter().any(|component| match component {
        Component::Buttons(buttons) => buttons.iter().any(has_label),
        // What is passed on as it is may be anything.
        Component::Opaque(_) => true,
        _ => false,
    });
    (writes && payload.library.is_none() && !labelled).then_some(payload)
}

fn has_label(button: &Button) -> bool {
    !matches!(button, Button::Otp { text: None, autofill_text: None, .. })
}

impl<R: Remote, P: ApplyHost> ApplyRun<'_, R, P> {
    /// Carries out changes that one call can make; if Meta rejects the call, one by one.
    pub(super) async fn group(&mut self, group: &[&Change]) -> Vec<ChangeOutcome> {
        let together: Vec<_> = group.iter().filter_map(|change| payload(change)).collect();
        match together.first() {
            Some(first) if together.len() > 1 && together.len() == group.len() => {
                if let Some(items) = self.upsert_batch(group, first).await {
                    return items;
                }
            }
            _ => {}
        }
        let mut items = Vec::new();
        for change in group {
            let result = if self.is_over() { Err(ApplyError::NotTried) } else { self.change(change).await };
            items.push(ChangeOutcome { key: change.key.clone(), action: change.action, result });
        }
        items
    }

    /// One call for all. `None` if Meta rejected it, so that nothing happened and each may be tried alone.
    async fn upsert_batch(&mut self, group: &[&Change], payload: &Payload) -> Option<Vec<ChangeOutcome>> {
        if self.is_over() {
            return None;
        }
        for change in group {
            self.project.begin(&change.key, change.action);
        }
        let languages: Vec<_> = group.iter().map(|change| change.key.language.as_str()).collect();
        let result = calls::upsert(self.remote, &self.target.waba, payload, &languages).await;
        let cause = match &result {
            Ok(_) => "the response did not contain it".to_owned(),
            Err(CallError::Transport(TransportError::ResponseLost { cause, .. })) => cause.clone(),
            Err(CallError::Graph(error)) if is_uncertain(error) => error.message.clone(),
            // One language may block the others.
            Err(CallError::Graph(error))
                if matches!(error.class(), ErrorClass::Refused | ErrorClass::Deferred) =>
            {
                return None;
            }
            Err(error) => {
                let problem = self.failed(error.clone());
                let item = |change: &&Change| ChangeOutcome {
                    key: change.key.clone(),
                    action: change.action,
                    result: Err(problem.clone()),
                };
                return Some(group.iter().map(item).collect());
            }
        };
        let mut rows = result.unwrap_or_default();
        let mut items = Vec::new();
        for change in group {
            let row = rows.iter().position(|(language, _)| *language == change.key.language);
            let row = row.map(|index| rows.swap_remove(index).1);
            let result = match (&change.payload, row) {
                (Some(payload), Some(row)) if row.status != Status::Deleted => {
                    self.upserted(change, payload, row)
                }
                (Some(payload), _) => self.reconcile(payload, change.deployed.as_ref(), &cause).await,
                (None, _) => Err(ApplyError::NotDone("the plan is incomplete".into())),
            };
            items.push(ChangeOutcome { key: change.key.clone(), action: change.action, result });
        }
        Some(items)
    }
}
