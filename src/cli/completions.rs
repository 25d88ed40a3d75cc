//! `watpl completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::console::Console;
use super::{Cli, CommandError, ExitStatus};

/// Print what a shell needs to complete commands and options.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "watpl", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitStatus::Done)
}
