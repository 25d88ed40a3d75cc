//! `watpl completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::console::Console;
use super::{Cli, Exit, Failure};

/// Print a shell completion script.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "watpl", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
