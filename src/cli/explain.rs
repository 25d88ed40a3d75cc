//! `watpl explain`.

use super::console::Console;
use super::{Exit, Failure};
use crate::lower::closest;
use crate::report::rule;
use crate::rules;

/// Say what a rule is about, with examples.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's id; without one, all rules are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let Some(id) = &args.rule else {
        console.print(&rule::list(console.terminal))?;
        return Ok(Exit::Done);
    };
    let Some(found) = rules::find(id) else {
        let failure = Failure::usage(format!("there is no rule `{id}`"));
        return Err(match closest(&id.replace('-', "_"), rules::all().iter().map(|rule| rule.id)) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("`watpl explain` lists the rules"),
        });
    };
    console.print(&rule::page(found))?;
    Ok(Exit::Done)
}
