//! Rate limits: calls, creations and edits.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::emulator::Emulator;
use crate::graph_error::{self, GraphError};
use crate::model::account::Account;
use crate::model::clock::{DAY, HOUR};
use crate::model::template::Template;
use crate::protocol::response::Usage;
use crate::scenario::limits::Limits;

// Edits of an approved template (Meta: template management).
const EDITS_A_DAY: usize = 1;
const EDITS_A_MONTH: usize = 10;
const MONTH: i64 = 30 * DAY;
// Statuses that can be edited (Meta: template management).
const EDITABLE: [&str; 3] = ["APPROVED", "REJECTED", "PAUSED"];

/// Notes a call of the present account and forgets those of more than an hour ago.
pub(crate) fn count_call(emulator: &mut Emulator) {
    let now = emulator.account.now();
    if emulator.settings.scenario.limits.calls_per_hour.is_some() {
        count(&mut emulator.account.calls, now);
    }
}

/// Throttled calls count as well: a client that keeps calling waits longer (Meta: rate limiting).
pub(crate) fn check_calls(emulator: &Emulator) -> Result<(), GraphError> {
    let limit = emulator.settings.scenario.limits.calls_per_hour;
    if limit.is_some_and(|limit| emulator.account.calls.len() > limit) {
        return Err(GraphError::throttled(
            "There have been too many calls to this WhatsApp Business account",
        ));
    }
    Ok(())
}

/// Values of the usage header.
pub(crate) fn usage(emulator: &Emulator) -> Usage {
    match emulator.settings.scenario.limits.calls_per_hour {
        Some(limit) => used(&emulator.account.calls, limit, emulator.account.now()),
        None => Usage::default(),
    }
}

fn count(calls: &mut VecDeque<i64>, now: i64) {
    while calls.front().is_some_and(|at| now - at >= HOUR) {
        calls.pop_front();
    }
    calls.push_back(now);
}

fn used(calls: &VecDeque<i64>, limit: usize, now: i64) -> Usage {
    let percent = calls.len().saturating_mul(100).checked_div(limit).unwrap_or(100).min(100);
    let oldest = calls.front().copied().unwrap_or(now);
    let minutes = if percent < 100 { 0 } else { (oldest + HOUR - now) / 60 + 1 };
    Usage { percent, minutes }
}

/// Checks that one more template may be created.
pub(crate) fn check_creation(account: &Account, limits: &Limits) -> Result<(), GraphError> {
    let now = account.now();
    let recent = account.data.creations.iter().filter(|at| now - **at < HOUR).count();
    if let Some(limit) = limits.creations_per_hour.filter(|limit| recent >= *limit) {
        return Err(GraphError::throttled(format!(
            "This account has created {limit} templates within an hour"
        )));
    }
    if let Some(limit) = limits.templates.filter(|limit| account.templates.len() >= *limit) {
        let detail = format!("This account already has {limit} templates, every language counted");
        return Err(GraphError::template(graph_error::LIMIT_OF_TEMPLATES, detail));
    }
    Ok(())
}

/// Notes a creation and forgets those of more than an hour ago.
pub(crate) fn count_creation(account: &mut Account) {
    let now = account.now();
    let creations = Arc::make_mut(&mut account.data.creations);
    creations.retain(|at| now - at < HOUR);
    creations.push(now);
}

/// Checks that a template may be edited now, by its status and recent edits.
pub(crate) fn check_edit(template: &Template, limits: &Limits, now: i64) -> Result<(), GraphError> {
    let reject = |detail: String| Err(GraphError::template(graph_error::STATUS_FORBIDS, detail));
    if !EDITABLE.contains(&template.status.as_str()) {
        return reject(format!(
            "A template can be edited while it is approved, rejected or paused; this one is {}",
            template.status
        ));
    }
    if template.status != "APPROVED" || !limits.edits {
        return Ok(());
    }
    let within = |span: i64| template.edits.iter().filter(|at| now - **at < span).count();
    if within(DAY) >= EDITS_A_DAY {
        return reject("An approved template can be edited once in 24 hours".to_owned());
    }
    if within(MONTH) >= EDITS_A_MONTH {
        return reject("An approved template can be edited ten times in 30 days".to_owned());
    }
    Ok(())
}

/// Notes the edit of an approved template.
pub(crate) fn count_edit(template: &mut Template, now: i64) {
    template.edits.retain(|at| now - at < MONTH);
    if template.status == "APPROVED" {
        template.edits.push(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_over_a_rolling_hour() {
        let mut calls = VecDeque::new();
        for _ in 0..200 {
            count(&mut calls, 1_000);
        }
        let usage = |calls: &VecDeque<i64>, now: i64| {
            let usage = used(calls, 200, now);
            (usage.percent, usage.minutes)
        };
        assert_eq!(usage(&calls, 1_000), (100, 61));
        count(&mut calls, 1_000 + HOUR);
        assert_eq!((calls.len(), usage(&calls, 1_000 + HOUR)), (1, (0, 0)));
        assert_eq!(used(&calls, 0, 0).percent, 100);
    }
}
