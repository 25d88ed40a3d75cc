//! `watpl schema`.

use clap::ValueEnum;

use super::console::Console;
use super::{CommandError, ExitStatus};
use crate::report::json;
use crate::schema;

/// Print the JSON Schema of template files or watpl.yaml.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Schema to print
    #[arg(value_enum, default_value_t = File::Template)]
    file: File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    /// YAML template files
    Template,
    /// watpl.yaml
    Config,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let schema = match args.file {
        File::Template => schema::template(),
        File::Config => schema::config(),
    };
    console.print(&json::render(&schema))?;
    Ok(ExitStatus::Done)
}
