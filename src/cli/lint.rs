//! `watpl lint`.

mod baseline;
mod fixing;
mod format;
mod names;
mod stdin;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::console::Console;
use super::{CommandError, ExitStatus};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint_context::LintSettings;
use crate::report::{Counts, Findings, UnreadableFile, omitted};
use crate::rules;
use crate::workspace::{Linted, Unreadable, Workspace};
pub(super) use format::LintFormat;
use names::Folders;

/// Check templates and report problems.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders to check, or `-` for stdin [default: `templates` in watpl.yaml]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t = LintFormat::Human)]
    format: LintFormat,
    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Skip these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Only report findings of this severity or higher
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = MinSeverity::Info)]
    min_severity: MinSeverity,
    /// Apply safe fixes (never changes the message users see)
    #[arg(long)]
    fix: bool,
    /// Also apply unsafe fixes, which need review (with --fix or --diff)
    #[arg(long)]
    r#unsafe: bool,
    /// Show what --fix would change, without changing files
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Hide findings recorded in this baseline file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the current findings to the baseline file
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "diff"])]
    update_baseline: bool,
    /// Only report findings in files that changed since this git revision
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Path to use for stdin (for configuration and messages)
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
}

/// The least severity that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum MinSeverity {
    /// All findings
    Info,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    if args.r#unsafe && !args.fix && !args.diff {
        return Err(CommandError::usage("`--unsafe` needs `--fix` or `--diff`"));
    }
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return stdin::run(args, console);
    }
    if args.diff {
        return fixing::show(args, console);
    }
    if args.fix {
        fixing::write(args, console)?;
    }
    let (workspace, mut linted) = lint(args, console)?;
    let unreadable = std::mem::take(&mut linted.unreadable);
    if args.update_baseline {
        return baseline::write(args, console, &workspace, &linted);
    }
    finish(args, console, &workspace, linted, &unreadable)
}

/// Lints the files that the command line is about.
fn lint(args: &Args, console: &Console) -> Result<(Workspace, Linted), CommandError> {
    let mut workspace = console.open()?;
    let settings = settings(args, &workspace)?;
    let linted = workspace.lint(&args.paths, console.directory(), &settings);
    if linted.files == 0 {
        return Err(console.nothing_found(&args.paths, &workspace, &linted.unreadable));
    }
    console.mention(&workspace, &linted.unreadable);
    Ok((workspace, linted))
}

/// Filters the findings, prints them, and returns the exit status.
fn finish(
    args: &Args,
    console: &Console,
    workspace: &Workspace,
    mut linted: Linted,
    unreadable: &[Unreadable],
) -> Result<ExitStatus, CommandError> {
    let least = args.min_severity.severity();
    linted.diagnostics.retain(|diagnostic| diagnostic.severity >= least);
    if let Some(revision) = &args.changed_since {
        super::changed::retain(revision, workspace, &mut linted.diagnostics)?;
    }
    if let Some(path) = &args.baseline {
        baseline::retain(path, console, workspace, &mut linted.diagnostics)?;
    }
    args.format.print(&rendered(args.format, console, workspace, &linted, unreadable), console)?;
    Ok(exit(&linted.diagnostics, unreadable))
}

pub(super) fn rendered(
    format: LintFormat,
    console: &Console,
    workspace: &Workspace,
    linted: &Linted,
    unreadable: &[Unreadable],
) -> String {
    let unread = |error: &Unreadable| UnreadableFile { file: error.path.clone(), cause: error.cause.clone() };
    let unread: Vec<_> = unreadable.iter().map(unread).collect();
    let is_for_people = format == LintFormat::Human;
    let cut = if is_for_people { None } else { omitted::cut(&workspace.sources, &linted.diagnostics) };
    let repository = format.repository();
    let renamed = repository.as_deref().map(|repository| {
        let folders = Folders { repository, directory: console.directory(), project: &workspace.root };
        folders.renamed(&workspace.sources, &linted.diagnostics, &unread)
    });
    let findings = Findings {
        sources: &workspace.sources,
        diagnostics: cut.as_deref().unwrap_or(&linted.diagnostics),
        counts: Counts::from_diagnostics(&linted.diagnostics),
        templates: linted.files,
        versions: linted.versions,
        unread: &unread,
        renamed: &renamed.unwrap_or_default(),
    };
    format.render(&findings, console)
}

fn exit(diagnostics: &[Diagnostic], unreadable: &[Unreadable]) -> ExitStatus {
    match (unreadable.first(), Counts::from_diagnostics(diagnostics).errors) {
        (Some(_), _) if unreadable.iter().any(|error| error.named) => ExitStatus::Usage,
        (Some(_), _) => ExitStatus::Account,
        (None, 0) => ExitStatus::Done,
        (None, _) => ExitStatus::Findings,
    }
}

/// What the configuration asks for, and the command line.
fn settings(args: &Args, workspace: &Workspace) -> Result<LintSettings, CommandError> {
    let select = ids("--select", &args.select)?;
    let ignore = ids("--ignore", &args.ignore)?;
    let everything = || rules::all().into_iter().map(|rule| rule.id);
    let only = match (select.is_empty(), ignore.is_empty()) {
        (true, true) => None,
        (true, false) => Some(everything().filter(|id| !ignore.contains(id)).collect()),
        (false, _) => Some(select.difference(&ignore).copied().collect::<Vec<_>>()),
    };
    // Whether a file can be read at all is asked in any case.
    let structural =
        || rules::all().into_iter().filter(|rule| rules::is_structural(rule)).map(|rule| rule.id);
    let only = only.map(|only| only.into_iter().chain(structural()).map(str::to_owned).collect());
    let named = select.iter().copied().map(str::to_owned).collect();
    Ok(LintSettings { only, named, ..workspace.settings() })
}

fn ids(option: &str, words: &[String]) -> Result<BTreeSet<&'static str>, CommandError> {
    let known = |word: &String| {
        rules::find(word.trim()).map(|rule| rule.id).ok_or_else(|| {
            CommandError::usage(format!("unknown rule in `{option}`: `{word}`"))
                .help(rules::suggest_rule(word))
        })
    };
    words.iter().map(known).collect()
}

impl MinSeverity {
    fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}
