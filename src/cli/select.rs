//! What a command is about: accounts and templates, named the same way everywhere.

use std::collections::BTreeMap;

use super::console::Console;
use super::{CommandError, changed};
use crate::config::{Account, AccountKind};
use crate::model::Template;
use crate::payload::Deployed;
use crate::selection::{BadPattern, Selection};
use crate::suggest::closest;
use crate::workspace::Workspace;

/// Which templates.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct SelectArgs {
    /// Template names, globs, `tag:…` or `lang:…` [default: all templates]
    #[arg(value_name = "SELECT")]
    pub(super) words: Vec<String>,
    /// Only templates whose files changed since this git revision
    #[arg(long, value_name = "REV")]
    pub(super) changed_since: Option<String>,
}

/// Which accounts.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct AccountArgs {
    /// Account in watpl.yaml (can be repeated) [default: `default_account`]
    #[arg(long = "account", value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// All accounts in watpl.yaml except sandboxes
    #[arg(long, conflicts_with = "names")]
    pub(super) all_accounts: bool,
}

impl SelectArgs {
    /// The templates that are meant.
    pub(super) fn selection(
        &self,
        workspace: &Workspace,
        templates: &[Template],
    ) -> Result<Selection, CommandError> {
        let selection =
            Selection::parse(&self.words).map_err(|error| bad_pattern(&error))?.resolve(templates);
        let Some(revision) = &self.changed_since else { return Ok(selection) };
        let files = changed::files(revision, &workspace.root)?;
        let is_changed = |template: &&Template| {
            let path = workspace.path(template.source);
            path.is_some_and(|path| files.contains(&changed::from_root(path, &workspace.root)))
        };
        let names = templates.iter().filter(is_changed).map(|template| template.title().to_owned());
        Ok(selection.restrict_to(names.collect()))
    }
}

impl SelectArgs {
    /// The versions of an account that are meant, in order. A word that means none is a slip.
    pub(super) fn filter(
        &self,
        mut listed: Vec<Deployed>,
        workspace: &mut Workspace,
        console: &Console,
    ) -> Result<Vec<Deployed>, CommandError> {
        // Tags, and what has changed, are the files' to say; those that cannot be read have none.
        drop(workspace.load(&[], console.directory()));
        let selection = self.selection(workspace, &workspace.check().templates)?;
        let keys: Vec<_> = listed.iter().map(|version| &version.key).collect();
        if let Some(word) = selection.first_unmatched(&keys) {
            return Err(nothing_like(&word, &listed));
        }
        listed.retain(|version| selection.contains(&version.key));
        listed.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(listed)
    }
}

/// What to say about a word that selects nothing of an account.
pub(super) fn nothing_like(word: &str, listed: &[Deployed]) -> CommandError {
    let failure = CommandError::usage(format!("the account has no template `{word}`"));
    match closest(word, listed.iter().map(|version| version.key.name.as_str())) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None => failure.help("run `watpl status` to list the templates"),
    }
}

/// What to say about a word that is no pattern.
pub(super) fn bad_pattern(error: &BadPattern) -> CommandError {
    CommandError::usage(error.to_string()).help("use a name, a glob such as `order_*`, `tag:…` or `lang:…`")
}

impl AccountArgs {
    /// The accounts that are meant, each once, and no two of them the same at Meta.
    pub(super) fn accounts(&self, workspace: &Workspace) -> Result<Vec<(String, Account)>, CommandError> {
        if self.all_accounts {
            let all = workspace.config.accounts.iter();
            let real = all.clone().filter(|(_, account)| account.kind != AccountKind::Sandbox);
            let named: Vec<_> = real.map(|(name, account)| (name.clone(), account.clone())).collect();
            let every = || all.map(|(name, account)| (name.clone(), account.clone())).collect();
            return distinct(if named.is_empty() { every() } else { named });
        }
        if self.names.is_empty() {
            return Ok(vec![find_account(workspace, None)?]);
        }
        let found = self.names.iter().map(|name| find_account(workspace, Some(name)));
        let mut accounts: Vec<(String, Account)> = Vec::new();
        for account in found.collect::<Result<Vec<_>, _>>()? {
            if accounts.iter().all(|(name, _)| *name != account.0) {
                accounts.push(account);
            }
        }
        distinct(accounts)
    }
}

/// One account has one writer: two names for it would be two.
fn distinct(accounts: Vec<(String, Account)>) -> Result<Vec<(String, Account)>, CommandError> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, account) in &accounts {
        let id = match &account.kind {
            AccountKind::Sandbox => "sandbox".to_owned(),
            AccountKind::Meta { waba_id, .. } => waba_id.clone(),
        };
        if let Some(other) = seen.insert(id, name) {
            return Err(CommandError::usage(format!("`{other}` and `{name}` are the same account"))
                .help("choose one of them with `--account`"));
        }
    }
    Ok(accounts)
}

/// The account of this name, or the default one.
pub(super) fn find_account(
    workspace: &Workspace,
    name: Option<&str>,
) -> Result<(String, Account), CommandError> {
    let name = name.unwrap_or(&workspace.config.default_account);
    let accounts = &workspace.config.accounts;
    let found = accounts.get(name).cloned().ok_or_else(|| {
        let failure = CommandError::usage(format!("unknown account `{name}`"));
        match closest(name, accounts.keys().map(String::as_str)) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("accounts are defined under `accounts` in watpl.yaml"),
        }
    });
    Ok((name.to_owned(), found?))
}
