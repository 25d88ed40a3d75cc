//! `watpl breaking`: changes that break sending code.

use super::console::Console;
use super::deploy::{connect, listing_failure};
use super::git::Repository;
use super::runtime::runtime;
use super::select::find_account;
use super::{CommandError, ExitStatus, lint};
use crate::breaking::compare;
use crate::check;
use crate::diagnostic::Severity;
use crate::import::{ImportStyle, import};
use crate::lint::{apply_severities, sort_and_dedup};
use crate::model::Template;
use crate::payload::Deployed;
use crate::remote::calls;
use crate::source::SourceId;
use crate::syntax::text::Brackets;
use crate::syntax::{self, SourceFormat};
use crate::workspace::{Linted, MAX_FILE, Workspace};

/// What begins the name of an account.
const ACCOUNT: &str = "account:";

/// Report changes that break code that sends the templates.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Git revision to compare with, or `account:NAME` for an account in watpl.yaml
    #[arg(long, value_name = "REV|account:NAME")]
    against: String,
    /// Output format
    #[arg(long, value_enum, default_value_t = lint::LintFormat::Human)]
    format: lint::LintFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let (mut workspace, unreadable) = console.load(&[])?;
    if let Some(error) = unreadable.first() {
        return Err(CommandError::account(format!("{} cannot be read, so nothing was compared", error.path)));
    }
    let checked = workspace.check();
    console.refuse_broken_config(&workspace, &checked)?;
    let files = workspace.templates().count();
    if checked.templates.len() != files || checked.templates.iter().any(|template| template.name.is_none()) {
        let failure = CommandError {
            exit: ExitStatus::Findings,
            ..CommandError::usage("a file is not a valid template, so it would look removed")
        };
        return Err(failure.help("fix the errors that `watpl lint` reports first"));
    }
    // A revision is never taken for an account: the configuration of a clone may name one `origin/main`.
    let before = match args.against.strip_prefix(ACCOUNT) {
        Some(account) => from_account(account, &mut workspace, &checked.templates, console)?,
        None => from_revision(&args.against, &mut workspace, console)?,
    };
    let mut diagnostics = compare(&before, &checked.templates);
    apply_severities(&mut diagnostics, &workspace.settings().levels(""));
    sort_and_dedup(&mut diagnostics);
    let broken = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let versions = checked.templates.iter().map(|template| template.versions.len()).sum();
    let linted = Linted { diagnostics, files, versions, unreadable: Vec::new() };
    args.format.print(&lint::rendered(args.format, console, &workspace, &linted, &[]), console)?;
    Ok(if broken { ExitStatus::Findings } else { ExitStatus::Done })
}

/// The templates as they were where this branch left a revision: those whose files changed since.
fn from_revision(
    revision: &str,
    workspace: &mut Workspace,
    console: &Console,
) -> Result<Vec<Template>, CommandError> {
    let repository = Repository::open(&workspace.root)?;
    let base = repository.base(revision).map_err(|failure| {
        let is_account = workspace.config.accounts.contains_key(revision);
        if is_account {
            failure.help(format!("to compare with an account, use `--against {ACCOUNT}{revision}`"))
        } else {
            failure
        }
    })?;
    let changed = repository.changed(&base)?;
    let is_wanted = |path: &str| changed.contains(path) && workspace.is_template_path(path);
    let mut ids = Vec::new();
    for (path, bytes) in repository.texts(&base, MAX_FILE, is_wanted)? {
        let shown = console.shown(&workspace.root.join(&path));
        ids.push(workspace.sources.add(shown, syntax::decode(bytes).0));
    }
    Ok(parsed(workspace, &ids))
}

/// The templates as an account has them: those that have a file here.
fn from_account(
    account: &str,
    workspace: &mut Workspace,
    templates: &[Template],
    console: &Console,
) -> Result<Vec<Template>, CommandError> {
    if account.is_empty() {
        return Err(CommandError::usage(format!("`--against {ACCOUNT}` needs the name of an account"))
            .help(format!("use the name of an account in watpl.yaml, such as `--against {ACCOUNT}live`")));
    }
    let (_, place) = find_account(workspace, Some(account))?;
    let deployed = runtime()?.block_on(async {
        let connection = connect(&workspace.root, account, &place.kind, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        listed.map_err(|error| listing_failure(&error))
    })?;
    let style = ImportStyle { surface: SourceFormat::Yaml, brackets: Brackets::Braces };
    let mut ids = Vec::new();
    for template in templates {
        let own: Vec<&Deployed> =
            deployed.iter().filter(|version| version.key.name == template.title()).collect();
        match import(&own, style) {
            _ if own.is_empty() => {}
            Ok(import) => {
                ids.push(workspace.sources.add(format!("{account}/{}.yaml", template.title()), import.text))
            }
            Err(error) => console.warn(&format!("{} was not compared: {error}", template.title())),
        }
    }
    if ids.is_empty() {
        console.warn(&format!("nothing was compared: no template here exists in `{account}`"));
    }
    Ok(parsed(workspace, &ids))
}

fn parsed(workspace: &Workspace, ids: &[SourceId]) -> Vec<Template> {
    check::parse(ids.iter().filter_map(|id| workspace.sources.get(*id))).templates
}
