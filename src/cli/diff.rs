//! `watpl diff`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::console::Console;
use super::deploy::{self, DeployProject, Deployment, PlanArgs, Session, side_by_side};
use super::{CommandError, ExitStatus};
use crate::plan::saved;
use crate::report::plan as report;

/// Show what `watpl push` would change.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: PlanArgs,
    /// Exit with 1 if there are changes to apply
    #[arg(long)]
    exit_code: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,
    /// Save the plan to a file ending in .json, for `watpl push FILE`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Also plan deletions, as `watpl sync --prune` does
    #[arg(long)]
    prune: bool,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Readable text
    Human,
    /// One JSON object
    Json,
    /// A table for a pull request comment
    Markdown,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    if let Some(out) = args.out.as_ref().filter(|out| out.extension().is_none_or(|ext| ext != "json")) {
        return Err(CommandError::usage(format!("`{}` does not end in .json", out.display()))
            .help("`watpl push` recognizes a plan by this ending"));
    }
    let project = DeployProject::load(console, &[])?;
    let accounts = args.plan.accounts.accounts(&project.workspace)?;
    let deployments = Deployment::for_accounts(project, console, accounts)?;
    if let (DiffFormat::Human, Some(first)) = (args.format, deployments.first()) {
        console.print(&(first.project.findings(console) + "\n"))?;
    }
    let opened = side_by_side(deployments, |deployment| {
        let account = deployment.account.clone();
        args.session(deployment, console).map_err(|failure| (account, failure))
    });
    let several = opened.len() > 1;
    let (mut sessions, mut exits) = (Vec::new(), Vec::new());
    for session in opened {
        match session {
            Ok(session) => sessions.push(session),
            Err((account, failure)) if several => {
                exits.push(failure.exit);
                console.fail(&deploy::in_account(&account, failure));
            }
            Err((_, failure)) => return Err(failure),
        }
    }
    args.print(&sessions, console)?;
    if let Some(out) = &args.out {
        args.save(out, &sessions, &exits, console)?;
    }
    exits.extend(sessions.iter().map(|session| args.exit(session)));
    Ok(deploy::worst(exits))
}

impl Args {
    fn session(&self, deployment: Deployment, console: &Console) -> Result<Session, CommandError> {
        let options = crate::plan::PlanOptions { prune: self.prune, ..deployment.options(&self.plan)? };
        Session::open(deployment, options, false, self.plan.max_wait, console)
    }

    fn print(&self, sessions: &[Session], console: &Console) -> Result<(), CommandError> {
        match self.format {
            DiffFormat::Human => {
                sessions.iter().try_for_each(|session| console.print(&session.shown(console)))
            }
            DiffFormat::Json => {
                console.print(&report::rendered(sessions.iter().map(Session::value).collect()))
            }
            DiffFormat::Markdown => {
                let texts: Vec<_> = sessions.iter().map(Session::markdown).collect();
                console.print(&texts.join("\n"))
            }
        }
    }

    /// Saves the plans, of all accounts or of none.
    fn save(
        &self,
        out: &std::path::Path,
        sessions: &[Session],
        failures: &[ExitStatus],
        console: &Console,
    ) -> Result<(), CommandError> {
        if !failures.is_empty() {
            return Err(CommandError::account("an account could not be planned, so no plan was saved"));
        }
        let text = saved::render(sessions.iter().map(Session::saved).collect());
        let Some(session) = sessions.first() else { return Ok(()) };
        let boundary = &session.deployment.project.workspace.boundary;
        let target = boundary.named_target(&console.directory().join(out), false);
        let written = target.and_then(|target| target.replace(&text));
        written
            .map_err(|error| CommandError::account(format!("{} cannot be written: {error}", out.display())))
    }

    fn exit(&self, session: &Session) -> ExitStatus {
        match session.exit(None) {
            ExitStatus::Done if self.exit_code && session.plan.is_pending() => ExitStatus::Findings,
            exit => exit,
        }
    }
}
