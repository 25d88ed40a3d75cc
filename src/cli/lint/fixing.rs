//! `watpl lint --fix` and `--diff`.

use super::{Args, lint, settings};
use crate::cli::console::Console;
use crate::cli::{CommandError, ExitStatus};
use crate::diagnostic::Safety;
use crate::fix::{Fixed, is_fixable, until_stable};
use crate::report::terminal::escape_control;
use crate::report::{counted, unified};
use crate::source::Source;
use crate::workspace::Workspace;

/// Fixes the files on disk.
pub(super) fn write(args: &Args, console: &Console) -> Result<(), CommandError> {
    let (workspace, fixed) = fixed(args, console)?;
    let mut count = 0;
    let mut files = 0;
    for (source, fixed) in fixed {
        let Some(source) = workspace.sources.get(source) else { continue };
        match workspace.rewrite(source, &fixed.text) {
            Ok(()) => {
                count += fixed.count;
                files += 1;
            }
            Err(error) => return Err(CommandError::account(error.to_string())),
        }
    }
    let (problems, files) = (counted(count, "problem"), counted(files, "file"));
    console.note(&format!("{problems} fixed in {files}\n"));
    Ok(())
}

/// Shows what would change, and changes nothing.
pub(super) fn show(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let (workspace, fixed) = fixed(args, console)?;
    let mut count = 0;
    for (source, fixed) in &fixed {
        let Some(source) = workspace.sources.get(*source) else { continue };
        count += fixed.count;
        console.print(&unified::diff(source.name(), source.text(), &fixed.text, console.terminal))?;
    }
    let (problems, files) = (counted(count, "problem"), counted(fixed.len(), "file"));
    console.note(&format!("{problems} in {files} can be fixed\n"));
    Ok(if fixed.is_empty() { ExitStatus::Done } else { ExitStatus::Findings })
}

/// Returns the fixed text of one source.
pub(super) fn for_source(
    args: &Args,
    workspace: &Workspace,
    source: &Source,
    path: &std::path::Path,
) -> Result<Option<Fixed>, CommandError> {
    let settings = settings(args, workspace)?;
    let check = |source: &Source| workspace.check_file(source, path, &settings).diagnostics;
    Ok(until_stable(source, safety(args), &check))
}

type Mended = Vec<(crate::source::SourceId, Fixed)>;

fn fixed(args: &Args, console: &Console) -> Result<(Workspace, Mended), CommandError> {
    let (workspace, linted) = lint(args, console)?;
    let fixable = linted.diagnostics.iter().filter(|diagnostic| is_fixable(diagnostic, safety(args)));
    let mut sources: Vec<_> = fixable.map(|diagnostic| diagnostic.span.source).collect();
    sources.dedup();
    let mut mended = Vec::new();
    for id in sources {
        let (Some(source), Some(path)) = (workspace.sources.get(id), workspace.path(id)) else { continue };
        match for_source(args, &workspace, source, path)? {
            Some(fixed) => mended.push((id, fixed)),
            None => console.note(&format!(
                "{}: not changed, because the fixes would cause more errors\n",
                escape_control(source.name())
            )),
        }
    }
    Ok((workspace, mended))
}

fn safety(args: &Args) -> Safety {
    if args.r#unsafe { Safety::Unsafe } else { Safety::Safe }
}
