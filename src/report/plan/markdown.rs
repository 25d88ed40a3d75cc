//! A plan in Markdown: for a remark on a pull request, or the summary of a job.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::{clock, summary};
use crate::plan::{Action, Change, Plan};
use crate::report::markdown::{code, inline};
use crate::report::terminal::escape_control;

/// Most bytes of the text: a remark on GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// The plan: a table, and below it what users would see differently, as much of it as a remark takes.
pub fn markdown(plan: &Plan, account: &str) -> String {
    let mut text = format!("### {}\n\n{}\n", code(account), summary(plan));
    let told: Vec<_> = plan.changes.iter().filter(|change| is_told(change)).collect();
    if told.is_empty() {
        return text;
    }
    text += "\n| | version | reason |\n|---|---|---|\n";
    let (mut rows, mut differences) = (0, String::new());
    for change in &told {
        let row = row(change);
        if text.len() + row.len() > LONGEST / 2 {
            break;
        }
        text += &row;
        rows += 1;
        let difference = difference(change);
        if text.len() + differences.len() + difference.len() < LONGEST {
            differences += &difference;
        }
    }
    if told.len() > rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n… and {} more", told.len() - rows);
    }
    text + &differences
}

fn is_told(change: &Change) -> bool {
    !(change.action == Action::Keep && change.reason.is_silent() && change.recategorised.is_none())
}

fn row(change: &Change) -> String {
    let mut why = inline(&change.reason.sentence());
    if let Some(until) = change.reason.until() {
        let _ = write!(why, "; waiting until {}", clock(until));
    }
    if let Some((declared, actual)) = &change.recategorised {
        let _ =
            write!(why, "<br>Meta changed the category to {}; the file declares {declared}", inline(actual));
    }
    format!("| {} | {} | {why} |\n", change.action.as_str(), code(&change.key.to_string()))
}

/// What users would see differently, folded up.
fn difference(change: &Change) -> String {
    let before = change.before.as_deref().unwrap_or_default();
    let after = match (change.action, change.after.as_deref()) {
        (Action::Delete, _) | (_, None) => "",
        (_, Some(after)) => after,
    };
    if change.action == Action::Keep || before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(before, after);
    let mut lines = String::new();
    for part in diff.iter_all_changes() {
        let sign = match part.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => ' ',
        };
        let _ = writeln!(lines, "{sign}{}", escape_control(part.value().trim_end_matches('\n')));
    }
    let longest = lines.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let title = code(&change.key.to_string());
    format!(
        "\n<details><summary>{} {title}</summary>\n\n{fence}diff\n{lines}{fence}\n\n</details>\n",
        change.action.as_str()
    )
}
