//! The table of versions and where they stand.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::terminal::{Terminal, clean};
use super::{counted, json};
use crate::payload::{Deployed, Status};

/// The table for people.
pub fn human(versions: &[Deployed], account: &str, terminal: Terminal) -> String {
    let rows: Vec<[String; 5]> = versions.iter().map(row).collect();
    let head = ["VERSION", "STATUS", "CATEGORY", "QUALITY", "NOTE"].map(str::to_owned);
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
    text + &format!("\n{}: {}\n", terminal.bold(clean(account)), counted(versions.len(), "version"))
}

fn row(deployed: &Deployed) -> [String; 5] {
    let lower = |word: &str| clean(&word.to_lowercase()).into_owned();
    let quality = deployed.quality.as_deref().filter(|score| *score != "UNKNOWN");
    let key = deployed.key.to_string();
    [
        clean(&key).into_owned(),
        lower(deployed.status.word()),
        lower(&deployed.category),
        quality.map_or("-".to_owned(), lower),
        note(deployed),
    ]
}

/// What is worth knowing beyond the columns.
fn note(deployed: &Deployed) -> String {
    let mut notes = Vec::new();
    if let Some(reason) = &deployed.rejected_reason {
        notes.push(format!("{}: {}", clean(reason), advice(reason)));
    }
    if let Some(previous) = &deployed.previous_category {
        notes.push(format!("was {} before Meta changed it", clean(&previous.to_lowercase())));
    }
    match &deployed.correct_category {
        Some(correct) if *correct != deployed.category => {
            notes.push(format!("Meta announces {}", clean(&correct.to_lowercase())));
        }
        _ => {}
    }
    notes.join("; ")
}

/// What to do about a rejection (templates/template-review).
fn advice(reason: &str) -> &'static str {
    match reason {
        "ABUSIVE_CONTENT" => "take out what threatens or shames",
        "INCORRECT_CATEGORY" | "TAG_CONTENT_MISMATCH" => "choose the category that the text belongs to",
        "INVALID_FORMAT" => "mend placeholders and samples; `watpl lint` finds most",
        "PROMOTIONAL" => "declare it marketing, or take the promotion out",
        "SCAM" => "say who writes and why, and link to your own domain only",
        _ => "see WhatsApp Manager",
    }
}

fn width<'a>(rows: impl Iterator<Item = &'a [String; 5]>, column: usize) -> usize {
    rows.filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
}

fn line(row: &[String; 5], widths: &[usize]) -> String {
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
        "status": deployed.status.word(),
        "category": deployed.category,
        "previous_category": deployed.previous_category,
        "correct_category": deployed.correct_category,
        "quality": deployed.quality,
        "rejected_reason": deployed.rejected_reason,
    })
}
