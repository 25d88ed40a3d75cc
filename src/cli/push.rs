//! `watpl push`: create and edit, never delete.

use super::console::Console;
use super::deploy::{self, DeployProject, Deployment, PlanArgs, Runs, Session, side_by_side};
use super::select::{bad_pattern, find_account};
use super::{CommandError, ExitStatus, OutputFormat};
use crate::plan::{PlanFile, PlanOptions, saved};
use crate::workspace::input;

/// The largest plan that is read, in bytes.
const MAX_PLAN: u64 = 256 * 1024 * 1024;

/// Create and edit templates in an account; never deletes.
///
/// `watpl push plan.json` does exactly what `watpl diff --out plan.json` showed, and refuses when anything has moved
/// since.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// Skip the confirmation prompt
    #[arg(long, short)]
    yes: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let push = Push { args: &args.plan, deletes: None, yes: args.yes, refresh: false, format: args.format };
    push.run(console)
}

/// A run that plans, asks, and applies.
#[derive(Debug)]
pub(super) struct Push<'a> {
    pub(super) args: &'a PlanArgs,
    /// Whether what was removed is deleted, and how much of it at most.
    pub(super) deletes: Option<Option<usize>>,
    pub(super) yes: bool,
    /// Whether the status of every version is recorded in the lock.
    pub(super) refresh: bool,
    pub(super) format: OutputFormat,
}

impl Push<'_> {
    pub(super) fn run(&self, console: &Console) -> Result<ExitStatus, CommandError> {
        let plans = self.plans(console)?;
        let project = DeployProject::load(console, &[])?;
        let accounts = match &plans {
            Some(plans) => {
                let named = plans.iter().map(|plan| find_account(&project.workspace, Some(&plan.account)));
                named.collect::<Result<Vec<_>, _>>()?
            }
            None => self.args.accounts.accounts(&project.workspace)?,
        };
        let deployments = Deployment::for_accounts(project, console, accounts)?;
        if let (OutputFormat::Human, Some(first)) = (self.format, deployments.first()) {
            console.print(&(first.project.findings(console) + "\n"))?;
        }
        let (sessions, failures) = self.open(deployments, plans.as_deref(), console)?;
        if self.format == OutputFormat::Human {
            for session in &sessions {
                console.print(&session.shown(console))?;
            }
        }
        if !self.agreed(&sessions, console)? {
            console.print("Nothing was changed.\n")?;
            return Ok(ExitStatus::Done);
        }
        let runs = Runs { sessions, refresh: self.refresh, json: self.format == OutputFormat::Json };
        Ok(deploy::worst(failures.into_iter().chain([runs.apply(console)?])))
    }

    /// The plans that were saved, where one is named instead of templates: no template has a dot in its name.
    fn plans(&self, console: &Console) -> Result<Option<Vec<PlanFile>>, CommandError> {
        let [word] = self.args.select.words.as_slice() else { return Ok(None) };
        if std::path::Path::new(word).extension().is_none_or(|extension| extension != "json") {
            return Ok(None);
        }
        let read = input::read(&console.directory().join(word), MAX_PLAN);
        let bytes = read.map_err(|error| CommandError::usage(format!("{word} cannot be read: {error}")))?;
        let text = String::from_utf8_lossy(&bytes);
        let again = "create a new plan with `watpl diff --out`";
        let plans = saved::parse(&text);
        plans.map(Some).map_err(|error| CommandError::usage(format!("{word}: {error}")).help(again))
    }

    /// Lists and plans every account. A failing account does not stop the others.
    fn open(
        &self,
        deployments: Vec<Deployment>,
        plans: Option<&[PlanFile]>,
        console: &Console,
    ) -> Result<(Vec<Session>, Vec<ExitStatus>), CommandError> {
        let several = deployments.len() > 1;
        let opened = side_by_side(deployments, |deployment| {
            let account = deployment.account.clone();
            let plan = plans.and_then(|plans| plans.iter().find(|plan| plan.account == account));
            (account, self.session(deployment, plan, console))
        });
        let (mut sessions, mut exits) = (Vec::new(), Vec::new());
        for (account, session) in opened {
            match session {
                Ok(session) => sessions.push(session),
                Err(failure) if several => {
                    exits.push(failure.exit);
                    console.fail(&deploy::in_account(&account, failure));
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok((sessions, exits))
    }

    fn session(
        &self,
        deployment: Deployment,
        plan: Option<&PlanFile>,
        console: &Console,
    ) -> Result<Session, CommandError> {
        let options = match plan {
            Some(plan) => {
                let selection = plan.selection().map_err(|error| bad_pattern(&error))?;
                let selection = selection.resolve(&deployment.project.checked.templates);
                plan.options(deployment.defaults(selection))
            }
            None => self.options(&deployment)?,
        };
        let mut session = Session::open(deployment, options, true, self.args.max_wait, console)?;
        if let Some(plan) = plan {
            session.take(plan)?;
        }
        Ok(session)
    }

    fn options(&self, deployment: &Deployment) -> Result<PlanOptions, CommandError> {
        let options = deployment.options(self.args)?;
        Ok(match self.deletes {
            Some(most) => {
                PlanOptions { prune: true, max_deletes: most.unwrap_or(options.max_deletes), ..options }
            }
            None => options,
        })
    }

    /// The sandbox is there to be tried on; everything else is asked about.
    fn agreed(&self, sessions: &[Session], console: &Console) -> Result<bool, CommandError> {
        let asked = sessions.iter().filter(|session| session.is_asked_about()).map(Session::named);
        let asked: Vec<_> = asked.collect();
        if self.yes || asked.is_empty() {
            return Ok(true);
        }
        console.confirm(&format!("Apply these changes to {}?", asked.join(", ")))
    }
}
