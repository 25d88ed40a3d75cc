//! `watpl man`.

use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use super::console::Console;
use super::{CommandError, ExitStatus, help};
use crate::report::counted;
use crate::workspace::Boundary;

/// Print a man page, or write all man pages to a folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Command to show the page of [default: watpl itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Option<String>,
    /// Write a page for each command to this folder, such as share/man/man1
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let program = described();
    let Some(folder) = &args.out else {
        let page = page(find(program, args.command.as_deref())?)?;
        console.print(&page)?;
        return Ok(ExitStatus::Done);
    };
    let mut all: Vec<_> = program.get_subcommands().filter(|command| is_shown(command)).cloned().collect();
    all.insert(0, program);
    let count = all.len();
    let folder = console.directory().join(folder);
    for command in all {
        let name = format!("{}.1", command.get_display_name().unwrap_or("watpl"));
        write(&folder, &name, &page(command)?, console)?;
    }
    console.print(&format!("{} written to {}\n", counted(count, "page"), console.shown(&folder)))?;
    Ok(ExitStatus::Done)
}

/// The command line, with the commands' full names and what they inherit.
fn described() -> Command {
    let mut program = help::command();
    program.build();
    program
}

fn is_shown(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

fn find(program: Command, name: Option<&str>) -> Result<Command, CommandError> {
    let Some(name) = name else { return Ok(program) };
    let found = program.find_subcommand(name).filter(|command| is_shown(command)).cloned();
    let help = "run `watpl --help` to list the commands";
    found.ok_or_else(|| CommandError::usage(format!("unknown command `{name}`")).help(help))
}

fn page(command: Command) -> Result<String, CommandError> {
    let mut page = Vec::new();
    // The date of a build is no date of the page: without it, the same program writes the same pages.
    let rendered =
        Man::new(command).date("").source(concat!("watpl ", env!("CARGO_PKG_VERSION"))).render(&mut page);
    rendered.map_err(|error| CommandError::account(format!("the page cannot be written: {error}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn write(folder: &Path, name: &str, page: &str, console: &Console) -> Result<(), CommandError> {
    let path = folder.join(name);
    let target =
        Boundary::around(console.directory()).and_then(|boundary| boundary.named_target(&path, true));
    let written = target.and_then(|target| target.replace(page));
    written.map_err(|error| {
        CommandError::account(format!("{} cannot be written: {error}", console.shown(&path)))
    })
}
