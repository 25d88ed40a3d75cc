//! `watpl lint -`: one template from standard input, as editors give it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::{Args, finish, fixing, settings};
use crate::cli::console::Console;
use crate::cli::{CommandError, ExitStatus};
use crate::report::unified;
use crate::workspace::MAX_FILE;

/// Name of the text without `--stdin-filename`.
const NAME: &str = "stdin";

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    if args.paths.len() > 1 {
        return Err(CommandError::usage("`-` cannot be combined with other paths"));
    }
    if args.update_baseline || args.changed_since.is_some() {
        return Err(CommandError::usage("`--update-baseline` and `--changed-since` cannot be used with `-`"));
    }
    let bytes = read()?;
    let mut workspace = console.open()?;
    let settings = settings(args, &workspace)?;
    let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from(NAME));
    let path = console.directory().join(path);
    let (id, linted) = workspace.lint_text(&path, bytes, console.directory(), &settings);
    let Some(source) = workspace.sources.get(id) else { return Ok(ExitStatus::Done) };
    if !args.fix && !args.diff {
        return finish(args, console, &workspace, linted, &[]);
    }
    let fixed = fixing::for_source(args, &workspace, source, Path::new(&path))?;
    let text = fixed.as_ref().map_or(source.text(), |fixed| fixed.text.as_str());
    if args.diff {
        console.print(&unified::diff(source.name(), source.text(), text, console.terminal))?;
        return Ok(if fixed.is_some() { ExitStatus::Findings } else { ExitStatus::Done });
    }
    // Every byte goes back to where it came from, also what a terminal would obey: it is the caller's own text.
    console.print_back(text)?;
    Ok(ExitStatus::Done)
}

fn read() -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes);
    // The writer of the pipe gets an error if reading stops.
    let _ = std::io::stdout().flush();
    read.map_err(|error| CommandError::account(format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_FILE {
        let limit = MAX_FILE / 1024;
        return Err(CommandError::usage(format!(
            "standard input is larger than {limit} KiB, the size limit for files"
        )));
    }
    Ok(bytes)
}
