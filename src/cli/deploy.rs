//! What the commands that deploy share: sources, account, connection, plan.

mod connect;

use std::path::PathBuf;

use globset::Glob;

pub(super) use connect::{Connection, connect, listing_failure, runtime};

use super::console::Console;
use super::{Exit, Failure};
use crate::apply::{self, Item, MediaFile, Outcome};
use crate::check::Checked;
use crate::compile::{self, compile};
use crate::config::{Account, Place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint;
use crate::lock::Applied;
use crate::lower::closest;
use crate::model::Template;
use crate::payload::{Deployed, Payload};
use crate::plan::{Desired, Options, Plan, Sides, plan};
use crate::report::outcome;
use crate::workspace::{LockFile, StateError, Workspace, now};

/// Options of every command that plans.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct PlanArgs {
    /// Templates by name; all when none is given
    #[arg(value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// The account, instead of the default one
    #[arg(long, value_name = "NAME")]
    pub(super) account: Option<String>,
    /// Undo edits that were made in the console
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Create again what was deleted outside
    #[arg(long)]
    pub(super) recreate: bool,
    /// Edit templates that are there, differ, and were never applied from here
    #[arg(long)]
    pub(super) adopt: bool,
    /// Spend an edit where only samples differ
    #[arg(long)]
    pub(super) samples: bool,
}

/// The project's side of a deployment.
#[derive(Debug)]
pub(super) struct Deployment {
    pub(super) workspace: Workspace,
    pub(super) checked: Checked,
    pub(super) account: String,
    pub(super) place: Account,
    pub(super) desired: Vec<Desired>,
    /// Whether every file is a template, and every version of it was compiled.
    whole: bool,
}

impl Deployment {
    /// Reads, checks and compiles the templates for an account.
    pub(super) fn prepare(
        console: &Console,
        paths: &[PathBuf],
        account: Option<&str>,
    ) -> Result<Self, Failure> {
        let (workspace, unreadable) = console.load(paths)?;
        if let Some(error) = unreadable.first() {
            // A file that is not there could be a template that would seem removed.
            return Err(Failure::account(format!("{} cannot be read, so nothing was planned", error.path))
                .help("make it readable, or move it out of the templates' folder"));
        }
        let (account, place) = find_account(&workspace, account)?;
        let mut checked = workspace.check();
        refuse_bad_patterns(&place, &checked)?;
        let (desired, whole) = compile_all(&workspace, &mut checked, &account, &place);
        refuse_broken_config(&workspace, &checked, console)?;
        Ok(Self { workspace, checked, account, place, desired, whole })
    }

    pub(super) fn has_errors(&self) -> bool {
        self.checked.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Errors and warnings of the sources, for people; notes are for `lint`.
    pub(super) fn findings(&self, console: &Console) -> String {
        console.findings(&self.workspace, &self.checked, Severity::Warning)
    }

    /// The templates that live in the account.
    pub(super) fn templates(&self) -> impl Iterator<Item = &Template> {
        self.checked.templates.iter().filter(|template| lives_in(template, &self.account, &self.place))
    }

    /// Connects to the account.
    pub(super) async fn connect(&self, console: &Console) -> Result<Connection, Failure> {
        connect(&self.workspace.root, &self.place.place, console).await
    }

    pub(super) fn is_sandbox(&self) -> bool {
        self.place.place == Place::Sandbox
    }

    /// Opens the account's lock, held against other runs where it is going to be written.
    pub(super) fn lock(&self, writes: bool) -> Result<LockFile, Failure> {
        let open = if writes { LockFile::hold } else { LockFile::read };
        open(&self.workspace.root, &self.account, self.is_sandbox()).map_err(|error| lock_failure(&error))
    }

    /// The lock's part for this account; a lock of another account is not believed.
    pub(super) fn applied(&self, lock: &LockFile, connection: &Connection) -> Result<Applied, Failure> {
        let applied = lock.applied();
        if !applied.waba_id.is_empty() && applied.waba_id != connection.target.waba {
            let message = format!(
                "the lock of `{}` is of the account {}, and the configuration names {}",
                self.account, applied.waba_id, connection.target.waba
            );
            return Err(
                Failure::usage(message).help("give the other account a name of its own in watpl.yaml")
            );
        }
        Ok(applied)
    }

    /// Options from the command line and the configuration.
    pub(super) fn options(&self, args: &PlanArgs) -> Options {
        Options {
            overwrite: args.overwrite,
            recreate: args.recreate,
            adopt: args.adopt,
            samples: args.samples,
            prune: false,
            incomplete: self.has_errors() || !self.whole,
            max_deletes: self.workspace.config.max_deletes,
            protect: self.workspace.config.protect.clone(),
            report_unmanaged: self.workspace.config.report_unmanaged,
            only: args.names.clone(),
        }
    }

    /// Plans against what the account has.
    pub(super) fn plan(
        &self,
        deployed: &[Deployed],
        applied: &Applied,
        options: &Options,
    ) -> Result<Plan, Failure> {
        for name in &options.only {
            self.know(name, deployed, applied)?;
        }
        Ok(plan(&Sides { desired: &self.desired, deployed, applied, now: now() }, options))
    }

    /// A name that no side knows is a slip.
    fn know(&self, name: &str, deployed: &[Deployed], applied: &Applied) -> Result<(), Failure> {
        let ours = self.desired.iter().map(|desired| desired.payload.key.name.as_str());
        let theirs = deployed.iter().map(|deployed| deployed.key.name.as_str());
        let known: Vec<_> =
            ours.chain(theirs).chain(applied.versions.keys().map(|key| key.name.as_str())).collect();
        if known.contains(&name) {
            return Ok(());
        }
        let failure =
            Failure::usage(format!("there is no template `{name}`, neither here nor in the account"));
        Err(match closest(name, known) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("names are those of `watpl status`"),
        })
    }
}

/// The account of this name, or the default one.
pub(super) fn find_account(workspace: &Workspace, name: Option<&str>) -> Result<(String, Account), Failure> {
    let name = name.unwrap_or(&workspace.config.default_account);
    let accounts = &workspace.config.accounts;
    let found = accounts.get(name).cloned().ok_or_else(|| {
        let failure = Failure::usage(format!("there is no account `{name}`"));
        match closest(name, accounts.keys().map(String::as_str)) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("accounts are named in watpl.yaml, below `accounts`"),
        }
    });
    Ok((name.to_owned(), found?))
}

/// Compiles what lives in the account, and tells whether that is all there is. What compiling finds joins the other
/// diagnostics.
fn compile_all(
    workspace: &Workspace,
    checked: &mut Checked,
    account: &str,
    place: &Account,
) -> (Vec<Desired>, bool) {
    let mut whole = checked.templates.len() == workspace.templates().count();
    let inputs = compile::Account {
        constants: workspace.config.constants_of(place),
        media: workspace.media_hashes(&checked.templates),
    };
    let broken = checked.sources_with_errors();
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut desired = Vec::new();
    for template in checked.templates.iter().filter(|template| lives_in(template, account, place)) {
        let compiled = compile(template, &inputs);
        whole &= compiled.payloads.len() == template.versions.len();
        let has_errors = broken.contains(&template.source) || !compiled.diagnostics.is_empty();
        desired.extend(compiled.payloads.into_iter().map(|payload| Desired::new(payload, has_errors)));
        found.extend(compiled.diagnostics);
    }
    lint::weigh(&mut found, &workspace.settings().levels(""));
    checked.diagnostics.extend(found);
    lint::settle(&mut checked.diagnostics);
    (desired, whole)
}

/// Whether a template lives in an account: both sides may choose.
fn lives_in(template: &Template, account: &str, place: &Account) -> bool {
    let named = &template.metadata.accounts;
    let wanted = named.is_empty() || named.iter().any(|pattern| matches(pattern, account));
    let tags = &template.metadata.tags;
    let chosen = |pattern: &String| match pattern.strip_prefix("tag:") {
        Some(tag) => tags.iter().any(|own| own.value == tag),
        None => matches(pattern, template.title()),
    };
    wanted && (place.select.is_empty() || place.select.iter().any(chosen))
}

/// A pattern that cannot be read matches nothing, and what lives nowhere looks removed.
fn refuse_bad_patterns(place: &Account, checked: &Checked) -> Result<(), Failure> {
    let of_templates = checked.templates.iter().flat_map(|template| &template.metadata.accounts);
    let mut patterns = place.select.iter().chain(of_templates.map(|pattern| &pattern.value));
    match patterns.find_map(|pattern| Some((pattern, Glob::new(pattern).err()?))) {
        Some((pattern, error)) => {
            Err(Failure::usage(format!("`{pattern}` is not a pattern: {}", error.kind())))
        }
        None => Ok(()),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    pattern == text || Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(text))
}

/// A configuration that is half understood must not decide what happens to an account.
pub(super) fn refuse_broken_config(
    workspace: &Workspace,
    checked: &Checked,
    console: &Console,
) -> Result<(), Failure> {
    let broken = checked.sources_with_errors().into_iter().any(|source| !workspace.is_template(source));
    if broken {
        console.remark(&console.findings(workspace, checked, Severity::Warning));
        return Err(Failure::usage("the configuration has errors, so nothing was planned"));
    }
    Ok(())
}

fn lock_failure(error: &StateError) -> Failure {
    let failure = Failure::account(error.to_string());
    match error {
        StateError::Held { .. } => failure.help("wait until it is done"),
        StateError::Bad { .. } => failure.help(
            "take the file from git again, or move it away: without it the next run takes in what is equal and holds what differs",
        ),
        StateError::Io { .. } => failure,
    }
}

/// The project as applying needs it.
pub(super) struct Edge<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) lock: LockFile,
    pub(super) console: &'a Console,
    pub(super) plan: String,
}

impl apply::Project for Edge<'_> {
    fn save(&mut self, applied: &Applied) -> Result<(), String> {
        self.lock.save(applied).map_err(|error| error.to_string())
    }

    fn media(&self, payload: &Payload, path: &str) -> Result<MediaFile, String> {
        let bytes = self.deployment.workspace.media_bytes(payload.source, path)?;
        let mime =
            crate::workspace::mime(&bytes).ok_or_else(|| format!("{path} is of no type that Meta takes"))?;
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        Ok(MediaFile { name, mime, bytes })
    }

    fn now(&self) -> u64 {
        now()
    }

    fn note(&mut self, item: &Item) {
        // What cannot be printed is in the journal, and the other way round.
        let _ = self.console.print(&outcome::line(item, self.console.terminal));
        let entry = outcome::journal(item, &self.deployment.account, &self.plan, now());
        if let Err(error) = self.lock.journal(&entry) {
            self.console.remark(&format!("the journal cannot be written: {error}\n"));
        }
    }
}

/// How a run that planned, and perhaps applied, ends.
pub(super) fn exit(deployment: &Deployment, plan: &Plan, outcome: Option<&Outcome>) -> Exit {
    let held = plan.count(crate::plan::Action::Hold) > 0;
    let failed = outcome.is_some_and(|outcome| !outcome.is_complete());
    match outcome {
        Some(outcome) if outcome.account_failed() => Exit::Account,
        _ if plan.has_drift() => Exit::Drift,
        _ if held || failed || deployment.has_errors() => Exit::Findings,
        _ => Exit::Done,
    }
}
