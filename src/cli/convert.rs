//! `watpl convert`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::console::Console;
use super::{CommandError, ExitStatus};
use crate::format;
use crate::syntax::SourceFormat;
use crate::workspace::Workspace;

/// Convert a template between YAML and the .watpl format.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Template file to convert
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Target format
    #[arg(long, value_enum)]
    to: To,
    /// Write to this file instead of printing; media paths in the template are not adjusted
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "out")]
    force: bool,
}

/// A format, by its file extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// YAML
    Yaml,
    /// The .watpl format
    Watpl,
}

impl To {
    fn surface(self) -> SourceFormat {
        match self {
            Self::Yaml => SourceFormat::Yaml,
            Self::Watpl => SourceFormat::Dsl,
        }
    }
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let (workspace, _) = console.load(std::slice::from_ref(&args.file))?;
    let mut templates = workspace.templates();
    let (Some(source), None) = (templates.next(), templates.next()) else {
        return Err(
            CommandError::usage("only one file can be converted at a time").help("pass the path of one file")
        );
    };
    let to = args.to.surface();
    if SourceFormat::from_path(source.name()).is_none() {
        let failure = CommandError::usage(format!("{} is not a template file", source.name()));
        let failure = failure.help("template files end in .yaml, .yml or .watpl");
        return Err(CommandError { exit: ExitStatus::Findings, ..failure });
    }
    let text = match format::write(source, to, workspace.config.placeholders) {
        Ok(text) => text,
        Err(refusal) => {
            let message = format!("{} cannot be converted: {refusal}", source.name());
            return Err(CommandError { exit: ExitStatus::Findings, ..CommandError::usage(message) });
        }
    };
    match &args.out {
        Some(out) => write(&workspace, console, out, &text, args)?,
        None => console.print_file(&text).map_err(|failure| match failure.exit {
            ExitStatus::Usage => failure.help("pass `--out FILE`, or redirect the output to a file"),
            _ => failure,
        })?,
    }
    Ok(ExitStatus::Done)
}

/// Writes a file, over another one only where that was asked.
fn write(
    workspace: &Workspace,
    console: &Console,
    out: &Path,
    text: &str,
    args: &Args,
) -> Result<(), CommandError> {
    let shown = out.to_string_lossy();
    let to = args.to.surface();
    if SourceFormat::from_path(&shown) != Some(to) {
        let ending = format::extension(to);
        return Err(CommandError::usage(format!("the ending of {shown} does not match the target format"))
            .help(format!("use a name that ends in .{ending}")));
    }
    let target = workspace.boundary.named_target(&console.directory().join(out), false);
    let written =
        target.and_then(|target| if args.force { target.replace(text) } else { target.create(text) });
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            CommandError::usage(format!("{shown} already exists")).help("pass `--force` to replace it")
        }
        _ => CommandError::account(format!("{shown} cannot be written: {error}")),
    })
}
