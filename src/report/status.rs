//! The table of versions and their status.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::terminal::{Terminal, escape_control};
use super::{counted, json};
use crate::payload::{Deployed, Status};

/// The table for people. `now` is in seconds since 1970.
pub fn human(versions: &[Deployed], account: &str, now: u64, terminal: Terminal) -> String {
    let rows: Vec<[String; 6]> = versions.iter().map(|version| row(version, now)).collect();
    let head = HEAD.map(str::to_uppercase);
    let widths: Vec<usize> =
        (0..head.len()).map(|column| width(std::iter::once(&head).chain(&rows), column)).collect();
    let mut text = terminal.bold(line(&head, &widths)) + "\n";
    for (row, deployed) in rows.iter().zip(versions) {
        let line = line(row, &widths);
        text += &match deployed.status {
            Status::Approved => line,
            Status::Pending | Status::InAppeal => terminal.yellow(line),
            _ => terminal.red(line),
        };
        text.push('\n');
    }
    text + &format!("\n{}: {}\n", terminal.bold(escape_control(account)), counted(versions.len(), "version"))
}

/// The columns.
const HEAD: [&str; 6] = ["version", "status", "category", "quality", "age", "note"];

fn row(deployed: &Deployed, now: u64) -> [String; 6] {
    let lower = |word: &str| escape_control(&word.to_lowercase()).into_owned();
    let quality = deployed.quality.as_deref().filter(|score| *score != "UNKNOWN");
    let key = deployed.key.to_string();
    [
        escape_control(&key).into_owned(),
        lower(deployed.status.as_str()),
        lower(&deployed.category),
        quality.map_or("-".to_owned(), lower),
        age(deployed, now).unwrap_or_else(|| "-".to_owned()),
        note(deployed),
    ]
}

/// How long ago it was last changed.
fn age(deployed: &Deployed, now: u64) -> Option<String> {
    // Meta writes the offset without a colon (reference of the message template).
    let time = jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", deployed.updated.as_deref()?).ok()?;
    let seconds = now.saturating_sub(u64::try_from(time.as_second()).unwrap_or(0));
    Some(match seconds {
        0..120 => "now".to_owned(),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    })
}

/// The table for a pull request or a job's summary.
pub fn markdown(versions: &[Deployed], account: &str, now: u64) -> String {
    let cell =
        |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('`', "'");
    let line = |cells: [String; 6]| format!("| {} |\n", cells.map(|text| cell(&text)).join(" | "));
    let rows: String = versions.iter().map(|version| line(row(version, now))).collect();
    let head = line(HEAD.map(str::to_owned));
    format!(
        "{head}|---|---|---|---|---|---|\n{rows}\n{}: {}\n",
        cell(&escape_control(account)),
        counted(versions.len(), "version")
    )
}

/// What is worth knowing beyond the columns.
fn note(deployed: &Deployed) -> String {
    let mut notes = Vec::new();
    if let Some(reason) = &deployed.rejected_reason {
        notes.push(format!("{}: {}", escape_control(reason), advice(reason)));
    }
    notes.extend(status_advice(&deployed.status).map(str::to_owned));
    if let Some(previous) = &deployed.previous_category {
        notes.push(format!("Meta changed the category from {}", escape_control(&previous.to_lowercase())));
    }
    match &deployed.correct_category {
        Some(correct) if *correct != deployed.category => {
            notes.push(format!(
                "Meta will change the category to {}",
                escape_control(&correct.to_lowercase())
            ));
        }
        _ => {}
    }
    notes.join("; ")
}

/// What to do about a rejection (templates/template-review).
fn advice(reason: &str) -> &'static str {
    match reason {
        "ABUSIVE_CONTENT" => "remove threatening or shaming text",
        "INCORRECT_CATEGORY" | "TAG_CONTENT_MISMATCH" => "choose the category that fits the text",
        "INVALID_FORMAT" => "fix placeholders and samples; `watpl lint` finds most problems",
        "PROMOTIONAL" => "declare it as marketing, or remove the promotion",
        "SCAM" => "name your business and the reason for the message, and link only to your own domain",
        _ => "see WhatsApp Manager",
    }
}

/// What to do about a status (templates/template-pausing, templates/template-archival).
fn status_advice(status: &Status) -> Option<&'static str> {
    match status {
        Status::Paused => Some(
            "too many recipients complained; improve the text or the audience; the pause ends after 3 or 6 hours",
        ),
        Status::Disabled => Some("it was paused too often; create a new template"),
        Status::Archived => Some("not used for a year; unarchive it if you need it"),
        Status::PendingDeletion => Some("it is deleted once all sent messages are delivered"),
        Status::LimitExceeded => Some("the account has too many templates"),
        _ => None,
    }
}

fn width<'a>(rows: impl Iterator<Item = &'a [String; 6]>, column: usize) -> usize {
    rows.filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
}

fn line(row: &[String; 6], widths: &[usize]) -> String {
    let cells =
        row.iter().zip(widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// The table for machines: `version`, `account`, `versions`.
pub fn machine(versions: &[Deployed], account: &str) -> String {
    let list: Vec<Value> = versions.iter().map(one).collect();
    json::render(&json!({ "version": json::VERSION, "account": account, "versions": list }))
}

fn one(deployed: &Deployed) -> Value {
    json!({
        "id": deployed.id,
        "name": deployed.key.name,
        "language": deployed.key.language,
        "status": deployed.status.as_str(),
        "category": deployed.category,
        "previous_category": deployed.previous_category,
        "correct_category": deployed.correct_category,
        "quality": deployed.quality,
        "rejected_reason": deployed.rejected_reason,
        "advice": deployed.rejected_reason.as_deref().map(advice),
        "updated": deployed.updated,
    })
}
