//! Output of commands, the working directory and global options.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dialoguer::console::Term;

use super::child;
use super::streams::{write_stderr, write_stdout};
use super::{Color, CommandError, ExitStatus, prompt};
use crate::check::Checked;
use crate::config::{AccountKind, TokenSource};
use crate::diagnostic::Severity;
use crate::report::commands::{self, Escape};
use crate::report::terminal::{escape_control, escape_control_in_lines};
use crate::report::{Counts, Terminal, counted, human};
use crate::secrets;
use crate::workspace::{self, Unreadable, Workspace};

/// Widest output, in columns: longer lines are hard to read.
const MAX_WIDTH: usize = 120;
/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;

/// The process's output, its working directory and its global options.
#[derive(Debug)]
pub(super) struct Console {
    pub(super) terminal: Terminal,
    directory: PathBuf,
    config: Option<PathBuf>,
}

impl Console {
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is the edge that knows the process's surroundings"
    )]
    pub(super) fn new(color: Color, config: Option<PathBuf>) -> Result<Self, CommandError> {
        let directory = std::env::current_dir()
            .map_err(|error| CommandError::usage(format!("the working directory cannot be read: {error}")))?;
        let wanted = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if wanted("NO_COLOR") => false,
            Color::Auto if wanted("CLICOLOR_FORCE") => true,
            Color::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let width = Term::stdout().size_checked().map_or(DEFAULT_WIDTH, |(_, columns)| columns as usize);
        let terminal = Terminal { color, width: width.clamp(40, MAX_WIDTH) };
        Ok(Self { terminal, directory, config })
    }

    /// Where failures go when there is no working directory.
    pub(super) fn fallback() -> Self {
        let terminal = Terminal { color: false, width: DEFAULT_WIDTH };
        Self { terminal, directory: PathBuf::new(), config: None }
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// A path as people see it.
    pub(super) fn shown(&self, path: &Path) -> String {
        escape_control(&workspace::shown(path, &[&self.directory])).into_owned()
    }

    /// Prints, without secrets and without what a CI system obeys.
    pub(super) fn print(&self, text: &str) -> Result<(), CommandError> {
        write_stdout(&commands::escape(&secrets::redact(text), Escape::Text))
    }

    /// Prints lines that are meant as commands to a CI system. The text of users in them is escaped already.
    pub(super) fn print_commands(&self, text: &str) -> Result<(), CommandError> {
        write_stdout(&secrets::redact(text))
    }

    /// Prints the text of a file: every byte of it into a file or a pipe, and nothing that commands a terminal.
    ///
    /// A pipe may be the log of a CI system, and the text cannot be escaped without changing the file that it is. Where
    /// the system would obey it, it is refused.
    pub(super) fn print_file(&self, text: &str) -> Result<(), CommandError> {
        if std::io::stdout().is_terminal() {
            return self.print(&escape_control_in_lines(text));
        }
        if commands::any(text) && is_pipe() {
            let message = "the output contains a CI command";
            return Err(CommandError::usage(message).help("redirect the output to a file"));
        }
        write_stdout(text)
    }

    /// Prints the text that a program handed over and waits for, such as an editor's: every byte of it, also into a
    /// pipe, unless a CI system runs it.
    pub(super) fn print_back(&self, text: &str) -> Result<(), CommandError> {
        if is_ci() || std::io::stdout().is_terminal() { self.print_file(text) } else { write_stdout(text) }
    }

    /// Prints to standard error.
    pub(super) fn note(&self, text: &str) {
        write_stderr(text);
    }

    /// Prints a warning to standard error.
    pub(super) fn warn(&self, text: &str) {
        self.note(&format!("{} {}\n", self.terminal.yellow("warning:"), escape_control(text)));
    }

    /// Whether the terminal takes no commands.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is the edge that knows the process's surroundings"
    )]
    pub(super) fn is_dumb(&self) -> bool {
        std::env::var_os("TERM").is_none_or(|term| term == "dumb")
    }

    /// The same as `note`, for a thread that outlives the console.
    pub(super) fn note_fn(&self) -> impl Fn(&str) + Send + 'static {
        write_stderr
    }

    /// A line about something that failed.
    pub(super) fn failed(&self, text: &str) -> String {
        format!("{} {}", self.terminal.red("error:"), escape_control(text))
    }

    pub(super) fn fail(&self, failure: &CommandError) -> ExitCode {
        let mut text =
            format!("{} {}\n", self.terminal.red("error:"), escape_control_in_lines(&failure.message));
        if let Some(help) = &failure.help {
            text += &format!("  help: {}\n", escape_control_in_lines(help).replace('\n', "\n        "));
        }
        self.note(&text);
        failure.exit.into()
    }

    /// Asks for confirmation. Without a terminal, the error explains `--yes`.
    pub(super) fn confirm(&self, question: &str) -> Result<bool, CommandError> {
        if !self.is_interactive() {
            return Err(CommandError::usage("cannot ask for confirmation: not a terminal")
                .help("review the plan with `watpl diff`, then pass `--yes`"));
        }
        prompt::confirm(question)
    }

    /// Returns whether questions can be asked.
    pub(super) fn is_interactive(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Asks for a line of text; `proposed` is the answer of who answers nothing.
    pub(super) fn ask(&self, question: &str, proposed: Option<&str>) -> Result<String, CommandError> {
        prompt::ask(question, proposed)
    }

    /// Asks for one of several; gives back which.
    pub(super) fn choose(&self, question: &str, choices: &[String]) -> Result<usize, CommandError> {
        prompt::choose(question, choices)
    }

    /// Opens the project.
    pub(super) fn open(&self) -> Result<Workspace, CommandError> {
        let opened = Workspace::open(&self.directory, self.config.as_deref());
        let workspace = opened.map_err(|error| {
            let failure = CommandError::usage(error.to_string());
            if self.config.is_some() { failure.help("check the path of `--config`") } else { failure }
        })?;
        if let Some(path) = &workspace.unused_config {
            let path = self.shown(path);
            self.note(&format!(
                "note: {path} is not used, because it is outside the git work tree; `--config {path}` uses it\n"
            ));
        }
        for account in workspace.config.accounts.values() {
            if let AccountKind::Meta { token: TokenSource::Env(name), .. } = &account.kind {
                child::hide(name);
            }
        }
        Ok(workspace)
    }

    /// Refuses a configuration with errors: one that is half understood must not decide what happens to an account.
    pub(super) fn refuse_broken_config(
        &self,
        workspace: &Workspace,
        checked: &Checked,
    ) -> Result<(), CommandError> {
        let broken = checked.sources_with_errors().into_iter().any(|source| !workspace.is_template(source));
        if broken {
            self.note(&self.findings(workspace, checked, Severity::Warning));
            return Err(CommandError::usage("the configuration has errors, so nothing was planned"));
        }
        Ok(())
    }

    /// Opens the project and reads templates. Reports unreadable files, and continues with the rest.
    pub(super) fn load(&self, paths: &[PathBuf]) -> Result<(Workspace, Vec<Unreadable>), CommandError> {
        let mut workspace = self.open()?;
        let unreadable = workspace.load(paths, &self.directory);
        if workspace.templates().next().is_none() {
            return Err(self.nothing_found(paths, &workspace, &unreadable));
        }
        self.mention(&workspace, &unreadable);
        Ok((workspace, unreadable))
    }

    /// Prints what could not be read, and how many links were skipped.
    pub(super) fn mention(&self, workspace: &Workspace, unreadable: &[Unreadable]) {
        if workspace.skipped_links > 0 {
            let links = counted(workspace.skipped_links, "symbolic link");
            self.note(&format!("{links} skipped while searching for templates\n"));
        }
        for error in unreadable {
            let (path, cause) = (escape_control(&error.path), escape_control(&error.cause));
            self.note(&format!("{} {path} cannot be read: {cause}\n", self.terminal.red("error:")));
        }
    }

    /// The failure of a run that has no template to look at.
    pub(super) fn nothing_found(
        &self,
        paths: &[PathBuf],
        workspace: &Workspace,
        unreadable: &[Unreadable],
    ) -> CommandError {
        let places: Vec<String> = if paths.is_empty() {
            workspace.config.templates.clone()
        } else {
            paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()
        };
        let help = "template files end in .yaml, .yml or .watpl; pass a folder that contains some, or set `templates` in watpl.yaml";
        let only_system = unreadable.iter().any(|error| !error.named) && !paths.is_empty();
        let failure = match unreadable.first() {
            Some(error) => {
                let failure = CommandError::usage(format!("{} cannot be read: {}", error.path, error.cause));
                // What exists has its reason; only what doesn't may be a wrong name.
                let is_missing = error.cause.starts_with("No such file");
                let exit = if only_system { ExitStatus::Account } else { ExitStatus::Usage };
                return CommandError { exit, ..if is_missing { failure.help(help) } else { failure } };
            }
            None => CommandError::usage(format!("no templates found in {}", places.join(", "))),
        };
        failure.help(help)
    }

    /// Diagnostics of at least a severity, and the closing line, for people.
    pub(super) fn findings(&self, workspace: &Workspace, checked: &Checked, least: Severity) -> String {
        let versions = checked.templates.iter().map(|template| template.versions.len()).sum();
        let counts = Counts::from_diagnostics(&checked.diagnostics);
        let files = workspace.templates().count();
        let shown: Vec<_> =
            checked.diagnostics.iter().filter(|found| found.severity >= least).cloned().collect();
        human::diagnostics(&workspace.sources, &shown, self.terminal)
            + &human::summary(files, versions, counts, self.terminal)
    }
}

/// Whether standard output is a pipe or a socket: a log, or another program.
#[cfg(unix)]
fn is_pipe() -> bool {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::FileTypeExt as _;
    let file = std::io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let kind = file.and_then(|file| file.metadata()).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

/// Whether standard output may be a pipe; this system does not tell.
#[cfg(not(unix))]
fn is_pipe() -> bool {
    true
}

/// Whether a CI system runs this process.
#[expect(clippy::disallowed_methods, reason = "the environment names the CI system")]
fn is_ci() -> bool {
    let names = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];
    names.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
