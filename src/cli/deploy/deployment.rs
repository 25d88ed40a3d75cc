//! One account's side of a deployment.

use std::path::PathBuf;
use std::sync::Arc;

use super::project::CompiledForAccount;
use super::{Connection, DeployProject, PlanArgs, connect, open_lock};
use crate::cli::CommandError;
use crate::cli::console::Console;
use crate::cli::select::find_account;
use crate::config::{Account, AccountKind};
use crate::lint;
use crate::lock::Applied;
use crate::model::Template;
use crate::payload::{Deployed, VersionKey};
use crate::plan::{Desired, PlanOptions};
use crate::selection::Selection;
use crate::suggest::closest;
use crate::workspace::LockFile;

/// The project as one account should have it.
#[derive(Debug)]
pub(in crate::cli) struct Deployment {
    pub(in crate::cli) project: Arc<DeployProject>,
    pub(in crate::cli) account: String,
    pub(in crate::cli) place: Account,
    pub(in crate::cli) desired: Vec<Desired>,
    /// Whether every file is a template, and every version of it was compiled.
    pub(super) whole: bool,
}

impl Deployment {
    /// Reads, checks and compiles the templates for one account.
    pub(in crate::cli) fn prepare(
        console: &Console,
        paths: &[PathBuf],
        account: Option<&str>,
    ) -> Result<Self, CommandError> {
        let project = DeployProject::load(console, paths)?;
        let account = find_account(&project.workspace, account)?;
        let deployments = Self::for_accounts(project, console, vec![account])?;
        deployments.into_iter().next().ok_or_else(|| CommandError::usage("no account is configured"))
    }

    /// Compiles the templates for each account. What compiling finds joins the other diagnostics.
    pub(in crate::cli) fn for_accounts(
        mut project: DeployProject,
        console: &Console,
        accounts: Vec<(String, Account)>,
    ) -> Result<Vec<Self>, CommandError> {
        let compiled = accounts.iter().map(|(name, place)| project.compile(name, place));
        let compiled = compiled.collect::<Result<Vec<_>, _>>()?;
        for one in &compiled {
            project.checked.diagnostics.extend(one.diagnostics.iter().cloned());
        }
        lint::sort_and_dedup(&mut project.checked.diagnostics);
        console.refuse_broken_config(&project.workspace, &project.checked)?;
        let project = Arc::new(project);
        let deployments = accounts.into_iter().zip(compiled).map(|((account, place), compiled)| {
            let CompiledForAccount { desired, whole, .. } = compiled;
            Self { project: Arc::clone(&project), account, place, desired, whole }
        });
        Ok(deployments.collect())
    }

    /// The templates that live in the account.
    pub(in crate::cli) fn templates(&self) -> impl Iterator<Item = &Template> {
        let lives = |template: &&Template| {
            self.desired.iter().any(|desired| desired.payload.source == template.source)
        };
        self.project.checked.templates.iter().filter(lives)
    }

    /// Connects to the account.
    pub(in crate::cli) async fn connect(&self, console: &Console) -> Result<Connection, CommandError> {
        connect(&self.project.workspace.root, &self.account, &self.place.kind, console).await
    }

    pub(in crate::cli) fn is_sandbox(&self) -> bool {
        self.place.kind == AccountKind::Sandbox
    }

    /// Opens the account's lock, and excludes other runs if it is going to be written.
    pub(in crate::cli) fn lock(&self, writes: bool) -> Result<LockFile, CommandError> {
        open_lock(&self.project.workspace.root, &self.account, &self.place.kind, writes)
    }

    /// The lock's part for this account; a lock of another account is not believed.
    pub(in crate::cli) fn applied(
        &self,
        lock: &LockFile,
        connection: &Connection,
    ) -> Result<Applied, CommandError> {
        let applied = lock.applied();
        if !applied.waba_id.is_empty() && applied.waba_id != connection.target.waba {
            let message = format!(
                "the lock file of `{}` belongs to the account {}, but watpl.yaml has {}",
                self.account, applied.waba_id, connection.target.waba
            );
            return Err(
                CommandError::usage(message).help("use a different name in watpl.yaml for the other account")
            );
        }
        Ok(applied)
    }

    /// Options from the command line and the configuration.
    pub(in crate::cli) fn options(&self, args: &PlanArgs) -> Result<PlanOptions, CommandError> {
        let only = args.select.selection(&self.project.workspace, &self.project.checked.templates)?;
        let options = self.defaults(only);
        let PlanArgs { overwrite, recreate, adopt, samples, .. } = *args;
        Ok(PlanOptions { overwrite, recreate, adopt, samples, ..options })
    }

    /// Options from the configuration.
    pub(in crate::cli) fn defaults(&self, only: Selection) -> PlanOptions {
        let config = &self.project.workspace.config;
        PlanOptions {
            incomplete: self.project.has_errors() || !self.whole,
            max_deletes: config.max_deletes,
            protect: config.protect.clone(),
            report_unmanaged: config.report_unmanaged,
            only,
            ..PlanOptions::default()
        }
    }

    /// A word that selects nothing that any side knows is a slip.
    pub(super) fn check_selection(
        &self,
        selection: &Selection,
        deployed: &[Deployed],
        applied: &Applied,
    ) -> Result<(), CommandError> {
        let ours = self.desired.iter().map(|desired| &desired.payload.key);
        let theirs = deployed.iter().map(|deployed| &deployed.key);
        let known: Vec<&VersionKey> = ours.chain(theirs).chain(applied.versions.keys()).collect();
        let Some(word) = selection.first_unmatched(&known) else { return Ok(()) };
        let is_name = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let failure = CommandError::usage(if is_name {
            format!("no template `{word}` in the files or in the account")
        } else {
            format!("`{word}` matches no template in the files or in the account")
        });
        Err(match closest(&word, known.iter().map(|key| key.name.as_str())) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("run `watpl status` to list the templates"),
        })
    }
}
