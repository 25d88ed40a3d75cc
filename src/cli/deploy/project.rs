//! The sources of a deployment, read and checked once for every account.

use std::path::PathBuf;

use crate::check::Checked;
use crate::cli::CommandError;
use crate::cli::console::Console;
use crate::cli::select::bad_pattern;
use crate::compile::{self, compile};
use crate::config::Account;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint;
use crate::model::Template;
use crate::plan::Desired;
use crate::selection::Selection;
use crate::workspace::Workspace;

/// The templates that were read, and their diagnostics.
#[derive(Debug)]
pub(in crate::cli) struct DeployProject {
    pub(in crate::cli) workspace: Workspace,
    pub(in crate::cli) checked: Checked,
}

impl DeployProject {
    /// Reads and checks the templates.
    pub(in crate::cli) fn load(console: &Console, paths: &[PathBuf]) -> Result<Self, CommandError> {
        let (workspace, unreadable) = console.load(paths)?;
        if let Some(error) = unreadable.first() {
            // A file that is not there could be a template that would seem removed.
            return Err(CommandError::account(format!(
                "{} cannot be read, so nothing was planned",
                error.path
            ))
            .help("make it readable, or move it out of the template folder"));
        }
        let checked = workspace.check();
        Ok(Self { workspace, checked })
    }

    /// Compiles what lives in an account.
    pub(super) fn compile(&self, account: &str, place: &Account) -> Result<CompiledForAccount, CommandError> {
        let templates = &self.checked.templates;
        let selection =
            Selection::parse(&place.select).map_err(|error| bad_pattern(&error))?.resolve(templates);
        let inputs = compile::AccountContext {
            constants: self.workspace.config.constants_of(place),
            media: self.workspace.media_hashes(templates),
            room: compile::SizeLimits::default(),
        };
        let broken = self.checked.sources_with_errors();
        let mut whole = templates.len() == self.workspace.templates().count();
        let (mut desired, mut diagnostics) = (Vec::new(), Vec::new());
        for template in templates {
            if !lives_in(template, account, &selection)? {
                continue;
            }
            let compiled = compile(template, &inputs);
            whole &= compiled.payloads.len() == template.versions.len();
            let has_errors = broken.contains(&template.source) || !compiled.diagnostics.is_empty();
            let chosen = compiled.payloads.into_iter().filter(|payload| selection.contains(&payload.key));
            desired.extend(chosen.map(|payload| Desired::new(payload, has_errors)));
            diagnostics.extend(compiled.diagnostics);
        }
        lint::apply_severities(&mut diagnostics, &self.workspace.settings().levels(""));
        Ok(CompiledForAccount { desired, diagnostics, whole })
    }

    pub(in crate::cli) fn has_errors(&self) -> bool {
        self.checked.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Errors and warnings of the sources, for people; notes are for `lint`.
    pub(in crate::cli) fn findings(&self, console: &Console) -> String {
        console.findings(&self.workspace, &self.checked, Severity::Warning)
    }
}

/// The templates of one account, compiled.
pub(super) struct CompiledForAccount {
    pub(super) desired: Vec<Desired>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether every file is a template, and every version of it was compiled.
    pub(super) whole: bool,
}

/// Whether a template lives in an account: both sides may choose. A pattern that cannot be read is refused, because it
/// matches nothing, and what lives nowhere looks removed.
pub(in crate::cli) fn lives_in(
    template: &Template,
    account: &str,
    selection: &Selection,
) -> Result<bool, CommandError> {
    let named = template.metadata.accounts.iter().map(|pattern| &pattern.value);
    let wanted = Selection::parse(named).map_err(|error| {
        let message = format!("`accounts` in the template `{}`: {error}", template.title());
        CommandError::usage(message).help("run `watpl lint` to see where")
    })?;
    Ok(wanted.has_name(account) && selection.has_name(template.title()))
}
