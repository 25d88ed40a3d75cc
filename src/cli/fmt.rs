//! `watpl fmt`.

use std::path::PathBuf;

use super::console::Console;
use super::{CommandError, ExitStatus};
use crate::format;
use crate::report::terminal::escape_control;
use crate::report::{counted, unified};
use crate::source::Source;
use crate::syntax::SourceFormat;
use crate::workspace::{CONFIG, Workspace};

/// Format template files.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders to format [default: `templates` in watpl.yaml]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; list files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Change nothing; print the changes as a diff, and exit with 1 if there are any
    #[arg(long)]
    diff: bool,
}

/// What became of the files.
#[derive(Default)]
struct Tally {
    same: usize,
    changed: usize,
    refused: usize,
    failed: usize,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let (workspace, unreadable) = console.load(&args.paths)?;
    let mut tally = Tally::default();
    for source in workspace.templates() {
        one(args, console, &workspace, source, &mut tally)?;
    }
    let dry = args.check || args.diff;
    console.note(&tally.summary(dry));
    Ok(match unreadable.first() {
        Some(error) if error.named => ExitStatus::Usage,
        Some(_) => ExitStatus::Account,
        None if tally.failed > 0 => ExitStatus::Account,
        None if tally.refused > 0 || (dry && tally.changed > 0) => ExitStatus::Findings,
        None => ExitStatus::Done,
    })
}

/// Formats one file. Reports a file that can't be formatted, and continues.
fn one(
    args: &Args,
    console: &Console,
    workspace: &Workspace,
    source: &Source,
    tally: &mut Tally,
) -> Result<(), CommandError> {
    let refuse = |why: &str| {
        console.note(&format!("{}: not formatted: {}\n", escape_control(source.name()), escape_control(why)))
    };
    if let Some(why) = not_a_template(source.name()) {
        tally.refused += 1;
        refuse(why);
        return Ok(());
    }
    let text = match format::write(source, format::surface(source), workspace.config.placeholders) {
        Ok(text) => text,
        Err(refusal) => {
            tally.refused += 1;
            refuse(&refusal.to_string());
            return Ok(());
        }
    };
    if text == source.text() {
        tally.same += 1;
        return Ok(());
    }
    let shown = preview(args, source, &text, console);
    if args.check || args.diff {
        tally.changed += 1;
        return console.print(&shown);
    }
    match workspace.rewrite(source, &text) {
        Ok(()) => {
            tally.changed += 1;
            console.print(&shown)
        }
        Err(error) => {
            tally.failed += 1;
            console.note(&format!(
                "{} {}\n",
                console.terminal.red("error:"),
                escape_control(&error.to_string())
            ));
            Ok(())
        }
    }
}

/// Why a file is left alone for its name: a file that the command line names may be anything.
fn not_a_template(name: &str) -> Option<&'static str> {
    match SourceFormat::from_path(name) {
        None => Some("it is not a template file, which ends in .yaml, .yml or .watpl"),
        Some(_) if name.rsplit('/').next() == Some(CONFIG) => Some("it is the configuration file"),
        Some(_) => None,
    }
}

/// What is printed of a file that changes: its name, or the difference.
fn preview(args: &Args, source: &Source, text: &str, console: &Console) -> String {
    if args.diff {
        unified::diff(source.name(), source.text(), text, console.terminal)
    } else {
        format!("{}\n", escape_control(source.name()))
    }
}

impl Tally {
    /// The closing line: `2 files formatted, 16 files unchanged`.
    fn summary(&self, dry: bool) -> String {
        let done = if dry { "to format" } else { "formatted" };
        let mut parts = Vec::new();
        if self.changed > 0 {
            parts.push(format!("{} {done}", counted(self.changed, "file")));
        }
        if self.same > 0 {
            parts.push(format!("{} unchanged", counted(self.same, "file")));
        }
        if self.refused + self.failed > 0 {
            parts.push(format!("{} not formatted", counted(self.refused + self.failed, "file")));
        }
        format!("{}\n", parts.join(", "))
    }
}
