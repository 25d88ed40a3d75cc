//! What may be done how often: calls, creations and edits.

use std::collections::VecDeque;

use crate::sandbox::account::Account;
use crate::sandbox::answer::Usage;
use crate::sandbox::clock::{DAY, HOUR};
use crate::sandbox::refusal::{self, Refusal};
use crate::sandbox::template::Template;

// Management calls an hour for an account with a registered number (Meta: about the platform).
const CALLS_AN_HOUR: usize = 5_000;
// Creations an hour and account (Meta: templates overview).
const CREATIONS_AN_HOUR: usize = 100;
/// Templates of an account whose business is not verified; every language counts (Meta: templates overview).
pub(crate) const TEMPLATES: usize = 250;
// Edits of an approved template (Meta: template management).
const EDITS_A_DAY: usize = 1;
const EDITS_A_MONTH: usize = 10;
const MONTH: i64 = 30 * DAY;
// Statuses that can be edited (Meta: template management).
const EDITABLE: [&str; 3] = ["APPROVED", "REJECTED", "PAUSED"];

/// The usage header of a throttled account.
pub(crate) const EXHAUSTED: Usage = Usage { percent: 100, minutes: 60 };

/// Notes a call and forgets those of more than an hour ago.
pub(crate) fn count_call(calls: &mut VecDeque<i64>, now: i64) {
    calls.retain(|at| now - at < HOUR);
    calls.push_back(now);
}

/// Throttled calls count, too: an insisting client waits longer (Meta: rate limiting).
pub(crate) fn check_calls(calls: &VecDeque<i64>) -> Result<(), Refusal> {
    if calls.len() > CALLS_AN_HOUR {
        return Err(Refusal::throttled("There have been too many calls to this WhatsApp Business account"));
    }
    Ok(())
}

/// What the usage header says.
pub(crate) fn usage(calls: &VecDeque<i64>, now: i64) -> Usage {
    let percent = (calls.len() * 100 / CALLS_AN_HOUR).min(100);
    let oldest = calls.front().copied().unwrap_or(now);
    let minutes = if percent < 100 { 0 } else { (oldest + HOUR - now) / 60 + 1 };
    Usage { percent, minutes }
}

/// Whether one more template may be created.
pub(crate) fn check_creation(account: &Account) -> Result<(), Refusal> {
    let now = account.now();
    let recent = account.creations.iter().filter(|at| now - **at < HOUR).count();
    if recent >= CREATIONS_AN_HOUR {
        return Err(Refusal::throttled(format!(
            "This account has created {CREATIONS_AN_HOUR} templates within an hour"
        )));
    }
    if account.templates.len() >= TEMPLATES {
        let detail = format!("This account already has {TEMPLATES} templates, every language counted");
        return Err(Refusal::template(refusal::LIMIT_OF_TEMPLATES, detail));
    }
    Ok(())
}

/// Notes a creation and forgets those of more than an hour ago.
pub(crate) fn count_creation(account: &mut Account) {
    let now = account.now();
    account.creations.retain(|at| now - at < HOUR);
    account.creations.push(now);
}

/// Whether a template may be edited now, by its status and by its last edits.
pub(crate) fn check_edit(template: &Template, now: i64) -> Result<(), Refusal> {
    let refuse = |detail: String| Err(Refusal::template(refusal::STATUS_FORBIDS, detail));
    if !EDITABLE.contains(&template.status.as_str()) {
        return refuse(format!(
            "A template can be edited while it is approved, rejected or paused; this one is {}",
            template.status
        ));
    }
    if template.status != "APPROVED" {
        return Ok(());
    }
    let within = |span: i64| template.edits.iter().filter(|at| now - **at < span).count();
    if within(DAY) >= EDITS_A_DAY {
        return refuse("An approved template can be edited once in 24 hours".to_owned());
    }
    if within(MONTH) >= EDITS_A_MONTH {
        return refuse("An approved template can be edited ten times in 30 days".to_owned());
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
        for _ in 0..CALLS_AN_HOUR {
            count_call(&mut calls, 1_000);
        }
        assert!(check_calls(&calls).is_ok());
        assert_eq!((usage(&calls, 1_000).percent, usage(&calls, 1_000).minutes), (100, 61));
        count_call(&mut calls, 1_001);
        assert_eq!(check_calls(&calls).map_err(|refusal| refusal.code), Err(80008));
        count_call(&mut calls, 1_000 + HOUR);
        assert_eq!((check_calls(&calls), usage(&calls, 1_000 + HOUR).percent), (Ok(()), 0));
    }
}
