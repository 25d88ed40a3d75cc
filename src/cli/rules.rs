//! `watpl rules`, and how `watpl explain` finds the rules that it is asked about.

use super::console::Console;
use super::{CommandError, ExitStatus, OutputFormat};
use crate::diagnostic::Rule;
use crate::pattern::{Pattern, PatternError};
use crate::report::{json, rule};
use crate::rules;
use crate::suggest::closest;

/// List the lint rules.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Rule ids or patterns such as `placeholder-*` [default: all rules]
    #[arg(value_name = "RULE")]
    rules: Vec<String>,
    /// Only rules of this severity (can be repeated)
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',', value_parser = ["error", "warning", "info"])]
    severity: Vec<String>,
    /// Only rules of this class (can be repeated)
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = ["refused", "rejected", "recategorised", "risk", "contract"])]
    class: Vec<String>,
    /// Only rules with this kind of evidence (can be repeated)
    #[arg(long, value_name = "CONFIDENCE", value_delimiter = ',', value_parser = ["documented", "observed", "reported", "inferred"])]
    confidence: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let wanted = |list: &[String], word: String| list.is_empty() || list.contains(&word);
    let mut found = select(&args.rules)?;
    found.retain(|rule| {
        wanted(&args.severity, rule.severity.to_string())
            && wanted(&args.class, rule.class.to_string())
            && wanted(&args.confidence, rule.confidence.to_string())
    });
    console.print(&match args.format {
        OutputFormat::Human => rule::list(&found, console.terminal),
        OutputFormat::Json => json::rules(&found, json::Detail::Brief),
    })?;
    Ok(ExitStatus::Done)
}

/// The rules that ids and patterns name, each once; all where nothing is named.
pub(super) fn select(names: &[String]) -> Result<Vec<&'static Rule>, CommandError> {
    let mut found = rules::all();
    if names.is_empty() {
        return Ok(found);
    }
    let mut patterns = Vec::new();
    for name in names {
        let pattern = Pattern::new(name).map_err(|error| bad_pattern(name, &error))?;
        if !found.iter().any(|rule| pattern.matches(rule.id)) {
            return Err(unknown(name));
        }
        patterns.push(pattern);
    }
    found.retain(|rule| patterns.iter().any(|pattern| pattern.matches(rule.id)));
    Ok(found)
}

fn bad_pattern(name: &str, error: &PatternError) -> CommandError {
    let failure = match error {
        PatternError::TooLong(_) => CommandError::usage(format!("this is not a rule pattern: {error}")),
        _ => CommandError::usage(format!("`{name}` is not a valid pattern: {error}")),
    };
    failure.help("use a rule id, or a pattern such as `placeholder-*`")
}

fn unknown(name: &str) -> CommandError {
    let failure = CommandError::usage(format!("unknown rule `{name}`"));
    match closest(&name.replace('-', "_"), rules::all().iter().map(|rule| rule.id)) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None => failure.help("run `watpl rules` to list the rules"),
    }
}
