//! `--baseline`: a project with existing findings starts to lint without fixing all of them first.

use std::path::Path;

use super::Args;
use crate::baseline::Baseline;
use crate::cli::console::Console;
use crate::cli::{CommandError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::report::counted;
use crate::workspace::{self, Linted, Workspace};

/// Writes everything that was found.
pub(super) fn write(
    args: &Args,
    console: &Console,
    workspace: &Workspace,
    linted: &Linted,
) -> Result<ExitStatus, CommandError> {
    let Some(path) = &args.baseline else { return Ok(ExitStatus::Done) };
    let path = console.directory().join(path);
    let baseline =
        Baseline::from_diagnostics(&workspace.sources, &linted.diagnostics, &|id| workspace.name(id));
    let target = workspace.boundary.named_target(&path, false);
    target
        .and_then(|target| target.replace(&baseline.render()))
        .map_err(|error| CommandError::account(format!("the baseline cannot be written: {error}")))?;
    let findings = counted(linted.diagnostics.len(), "finding");
    console.print(&format!("{findings} written to {}\n", console.shown(&path)))?;
    Ok(ExitStatus::Done)
}

/// Hides findings of the baseline, and reports how many of its findings no longer exist.
pub(super) fn retain(
    path: &Path,
    console: &Console,
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), CommandError> {
    let path = console.directory().join(path);
    let shown = console.shown(&path);
    let help = "create it with `watpl lint --baseline FILE --update-baseline`";
    let text = workspace::read_text(&path).map_err(|error| {
        CommandError::usage(format!("the baseline {shown} cannot be read: {}", error.cause)).help(help)
    })?;
    let mut baseline = Baseline::parse(&text)
        .map_err(|cause| CommandError::usage(format!("{shown} is not a baseline: {cause}")).help(help))?;
    let before = diagnostics.len();
    baseline.retain_new(&workspace.sources, diagnostics, &|id| workspace.name(id));
    let known = before - diagnostics.len();
    if known + baseline.left() > 0 {
        let gone = match baseline.left() {
            0 => String::new(),
            left => format!("; {} no longer found (remove with `--update-baseline`)", counted(left, "entry")),
        };
        console.note(&format!("{} hidden by the baseline{gone}\n", counted(known, "finding")));
    }
    Ok(())
}
