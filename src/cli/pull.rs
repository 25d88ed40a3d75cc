//! `watpl pull`: account to files.

mod adopt;
mod decide;
mod files;

use std::path::PathBuf;

use super::console::Console;
use super::deploy::{connect, listing_failure};
use super::file_format::FileFormat;
use super::runtime::runtime;
use super::select::{SelectArgs, nothing_like};
use super::{CommandError, ExitStatus};
use crate::import::{self, ImportStyle};
use crate::payload::{Deployed, VersionKey};
use crate::plan::Change;
use crate::remote::calls;
use crate::report::terminal::escape_control;
use crate::report::{counted, unified};
use crate::secrets;
use crate::syntax::text::Brackets;
use decide::{FileJob, PullDecision};
use files::{NewFile, PullProject};

/// Save new and changed templates of an account to files.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: SelectArgs,
    /// Account in watpl.yaml [default: `default_account`]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// File format of new templates
    #[arg(long = "as", value_enum, value_name = "FORMAT", default_value_t = FileFormat::Yaml)]
    surface: FileFormat,
    /// Folder for new templates [default: the first of `templates` in watpl.yaml]
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Write nothing; list what would be written
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; print the changes as a diff
    #[arg(long)]
    diff: bool,
    /// On conflict, keep the account's version
    #[arg(long)]
    theirs: bool,
    /// Keep the category in the file if Meta changed it
    #[arg(long)]
    keep_category: bool,
    /// Overwrite files with uncommitted git changes
    #[arg(long)]
    allow_dirty: bool,
}

/// What came of a run.
#[derive(Default)]
struct Tally {
    new: usize,
    changed: usize,
    left: usize,
    conflicts: usize,
    failed: usize,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let project = PullProject::open(console, args.account.as_deref())?;
    let names = args.select.selection(&project.workspace, &project.checked.templates)?;
    let lock = project.lock(!args.is_dry())?;
    let (target, deployed) = runtime()?.block_on(async {
        let connection =
            connect(&project.workspace.root, &project.account, &project.place.kind, console).await?;
        let listed = calls::list(&connection.http, &connection.target.waba).await;
        Ok::<_, CommandError>((connection.target.waba, listed.map_err(|error| listing_failure(&error))?))
    })?;
    let applied = project.applied(&lock, &target)?;
    let plan = project.plan(&deployed, &applied);
    let verdict = decide::decide(&project, &plan, &names, args.theirs, !args.keep_category);
    let keys: Vec<_> = deployed.iter().map(|version| &version.key).collect();
    if let Some(word) = names.first_unmatched(&keys) {
        return Err(nothing_like(&word, &deployed));
    }
    let mut pull = Pull { args, console, project: &project, tally: Tally::default() };
    pull.carry_out(&verdict)?;
    let tally = pull.tally;
    let learned = if args.is_dry() {
        0
    } else {
        adopt::adopt(console, args.account.as_deref(), lock, &target, &deployed, &names)?
    };
    console.note(&tally.summary(args.is_dry(), learned));
    Ok(tally.exit())
}

impl Args {
    fn is_dry(&self) -> bool {
        self.dry_run || self.diff
    }
}

struct Pull<'a> {
    args: &'a Args,
    console: &'a Console,
    project: &'a PullProject,
    tally: Tally,
}

impl Pull<'_> {
    fn carry_out(&mut self, verdict: &PullDecision<'_>) -> Result<(), CommandError> {
        for job in &verdict.jobs {
            match job {
                FileJob::New { name, versions } => self.new_file(name, versions)?,
                FileJob::Merge { source, texts, category } => {
                    self.merged(*source, texts, category.as_deref())?
                }
            }
        }
        for (change, why) in &verdict.held {
            self.held(change, why)?;
        }
        Ok(())
    }

    fn new_file(&mut self, name: &str, versions: &[&Deployed]) -> Result<(), CommandError> {
        let surface = self.args.surface.into();
        let brackets = self.project.workspace.config.placeholders.unwrap_or(Brackets::Braces);
        let import = match import::import(versions, ImportStyle { surface, brackets }) {
            Ok(import) => import,
            Err(error) => return self.skip(name, &error.to_string()),
        };
        let file = match NewFile::new(
            &self.project.workspace,
            self.console,
            self.args.dir.as_deref(),
            name,
            &import,
        ) {
            Ok(file) => file,
            Err(cause) => return self.skip(name, &cause),
        };
        let languages: Vec<_> = import.taken.iter().map(|key| key.language.as_str()).collect();
        if !self.args.is_dry() {
            refuse_secret(&import.text, &file.shown)?;
            if let Err(cause) = file.write(&self.project.workspace.boundary) {
                return self.fail(&file.shown, &cause);
            }
        }
        self.tally.new += 1;
        if self.args.diff {
            self.console.print(&unified::diff(&file.shown, "", &import.text, self.console.terminal))?;
        } else {
            self.say('+', &file.shown, &format!("new: {}", languages.join(", ")))?;
        }
        for remark in &import.notes {
            self.add_notes(remark)?;
        }
        for (key, reason) in &import.skipped {
            self.skip(&key.to_string(), reason)?;
        }
        Ok(())
    }

    fn merged(
        &mut self,
        source: crate::source::SourceId,
        texts: &[&Deployed],
        category: Option<&str>,
    ) -> Result<(), CommandError> {
        let Some(source) = self.project.workspace.sources.get(source) else { return Ok(()) };
        let shown = source.name().to_owned();
        let taken = import::RemoteChanges { texts, category };
        let text = match import::merge(source, &self.project.inputs(), taken) {
            Ok(text) => text,
            Err(error) => {
                self.skip(&shown, &error.to_string())?;
                return texts.iter().try_for_each(|deployed| self.difference(deployed));
            }
        };
        if text == source.text() {
            return Ok(());
        }
        if !self.args.is_dry() {
            if !self.args.allow_dirty && self.project.is_dirty(source.id()) {
                return self.skip(&shown, "it has uncommitted changes; commit them, or pass `--allow-dirty`");
            }
            refuse_secret(&text, &shown)?;
            if let Err(error) = self.project.workspace.rewrite(source, &text) {
                return self.fail(&shown, &error.to_string());
            }
        }
        self.tally.changed += 1;
        if self.args.diff {
            return self.console.print(&unified::diff(&shown, source.text(), &text, self.console.terminal));
        }
        let mut what: Vec<String> = texts.iter().map(|deployed| deployed.key.language.clone()).collect();
        what.extend(category.map(|category| format!("category {category}, set by Meta")));
        self.say('~', &shown, &format!("updated: {}", what.join(", ")))
    }

    /// What the file and the account say of a version, where a person has to choose.
    fn difference(&self, deployed: &Deployed) -> Result<(), CommandError> {
        let change = self.project.desired.iter().find(|desired| desired.payload.key == deployed.key);
        let ours = change.map(|desired| desired.normal.render()).unwrap_or_default();
        self.sides(&deployed.key, &ours, &crate::canonical::deployed(deployed).render())
    }

    /// The difference of both sides, each by its name.
    fn sides(&self, key: &VersionKey, ours: &str, theirs: &str) -> Result<(), CommandError> {
        let desired = self.project.desired.iter().find(|desired| desired.payload.key == *key);
        let source = desired.and_then(|desired| self.project.workspace.sources.get(desired.payload.source));
        let file = source.map_or("no file".to_owned(), |source| format!("{} (file)", source.name()));
        let account = format!("account {} ({}, {})", self.project.account, key.name, key.language);
        self.console.print(&unified::between((&file, ours), (&account, theirs), self.console.terminal))
    }

    fn held(&mut self, change: &Change, why: &str) -> Result<(), CommandError> {
        self.tally.conflicts += 1;
        let sign = self.console.terminal.yellow('!'.to_string());
        self.console.print(&format!(
            "{sign} {}  {}\n",
            escape_control(&change.key.to_string()),
            escape_control(why)
        ))?;
        match (&change.before, &change.after) {
            (Some(theirs), Some(ours)) => self.sides(&change.key, ours, theirs),
            _ => Ok(()),
        }
    }

    fn say(&self, sign: char, what: &str, words: &str) -> Result<(), CommandError> {
        let sign = self.console.terminal.green(sign.to_string());
        self.console.print(&format!("{sign} {}  {}\n", escape_control(what), escape_control(words)))
    }

    fn add_notes(&self, words: &str) -> Result<(), CommandError> {
        self.console.print(&format!("    {}\n", self.console.terminal.dim(escape_control(words))))
    }

    fn skip(&mut self, what: &str, why: &str) -> Result<(), CommandError> {
        self.tally.left += 1;
        let sign = self.console.terminal.yellow('!'.to_string());
        self.console.print(&format!(
            "{sign} {}  not changed: {}\n",
            escape_control(what),
            escape_control(why)
        ))
    }

    fn fail(&mut self, what: &str, why: &str) -> Result<(), CommandError> {
        self.tally.failed += 1;
        let sign = self.console.terminal.red('✗'.to_string());
        self.console.print(&format!("{sign} {}  {}\n", escape_control(what), escape_control(why)))
    }
}

/// Stops the run before the access token would be written to a file of the project.
fn refuse_secret(text: &str, shown: &str) -> Result<(), CommandError> {
    secrets::refuse(text).map_err(|cause| {
        let help =
            "remove the token from the template in the account, and rotate the token: it has been exposed";
        CommandError::account(format!("{shown} was not written: {cause}")).help(help)
    })
}

impl Tally {
    fn summary(&self, dry: bool, learned: usize) -> String {
        let verb = if dry { "to write" } else { "written" };
        let mut parts = Vec::new();
        let mut add = |number: usize, words: String| {
            if number > 0 {
                parts.push(words);
            }
        };
        add(self.new, format!("{} {verb}", counted(self.new, "new file")));
        add(
            self.changed,
            format!("{} {}", counted(self.changed, "file"), if dry { "to change" } else { "changed" }),
        );
        add(self.conflicts, format!("{} to resolve", counted(self.conflicts, "conflict")));
        add(self.left, format!("{} skipped", self.left));
        add(self.failed, format!("{} failed", self.failed));
        add(learned, format!("{} recorded in the lock file", counted(learned, "version")));
        if parts.is_empty() {
            parts.push("nothing to pull".to_owned());
        }
        format!("{}\n", parts.join(", "))
    }

    fn exit(&self) -> ExitStatus {
        match self {
            Self { failed, .. } if *failed > 0 => ExitStatus::Account,
            Self { conflicts, .. } if *conflicts > 0 => ExitStatus::Drift,
            Self { left, .. } if *left > 0 => ExitStatus::Findings,
            _ => ExitStatus::Done,
        }
    }
}
