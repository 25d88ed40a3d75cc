//! The project as pulling needs it, and the files that it writes: inside the project, through no link, over nothing.

use std::path::{Path, PathBuf};

use crate::check::Checked;
use crate::cli::console::Console;
use crate::cli::deploy::{lives_in, open_lock};
use crate::cli::git::Repository;
use crate::cli::select::{bad_pattern, find_account};
use crate::cli::{CommandError, ExitStatus};
use crate::compile::{self, compile};
use crate::config::Account;
use crate::format;
use crate::import::{Import, file_stem};
use crate::lock::Applied;
use crate::model::TemplateName;
use crate::payload::Deployed;
use crate::plan::{Desired, Plan, PlanInput, PlanOptions, plan};
use crate::selection::Selection;
use crate::source::SourceId;
use crate::workspace::{self, Boundary, LockFile, Workspace, now};

/// The project's side; it may have no templates yet.
pub(super) struct PullProject {
    pub(super) workspace: Workspace,
    pub(super) checked: Checked,
    pub(super) account: String,
    pub(super) place: Account,
    pub(super) desired: Vec<Desired>,
    git: Option<Repository>,
}

impl PullProject {
    /// Reads, checks and compiles what is there.
    pub(super) fn open(console: &Console, account: Option<&str>) -> Result<Self, CommandError> {
        let mut workspace = console.open()?;
        let unreadable = workspace.load(&[], console.directory());
        // A folder of templates that is not there yet is where they will be.
        let missing =
            |path: &str| !exists(&workspace.root.join(path)) && !exists(&console.directory().join(path));
        if let Some(error) = unreadable.iter().find(|error| !missing(&error.path)) {
            return Err(CommandError::account(format!(
                "{} cannot be read, so nothing was pulled",
                error.path
            ))
            .help("make it readable, or move it out of the template folder"));
        }
        let checked = workspace.check();
        console.refuse_broken_config(&workspace, &checked)?;
        let (account, place) = find_account(&workspace, account)?;
        let git = Repository::open(&workspace.root).ok();
        let mut project = Self { workspace, checked, account, place, desired: Vec::new(), git };
        let inputs = project.inputs();
        let templates = &project.checked.templates;
        let selection = Selection::parse(&project.place.select).map_err(|error| bad_pattern(&error))?;
        let selection = selection.resolve(templates);
        let mut desired = Vec::new();
        for template in templates {
            if lives_in(template, &project.account, &selection)? {
                let payloads = compile(template, &inputs).payloads.into_iter();
                desired.extend(payloads.map(|payload| Desired::new(payload, false)));
            }
        }
        project.desired = desired;
        Ok(project)
    }

    /// What compiling takes from the account.
    pub(super) fn inputs(&self) -> compile::AccountContext<'_> {
        compile::AccountContext {
            constants: self.workspace.config.constants_of(&self.place),
            media: self.workspace.media_hashes(&self.checked.templates),
            room: compile::SizeLimits::default(),
        }
    }

    /// The file of the template with this name, whether or not it lives in the account.
    pub(super) fn source_of(&self, name: &str) -> Option<SourceId> {
        self.checked
            .templates
            .iter()
            .find(|template| template.title() == name)
            .map(|template| template.source)
    }

    /// Opens the lock, and excludes other runs if it is going to be written.
    pub(super) fn lock(&self, writes: bool) -> Result<LockFile, CommandError> {
        open_lock(&self.workspace.root, &self.account, &self.place.kind, writes)
    }

    /// The lock's part for this account; a lock of another account is not believed.
    pub(super) fn applied(&self, lock: &LockFile, waba: &str) -> Result<Applied, CommandError> {
        let applied = lock.applied();
        if applied.waba_id.is_empty() || applied.waba_id == waba {
            return Ok(applied);
        }
        let message = format!(
            "the lock file of `{}` belongs to the account {}, but watpl.yaml has {waba}",
            self.account, applied.waba_id
        );
        Err(CommandError::usage(message).help("use a different name in watpl.yaml for the other account"))
    }

    /// Holds the three sides against each other.
    pub(super) fn plan(&self, deployed: &[Deployed], applied: &Applied) -> Plan {
        plan(
            &PlanInput { desired: &self.desired, deployed, applied, limit: None, now: now() },
            &PlanOptions::default(),
        )
    }

    /// Whether git has changes of a file that are not committed; no where there is no git.
    pub(super) fn is_dirty(&self, source: SourceId) -> bool {
        let path = self.workspace.path(source);
        path.is_some_and(|path| self.git.as_ref().is_some_and(|git| git.is_dirty(path)))
    }
}

/// A file that is not there yet.
pub(super) struct NewFile {
    path: PathBuf,
    text: String,
    /// Its path for people.
    pub(super) shown: String,
}

impl NewFile {
    /// Where the file of a template goes.
    pub(super) fn new(
        workspace: &Workspace,
        console: &Console,
        folder: Option<&Path>,
        name: &str,
        import: &Import,
    ) -> Result<Self, String> {
        let stem =
            TemplateName::new(name).map(|name| file_stem(&name)).ok_or("its name cannot be a file name")?;
        let folder = match folder {
            Some(folder) => console.directory().join(folder),
            None => workspace.root.join(workspace.template_folder()),
        };
        let path = folder.join(format!("{stem}.{}", format::extension(import.surface)));
        let shown = workspace::shown(&path, &[console.directory(), &workspace.root]);
        is_inside(&workspace.boundary, &path)?;
        for other in ["yaml", "yml", "watpl"] {
            if exists(&path.with_extension(other)) {
                return Err(format!("{shown} already exists and contains another template"));
            }
        }
        Ok(Self { path, text: import.text.clone(), shown })
    }

    pub(super) fn write(&self, boundary: &Boundary) -> Result<(), String> {
        match workspace::create_named(boundary, &self.path, &self.text) {
            Ok(true) => Ok(()),
            Ok(false) => Err("it already exists".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Refuses what is outside the project boundary, or behind a link.
fn is_inside(boundary: &Boundary, path: &Path) -> Result<(), String> {
    let relative =
        boundary.relative(path).map_err(|_| "new files must be in the project folder".to_owned())?;
    let mut at = boundary.root().to_owned();
    for part in relative.components() {
        at.push(part);
        if at.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(format!(
                "{} is a symbolic link, which is not followed for writing",
                at.to_string_lossy()
            ));
        }
    }
    Ok(())
}

/// A failure of the project's own files, after something was written.
pub(super) fn unlearned(cause: &str) -> CommandError {
    let message = format!("the files were written, but the lock file was not: {cause}");
    CommandError { message, help: Some("run `watpl pull` again".to_owned()), exit: ExitStatus::Account }
}
