//! Plans.

mod markdown;

pub use markdown::markdown;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::terminal::{Terminal, escape_control};
use super::{counted, json, word_diff};
use crate::plan::{Action, Change, Plan, Reason};

/// Renders the plan for people: a line per version, the changed text, and a summary. `new` means that this project has
/// never applied anything to the account.
pub fn human(plan: &Plan, account: &str, new: bool, terminal: Terminal) -> String {
    let mut text = String::new();
    for change in &plan.changes {
        if !(change.action == Action::Keep && change.reason.is_silent() && change.recategorised.is_none()) {
            write_change(&mut text, change, terminal);
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    if new && plan.is_two_way() {
        text.push_str("First run against this account: identical templates are adopted; different ones are left alone (see `--adopt`).\n");
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}: {}", terminal.bold(escape_control(account)), summary(plan));
    text
}

/// How many of each action.
pub fn summary(plan: &Plan) -> String {
    let count = |action| plan.count(action);
    let words = [
        (count(Action::Create), "to create"),
        (count(Action::Edit), "to edit"),
        (count(Action::Delete), "to delete"),
        (count(Action::Hold), "held"),
    ];
    let mut parts: Vec<_> = words
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    parts.extend(waits(plan));
    let kept = count(Action::Keep);
    if parts.is_empty() {
        return format!("nothing to do, {}", counted(kept, "version") + " up to date");
    }
    if kept > 0 {
        parts.push(format!("{kept} up to date"));
    }
    parts.join(", ")
}

/// How many creations wait for when: who plans a release wants to know that without counting lines.
fn waits(plan: &Plan) -> Vec<String> {
    let mut waits: BTreeMap<u64, usize> = BTreeMap::new();
    for change in plan.changes.iter().filter(|change| change.action == Action::Hold) {
        if let Reason::HourlyLimit { until } = change.reason {
            *waits.entry(until).or_default() += 1;
        }
    }
    waits.iter().map(|(until, number)| format!("{number} of them until {}", clock(*until))).collect()
}

fn write_change(text: &mut String, change: &Change, terminal: Terminal) {
    let line = format!("{} {}", change.action.sign(), escape_control(&change.key.to_string()));
    let line = match change.action {
        Action::Create => terminal.green(line),
        Action::Edit | Action::Hold => terminal.yellow(line),
        Action::Delete => terminal.red(line),
        Action::Keep => terminal.dim(line),
    };
    let mut sentence = escape_control(&change.reason.sentence()).into_owned();
    if let Some(until) = change.reason.until() {
        let _ = write!(sentence, "; waiting until {}", clock(until));
    }
    let _ = writeln!(text, "{line}  {sentence}");
    if let Some((declared, actual)) = &change.recategorised {
        let note =
            format!("Meta changed the category to {}; the file declares {declared}", escape_control(actual));
        let _ = writeln!(text, "    {}", terminal.yellow(note));
    }
    if let (Some(before), Some(after)) = (&change.before, &change.after) {
        for line in word_diff::changed_lines(before, after, terminal) {
            let _ = writeln!(text, "    {line}");
        }
    }
    if change.looks_alike() {
        let note = "the texts look the same, but only one of them uses precomposed accents (Unicode NFC)";
        let _ = writeln!(text, "    {}", terminal.yellow(note));
    }
}

/// A time as people read it, in UTC.
pub fn clock(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    time.map_or_else(|| seconds.to_string(), |time| time.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

/// The plan for machines: `version`, `account`, `waba_id`, `changes`, `summary`.
pub fn value(plan: &Plan, account: &str, waba_id: &str) -> Value {
    let count = |action| plan.count(action);
    let changes: Vec<_> = plan.changes.iter().map(change_json).collect();
    json!({
        "version": json::VERSION,
        "account": account,
        "waba_id": waba_id,
        "changes": changes,
        "summary": {
            "create": count(Action::Create),
            "edit": count(Action::Edit),
            "delete": count(Action::Delete),
            "hold": count(Action::Hold),
            "keep": count(Action::Keep),
        },
    })
}

/// Objects of accounts as they are printed: one by itself, several in a list.
pub fn rendered(mut values: Vec<Value>) -> String {
    match values.pop() {
        Some(only) if values.is_empty() => json::render(&only),
        last => {
            values.extend(last);
            json::render(&json!({ "version": json::VERSION, "accounts": values }))
        }
    }
}

fn change_json(change: &Change) -> Value {
    let recategorised = change.recategorised.as_ref();
    json!({
        "name": change.key.name,
        "language": change.key.language,
        "action": change.action.as_str(),
        "reason": change.reason.as_str(),
        "sentence": change.reason.sentence(),
        "until": change.reason.until(),
        "recategorised": recategorised.map(|(declared, actual)| json!({ "declared": declared, "actual": actual })),
        "looks_alike": change.looks_alike(),
        "before": change.before,
        "after": change.after,
    })
}
