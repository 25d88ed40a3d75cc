//! The review of a template, at once or later, and later status changes: pauses, quality, archival.

use serde_json::{Value, json};

use crate::model::account::Account;
use crate::model::clock::HOUR;
use crate::model::event::Event;
use crate::model::schedule::{ScheduledChange, TemplateChange};
use crate::model::template::Template;
use crate::readback;
use crate::scenario::review_rules::Review;
use crate::settings::Settings;

// How long the pauses for bad quality last (Meta: template pausing).
const FIRST_PAUSE: i64 = 3 * HOUR;
const SECOND_PAUSE: i64 = 6 * HOUR;

/// Gives the verdict on a template that was submitted, or plans it.
pub(crate) fn submit(account: &mut Account, settings: &Settings, id: &str) {
    let now = account.now();
    let Some(template) = account.templates.by_id_mut(id) else { return };
    "PENDING".clone_into(&mut template.status);
    "NONE".clone_into(&mut template.rejected_reason);
    template.rejection_info = None;
    template.schedule.clear();
    let rules = &settings.scenario.review.rules;
    let Some(rule) = rules.iter().find(|rule| rule.fits(template)) else {
        let default = settings.scenario.review.default.unwrap_or(settings.review);
        let verdict = usual(template, default);
        account.schedule(id);
        return verdict.map_or((), |change| apply(account, id, &change));
    };
    let first = ScheduledChange { at: now.saturating_add(rule.after), change: rule.change() };
    let later = rule.then.iter().map(|later| ScheduledChange {
        at: first.at.saturating_add(later.after),
        change: later.change.clone(),
    });
    template.schedule = std::iter::once(first.clone()).chain(later).collect();
    if rule.after <= 0 {
        template.schedule.remove(0);
    }
    account.schedule(id);
    if rule.after <= 0 {
        apply(account, id, &first.change);
    }
}

/// The default outcome of a review.
pub(crate) fn usual(template: &Template, review: Review) -> Option<TemplateChange> {
    let change = |status: &str, reason: &str| TemplateChange {
        status: Some(status.to_owned()),
        reason: Some(reason.to_owned()),
        ..TemplateChange::default()
    };
    match review {
        Review::Hold => None,
        Review::Approve if has_neighbours(template) => Some(TemplateChange {
            rejection_info: Some(json!({
                "reason": "The body has parameters side by side, without a word between them.",
                "recommendation": "Put words between the parameters that describe them.",
            })),
            ..change("REJECTED", "INVALID_FORMAT")
        }),
        Review::Approve => Some(change("APPROVED", "NONE")),
    }
}

/// Changes a template as Meta would, and adds the events for webhooks.
pub(crate) fn apply(account: &mut Account, id: &str, change: &TemplateChange) {
    let now = account.now();
    let Some(template) = account.templates.by_id_mut(id) else { return };
    let mut events = Vec::new();
    if let Some(category) = change.category.as_ref().filter(|category| **category != template.category) {
        recategorise(template, category);
        events.push(Event::category_changed(template));
    }
    if let Some(correct) = &change.correct_category {
        template.correct_category = Some(correct.to_ascii_uppercase());
        events.push(Event::category_announced(template, now));
    }
    if let Some(quality) = change.quality.as_ref().filter(|quality| **quality != template.quality) {
        let previous = std::mem::replace(&mut template.quality, quality.to_ascii_uppercase());
        events.push(Event::quality(template, &previous));
    }
    if let Some(status) = &change.status {
        template.status = status.to_ascii_uppercase();
        template.rejected_reason = change.reason.clone().unwrap_or_else(|| "NONE".to_owned());
        template.rejection_info.clone_from(&change.rejection_info);
        template.status_changed = now;
        plan_end_of_pause(template, change.title.as_deref(), now);
        events.push(Event::status(template, change.title.as_deref(), now));
    }
    account.events.extend(events);
    account.schedule(id);
}

// Meta keeps the old category readable and forgets the time to live (Meta: time to live).
fn recategorise(template: &mut Template, category: &str) {
    let category = category.to_ascii_uppercase();
    template.previous_category = Some(std::mem::replace(&mut template.category, category));
    template.correct_category = None;
    template.message_send_ttl_seconds = None;
    template.sub_category = readback::sub_category(None, &template.category, &template.components);
}

// Pauses for bad quality end by themselves, others have to be lifted (Meta: template pausing).
fn plan_end_of_pause(template: &mut Template, title: Option<&str>, now: i64) {
    let lasts = match title {
        Some("FIRST_PAUSE") => FIRST_PAUSE,
        Some("SECOND_PAUSE") => SECOND_PAUSE,
        _ => return,
    };
    let change = TemplateChange {
        status: Some("APPROVED".to_owned()),
        title: Some("UNPAUSE".to_owned()),
        ..TemplateChange::default()
    };
    template.schedule.push(ScheduledChange { at: now + lasts, change });
}

/// Does to the account's templates whatever is due by now.
pub(crate) fn run_due(account: &mut Account) {
    let now = account.now();
    while let Some(id) = account.next_due(now) {
        let Some(template) = account.templates.by_id_mut(&id) else { continue };
        let first = template.schedule.iter().map(|due| due.at).min().filter(|at| *at <= now);
        match first.and_then(|first| template.schedule.iter().position(|due| due.at == first)) {
            Some(at) => {
                let due = template.schedule.remove(at);
                apply(account, &id, &due.change);
            }
            None => expire_unused(account, &id, now),
        }
    }
}

fn expire_unused(account: &mut Account, id: &str, now: i64) {
    let Some(template) = account.templates.by_id(id) else { return };
    if template.expires_at().is_none_or(|at| at > now) {
        return account.schedule(id);
    }
    if template.status != "APPROVED" && template.status != "REJECTED" {
        let mut gone = template.clone();
        "DELETED".clone_into(&mut gone.status);
        account.events.push(Event::status(&gone, None, now));
        drop(account.templates.remove(id));
        return;
    }
    archive(account, id, now);
}

/// Puts a template away.
pub(crate) fn archive(account: &mut Account, id: &str, now: i64) {
    let Some(template) = account.templates.by_id_mut(id) else { return };
    template.archived_from = Some(std::mem::replace(&mut template.status, "ARCHIVED".to_owned()));
    template.status_changed = now;
    let event = Event::status(template, None, now);
    account.events.push(event);
    account.schedule(id);
}

// Placeholders with nothing but space between them (Meta: status update webhook, the sample of a rejection).
fn has_neighbours(template: &Template) -> bool {
    let bodies =
        template.components.iter().filter(|component| component.get("type") == Some(&Value::from("BODY")));
    bodies.filter_map(|body| body.get("text")?.as_str()).any(|text| {
        let between = text.split("}}").skip(1).filter_map(|rest| rest.split_once("{{"));
        between.into_iter().any(|(gap, _)| gap.trim().is_empty())
    })
}
