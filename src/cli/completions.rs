//! `watpl completions`.

use clap_complete::Shell;

use super::console::Console;
use super::{CommandError, ExitStatus, help};

/// Print a shell completion script.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    console.print(&script(args.shell))?;
    Ok(ExitStatus::Done)
}

/// A script that asks watpl for candidates, or for other shells a list of commands and options.
fn script(shell: Shell) -> String {
    match shell {
        Shell::Bash => include_str!("completions/watpl.bash").to_owned(),
        Shell::Zsh => include_str!("completions/watpl.zsh").to_owned(),
        Shell::Fish => include_str!("completions/watpl.fish").to_owned(),
        other => {
            let mut script = Vec::new();
            clap_complete::generate(other, &mut help::command(), "watpl", &mut script);
            String::from_utf8_lossy(&script).into_owned()
        }
    }
}
