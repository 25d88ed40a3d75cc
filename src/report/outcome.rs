//! Outcomes: what was done and what was not.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::terminal::{Terminal, escape_control};
use crate::apply::{ApplyError, ChangeOutcome, Outcome};
use crate::payload::Status;
use crate::plan::Action;
use crate::secrets;

/// One line, printed as soon as it is known.
pub fn line(item: &ChangeOutcome, terminal: Terminal) -> String {
    let key = escape_control(&item.key.to_string()).into_owned();
    match &item.result {
        Ok(done) => {
            let verb = match item.action {
                Action::Create => "created",
                Action::Edit => "edited",
                _ => "deleted",
            };
            let mut text = format!("{} {key}  {verb}", terminal.green("✓"));
            // Writing to a string cannot fail.
            if done.status != Status::Deleted {
                let _ = write!(text, ", {}", escape_control(&done.status.as_str().to_lowercase()));
            }
            if done.confirmed {
                text.push_str("; the response was lost, but the account confirms the change");
            }
            if let Some(category) = &done.recategorised {
                let note = format!("; Meta changed the category to {}", escape_control(category));
                text.push_str(&terminal.yellow(note));
            }
            text + "\n"
        }
        Err(problem) => format!("{} {key}  {}\n", terminal.red("✗"), words(problem)),
    }
}

fn words(problem: &ApplyError) -> String {
    match problem {
        ApplyError::Refused(error) => {
            format!("rejected: {} ({})", escape_control(&error.message), error.codes())
        }
        ApplyError::NotDone(cause) => format!("not done: {}", escape_control(cause)),
        ApplyError::Unknown(cause) => format!("unknown: {}", escape_control(cause)),
        ApplyError::NotTried => "not tried".to_owned(),
    }
}

/// The closing line.
pub fn summary(outcome: &Outcome, account: &str, terminal: Terminal) -> String {
    let done = outcome.items.iter().filter(|item| item.result.is_ok()).count();
    let count = |wanted: fn(&ApplyError) -> bool| {
        outcome.items.iter().filter(|item| item.result.as_ref().is_err_and(wanted)).count()
    };
    let parts = [
        (done, "done"),
        (count(|problem| matches!(problem, ApplyError::Refused(_) | ApplyError::NotDone(_))), "not done"),
        (count(|problem| matches!(problem, ApplyError::Unknown(_))), "unknown: check with `watpl status`"),
        (count(|problem| matches!(problem, ApplyError::NotTried)), "not tried"),
    ];
    let parts: Vec<_> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let words = parts.join(", ");
    let words = if outcome.is_complete() { terminal.green(words) } else { terminal.red(words) };
    format!("{}: {words}\n", terminal.bold(escape_control(account)))
}

/// What became of each item, for machines.
pub fn machine(outcome: &Outcome) -> Value {
    let items: Vec<_> = outcome.items.iter().map(item).collect();
    json!({ "complete": outcome.is_complete(), "unsaved": outcome.unsaved, "unsettled": outcome.unsettled, "items": items })
}

fn item(item: &ChangeOutcome) -> Value {
    let (result, note) = result(item);
    let mut value = json!({
        "name": item.key.name,
        "language": item.key.language,
        "action": item.action.as_str(),
        "result": result,
        "note": note,
    });
    let more = match &item.result {
        Ok(done) => json!({ "confirmed": done.confirmed, "recategorised": done.recategorised }),
        Err(ApplyError::Refused(error)) => json!({
            "code": error.code,
            "subcode": error.subcode,
            "trace": error.trace,
            "blamed": error.blamed,
        }),
        Err(_) => Value::Null,
    };
    if let (Some(fields), Value::Object(more)) = (value.as_object_mut(), more) {
        fields.extend(more);
    }
    value
}

/// The word for what happened, and what there is to say about it.
fn result(item: &ChangeOutcome) -> (&'static str, Option<String>) {
    match &item.result {
        Ok(done) => ("done", Some(done.status.as_str().to_owned())),
        Err(ApplyError::Refused(error)) => ("refused", Some(format!("{}: {}", error.codes(), error.message))),
        Err(ApplyError::NotDone(cause)) => ("not_done", Some(cause.clone())),
        Err(ApplyError::Unknown(cause)) => ("unknown", Some(cause.clone())),
        Err(ApplyError::NotTried) => ("not_tried", None),
    }
}

/// A line of the journal: when, where, what, and what came of it.
pub fn journal(item: &ChangeOutcome, account: &str, plan: &str, now: u64) -> String {
    let (result, note) = result(item);
    json!({
        "at": now,
        "account": account,
        "name": item.key.name,
        "language": item.key.language,
        "action": item.action.as_str(),
        "plan": plan,
        "result": result,
        // The words of a server, as they are shown.
        "note": note.as_deref().map(secrets::redact),
    })
    .to_string()
}
