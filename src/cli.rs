//! The command line: one command a file.

mod audit;
mod breaking;
mod changed;
mod child;
mod compile;
mod complete;
mod completions;
mod console;
mod convert;
mod deploy;
mod diff;
mod doctor;
mod explain;
mod failure;
mod file_format;
mod fmt;
mod git;
mod help;
mod init;
mod languages;
mod lint;
mod logs;
mod man;
mod new;
mod prompt;
mod pull;
mod push;
mod rules;
mod runtime;
mod sandbox;
mod schema;
mod select;
mod signals;
mod status;
mod streams;
mod sync;
mod trust;
mod variables;
mod wait;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{FromArgMatches as _, Parser, Subcommand, ValueEnum};

pub use failure::{CommandError, ExitStatus};

use console::Console;

use crate::report::terminal::escape_control_in_lines;

/// Compiler, linter and deploy tool for WhatsApp message templates.
#[derive(Debug, Parser)]
#[command(name = "watpl", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Path to the configuration file [default: the nearest watpl.yaml in this folder or above]
    #[arg(long, global = true, value_name = "FILE", help_heading = help::GLOBAL_OPTIONS)]
    config: Option<PathBuf>,
    /// When to use colors: auto, always or never
    #[arg(long, global = true, hide_possible_values = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = help::GLOBAL_OPTIONS)]
    color: Color,
    /// Log HTTP requests (-vv for more; see also RUST_LOG)
    #[arg(long, short, global = true, action = clap::ArgAction::Count, help_heading = help::GLOBAL_OPTIONS)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a project in this folder
    Init(init::Args),
    /// Create a template file from the gallery or a scaffold
    New(new::Args),
    /// Check templates and report problems
    Lint(lint::Args),
    /// Format template files
    Fmt(fmt::Args),
    /// Convert a template between YAML and the .watpl format
    Convert(convert::Args),
    /// List the lint rules
    Rules(rules::Args),
    /// Explain lint rules, with examples
    Explain(explain::Args),
    /// Print the JSON payloads that would be sent to Meta
    Compile(compile::Args),
    /// Show what `watpl push` would change
    Diff(diff::Args),
    /// Create and edit templates in an account; never deletes
    Push(push::Args),
    /// Make an account match the files; deletes only with --prune
    Sync(sync::Args),
    /// Save new and changed templates of an account to files
    Pull(pull::Args),
    /// Show the status of the templates in an account
    Status(status::Args),
    /// Check the templates in an account with the lint rules
    Audit(audit::Args),
    /// Wait until all versions are approved or one is rejected
    Wait(wait::Args),
    /// Check account, token and app, and suggest fixes
    Doctor(doctor::Args),
    /// Approve the token sources of a project
    Trust(trust::Args),
    /// Report changes that break code that sends the templates
    Breaking(breaking::Args),
    /// Run an emulated Graph API on this machine
    Sandbox(sandbox::Args),
    /// Print the JSON Schema of template files or watpl.yaml
    Schema(schema::Args),
    /// Print a shell completion script
    Completions(completions::Args),
    /// Print a man page, or write all man pages to a folder
    Man(man::Args),
    /// Print completion candidates
    #[command(name = "__complete", hide = true)]
    Complete(complete::Args),
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// Readable text
    Human,
    /// One JSON object
    Json,
}

/// Runs the program: arguments in, exit code out.
pub fn main() -> ExitCode {
    logs::keep_token();
    let parsed = help::command().try_get_matches();
    let cli = match parsed.and_then(|found| Cli::from_arg_matches(&found)) {
        Ok(cli) => cli,
        Err(error) => return instead(&error),
    };
    let console = match Console::new(cli.color, cli.config) {
        Ok(console) => console,
        Err(failure) => return Console::fallback().fail(&failure),
    };
    logs::begin(cli.verbose);
    match run(cli.command, &console) {
        Ok(exit) => exit.into(),
        Err(failure) => console.fail(&failure),
    }
}

/// Prints what the arguments ask for instead of a run: help, the version, or what is wrong with them.
fn instead(error: &clap::Error) -> ExitCode {
    let console = match Console::new(Color::Auto, None) {
        Ok(console) => console,
        Err(failure) => return Console::fallback().fail(&failure),
    };
    let plain = error.render().to_string();
    if !error.use_stderr() {
        // No argument is part of the help, so that its colours can stay.
        let help = if console.terminal.color { error.render().ansi().to_string() } else { plain };
        return console.print(&help).map_or_else(|failure| console.fail(&failure), |()| ExitCode::SUCCESS);
    }
    let text = escape_control_in_lines(&plain);
    match text.strip_prefix("error:") {
        Some(rest) => console.note(&format!("{}{rest}", console.terminal.red("error:"))),
        None => console.note(&text),
    }
    ExitStatus::Usage.into()
}

fn run(command: Command, console: &Console) -> Result<ExitStatus, CommandError> {
    match command {
        Command::Init(args) => init::run(&args, console),
        Command::New(args) => new::run(&args, console),
        Command::Lint(args) => lint::run(&args, console),
        Command::Fmt(args) => fmt::run(&args, console),
        Command::Convert(args) => convert::run(&args, console),
        Command::Rules(args) => rules::run(&args, console),
        Command::Explain(args) => explain::run(&args, console),
        Command::Compile(args) => compile::run(&args, console),
        Command::Diff(args) => diff::run(&args, console),
        Command::Push(args) => push::run(&args, console),
        Command::Sync(args) => sync::run(&args, console),
        Command::Pull(args) => pull::run(&args, console),
        Command::Status(args) => status::run(&args, console),
        Command::Audit(args) => audit::run(&args, console),
        Command::Wait(args) => wait::run(&args, console),
        Command::Doctor(args) => doctor::run(&args, console),
        Command::Trust(args) => trust::run(&args, console),
        Command::Breaking(args) => breaking::run(&args, console),
        Command::Sandbox(args) => sandbox::run(&args, console),
        Command::Schema(args) => schema::run(&args, console),
        Command::Completions(args) => completions::run(&args, console),
        Command::Man(args) => man::run(&args, console),
        Command::Complete(args) => complete::run(&args, console),
    }
}
