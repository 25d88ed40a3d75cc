//! What was found about a connection.

use serde_json::{Value, json};

use super::json;
use super::terminal::{Terminal, escape_control};
use crate::doctor::{Finding, Level};

/// The list for people.
pub fn human(findings: &[Finding], account: &str, terminal: Terminal) -> String {
    let mut text = String::new();
    for finding in findings {
        let sign = match finding.level {
            Level::Good => terminal.green("✓"),
            Level::Warning => terminal.yellow("!"),
            Level::Problem => terminal.red("✗"),
        };
        text += &format!("{sign} {}\n", escape_control(&finding.message));
        let indent = "          ";
        if let Some(help) = &finding.help {
            let width = terminal.width.saturating_sub(indent.len()).max(40);
            let lines =
                textwrap::wrap(help, width).into_iter().map(|line| escape_control(&line).into_owned());
            text += &format!("    help: {}\n", lines.collect::<Vec<_>>().join(&format!("\n{indent}")));
        }
    }
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    let words = match (count(Level::Problem), count(Level::Warning)) {
        (0, 0) => terminal.green("ready to deploy"),
        (0, _) => terminal.yellow("ready to deploy, with warnings"),
        _ => terminal.red("not ready to deploy"),
    };
    format!("{text}\n{}: {words}\n", terminal.bold(escape_control(account)))
}

/// The list for machines: `version`, `account`, `findings`.
pub fn machine(findings: &[Finding], account: &str) -> String {
    let list: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "id": finding.id,
                "level": finding.level.as_str(),
                "message": finding.message,
                "help": finding.help,
            })
        })
        .collect();
    json::render(&json!({ "version": json::VERSION, "account": account, "findings": list }))
}
