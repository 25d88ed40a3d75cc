//! `watpl trust`: approves token sources that a project names.

mod source;
mod store;

use std::path::Path;

use super::console::Console;
use super::select::find_account;
use super::{CommandError, ExitStatus};
use crate::config::{AccountKind, TokenSource};
use crate::hash::hex;
use crate::report::counted;
use crate::report::terminal::escape_control;
use crate::trust::lists;
use crate::workspace::Workspace;
pub(super) use source::{GuardedSource, boundary, normal, project_folder};
use store::{Approval, Store};

/// Hashes that are approved without the user's configuration, for CI.
const VARIABLE: &str = "WATPL_TRUST";

/// Approve the token sources of a project.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only this account (can be repeated)
    #[arg(long = "account", value_name = "NAME")]
    accounts: Vec<String>,
    /// Approve without asking
    #[arg(long, short)]
    yes: bool,
    /// Print the hashes to set WATPL_TRUST to in CI, without approving anything
    #[arg(long, conflicts_with = "yes")]
    print: bool,
    /// List the approvals of all projects
    #[arg(long, conflicts_with_all = ["yes", "print", "accounts"])]
    list: bool,
    /// Revoke the approvals of this project
    #[arg(long, conflicts_with_all = ["yes", "print", "list"])]
    revoke: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let workspace = console.open()?;
    if args.list {
        return list(&workspace, console);
    }
    if args.revoke {
        return revoke(args, &workspace.root, console);
    }
    console.refuse_broken_config(&workspace, &workspace.check())?;
    let candidates = candidates(args, &workspace, console)?;
    if args.print { print(&candidates, console) } else { approve(args, &workspace.root, candidates, console) }
}

/// An account whose source needs approval.
struct Candidate {
    account: String,
    source: GuardedSource,
}

/// The accounts that are meant and whose sources need approval.
fn candidates(args: &Args, workspace: &Workspace, console: &Console) -> Result<Vec<Candidate>, CommandError> {
    let names = match args.accounts.as_slice() {
        [] => workspace.config.accounts.keys().cloned().collect(),
        names => names.to_vec(),
    };
    let mut candidates = Vec::new();
    for name in names {
        let (account, place) = find_account(workspace, Some(&name))?;
        let AccountKind::Meta { waba_id, token, .. } = &place.kind else { continue };
        match source_of(&workspace.root, &account, waba_id, token)? {
            Some(source) => candidates.push(Candidate { account, source }),
            None if args.accounts.is_empty() => {}
            None => console.note(&format!("{account}: the token source needs no approval\n")),
        }
    }
    if candidates.is_empty() && args.accounts.is_empty() {
        console.note("no account of this project needs approval\n");
    }
    Ok(candidates)
}

fn source_of(
    root: &Path,
    name: &str,
    id: &str,
    token: &TokenSource,
) -> Result<Option<GuardedSource>, CommandError> {
    GuardedSource::new(root, id, token)
        .map_err(|cause| CommandError::usage(format!("the token source of `{name}` {cause}")))
}

fn print(candidates: &[Candidate], console: &Console) -> Result<ExitStatus, CommandError> {
    for Candidate { account, source } in candidates {
        // The standard output is what goes into the variable.
        console.note(&format!("{account}: {}\n", escape_control(&source.subject.guarded.to_string())));
        console.print(&format!("{}\n", source.subject.hash()))?;
    }
    Ok(ExitStatus::Done)
}

fn approve(
    args: &Args,
    root: &Path,
    candidates: Vec<Candidate>,
    console: &Console,
) -> Result<ExitStatus, CommandError> {
    let store = Store::open(root)?;
    if let Some(damage) = &store.damage {
        console.warn(&format!("{} is damaged and will be replaced: {damage}", store.shown()));
    }
    let mut declined = false;
    for candidate in candidates {
        let approval = candidate.approval(root);
        if store.approvals.iter().any(|known| known.hash == approval.hash) {
            console.print(&format!("{}: already approved\n", candidate.account))?;
            continue;
        }
        console.print(&candidate.shown(&store, root, console))?;
        if !args.yes && !console.is_interactive() {
            return Err(CommandError::usage("approval needs a terminal").help(format!(
                "review the sources above, then pass `--yes`; in CI, set {VARIABLE} to the output of `watpl trust --print`"
            )));
        }
        if !args.yes && !console.confirm(&format!("Approve this for `{}`?", candidate.account))? {
            declined = true;
            continue;
        }
        let account = approval.account.clone();
        Store::update(root, |approvals| {
            approvals.retain(|known| known.project != approval.project || known.account != approval.account);
            approvals.push(approval);
        })?;
        console.print(&format!("{account}: approved\n"))?;
    }
    Ok(if declined { ExitStatus::Findings } else { ExitStatus::Done })
}

impl Candidate {
    fn approval(&self, root: &Path) -> Approval {
        let folder = project_folder(root);
        let subject = &self.source.subject;
        Approval {
            project: folder.to_string_lossy().into_owned(),
            account: self.account.clone(),
            id: subject.account.clone(),
            source: subject.guarded.to_string(),
            files: subject.files.iter().map(|(name, hash)| (name.clone(), hex(hash))).collect(),
            hash: subject.hash_in(folder.as_os_str().as_encoded_bytes()),
        }
    }

    /// What would be approved, for people.
    fn shown(&self, store: &Store, root: &Path, console: &Console) -> String {
        let approval = self.approval(root);
        let mut text = format!("{} ({})\n", console.terminal.bold(&self.account), approval.id);
        text += &format!("  token source  {}\n", escape_control(&approval.source));
        for (name, hash) in &approval.files {
            text += &format!("  file          {}  SHA-256 {hash}\n", escape_control(name));
        }
        if !approval.files.is_empty() {
            text += "  note          the approval does not cover files that these files load\n";
        }
        if let Some(change) = store.change(&approval) {
            text += &format!("  changed       {}\n", escape_control(&change));
        }
        text
    }
}

impl Store {
    fn refuse_damage(&self) -> Result<(), CommandError> {
        let Some(damage) = &self.damage else { return Ok(()) };
        Err(CommandError::usage(format!("{} is damaged: {damage}", self.shown()))
            .help("delete it, and approve again with `watpl trust`"))
    }

    /// What is different from what was approved for this account of the project, if anything was.
    fn change(&self, now: &Approval) -> Option<String> {
        let same = |known: &&Approval| known.project == now.project && known.account == now.account;
        let before = self.approvals.iter().find(same)?;
        if before.source != now.source {
            return Some(format!("it was {}", before.source));
        }
        if before.id != now.id {
            return Some(format!("the account was {}", before.id));
        }
        let names = before.files.keys().chain(now.files.keys());
        let mut changed: Vec<_> =
            names.filter(|name| before.files.get(*name) != now.files.get(*name)).collect();
        changed.dedup();
        let first = changed.first()?;
        Some(match changed.len() {
            1 => format!("the file {first} has changed"),
            more => format!("the file {first} and {} have changed", counted(more - 1, "other file")),
        })
    }
}

/// Refuses a source that needs approval and has none. Nothing of it has been run or read then.
pub(super) fn require(
    root: &Path,
    account: &str,
    id: &str,
    token: &TokenSource,
) -> Result<Option<GuardedSource>, CommandError> {
    let Some(source) = source_of(root, account, id, token)? else { return Ok(None) };
    let list = listed();
    if list.as_deref().is_some_and(|list| lists(list, &source.subject.hash())) {
        return Ok(Some(source));
    }
    let candidate = Candidate { account: account.to_owned(), source };
    let approval = candidate.approval(root);
    let store = Store::open(root)?;
    if store.approvals.iter().any(|known| known.hash == approval.hash) {
        return Ok(Some(candidate.source));
    }
    let message = match (store.change(&approval), &store.damage) {
        (_, Some(damage)) => {
            format!("the token source of `{account}` is not approved: {} is damaged: {damage}", store.shown())
        }
        (Some(change), None) => format!(
            "the token source of `{account}`, {}, changed since it was approved: {change}",
            approval.source
        ),
        (None, None) => format!("the token source of `{account}` is not approved: {}", approval.source),
    };
    let help = if list.is_some() {
        format!(
            "{VARIABLE} is set but does not contain the hash of this source; review the source, then replace the variable with the output of `watpl trust --print`"
        )
    } else {
        format!(
            "review it, then run `watpl trust --account {account}`; in CI, set {VARIABLE} to the output of `watpl trust --print`"
        )
    };
    Err(CommandError::usage(message).help(help))
}

#[expect(clippy::disallowed_methods, reason = "the environment is where CI puts approvals")]
fn listed() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|list| !list.trim().is_empty())
}

fn list(workspace: &Workspace, console: &Console) -> Result<ExitStatus, CommandError> {
    let store = Store::open(&workspace.root)?;
    store.refuse_damage()?;
    let here = project_folder(&workspace.root).to_string_lossy().into_owned();
    let mut text = String::new();
    for approval in &store.approvals {
        let Approval { project, account, id, source, .. } = approval;
        text += &escape_control(&format!("{project}  {account} ({id})  {source}"));
        if *project == here && !is_current(approval, workspace) {
            text += "  (no longer valid: the source has changed)";
        }
        text.push('\n');
    }
    if text.is_empty() {
        console.note("nothing is approved\n");
    }
    console.print(&text)?;
    Ok(ExitStatus::Done)
}

/// Whether an approval of this project still matches its account.
fn is_current(approval: &Approval, workspace: &Workspace) -> bool {
    let name = &approval.account;
    let Ok((account, place)) = find_account(workspace, Some(name)) else { return false };
    let AccountKind::Meta { waba_id, token, .. } = &place.kind else { return false };
    match source_of(&workspace.root, &account, waba_id, token) {
        Ok(Some(source)) => Candidate { account, source }.approval(&workspace.root).hash == approval.hash,
        _ => false,
    }
}

/// Withdraws approvals of the project, whatever its configuration is by now.
fn revoke(args: &Args, root: &Path, console: &Console) -> Result<ExitStatus, CommandError> {
    let project = project_folder(root).to_string_lossy().into_owned();
    let meant = |approval: &Approval| {
        approval.project == project && (args.accounts.is_empty() || args.accounts.contains(&approval.account))
    };
    Store::open(root)?.refuse_damage()?;
    let mut revoked = Vec::new();
    Store::update(root, |approvals| {
        revoked =
            approvals.iter().filter(|approval| meant(approval)).map(|known| known.account.clone()).collect();
        approvals.retain(|approval| !meant(approval));
    })?;
    if revoked.is_empty() {
        console.note("this project has no approvals\n");
    }
    for account in revoked {
        console.print(&format!("{}: no longer approved\n", escape_control(&account)))?;
    }
    Ok(ExitStatus::Done)
}
