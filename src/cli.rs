//! The command line: one command a file.

mod audit;
mod breaking;
mod changed;
mod child;
mod compile;
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
mod wait;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

pub use failure::{CommandError, ExitStatus};

use console::Console;

use crate::report::terminal::escape_control_in_lines;

/// WhatsApp message templates as files: lint them, compile them, push them.
#[derive(Debug, Parser)]
#[command(name = "watpl", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The configuration, instead of the nearest watpl.yaml upwards
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Say what is asked of the network; twice for more. RUST_LOG chooses more finely
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a project in this folder
    Init(init::Args),
    /// Write a new template, from the gallery or from a skeleton
    New(new::Args),
    /// Check templates against the rule book
    Lint(lint::Args),
    /// Write templates in their canonical form
    Fmt(fmt::Args),
    /// Write a template in the other surface
    Convert(convert::Args),
    /// List the rules
    Rules(rules::Args),
    /// Say what rules are about, with examples
    Explain(explain::Args),
    /// Write what would be sent to Meta, as JSON
    Compile(compile::Args),
    /// Show what a push would do
    Diff(diff::Args),
    /// Create and edit templates in an account; never delete
    Push(push::Args),
    /// Bring both sides into agreement; with --prune also delete
    Sync(sync::Args),
    /// Write what an account has into files: new templates, and what changed in the console
    Pull(pull::Args),
    /// Show where an account's templates stand
    Status(status::Args),
    /// Check the templates of an account against the rule book
    Audit(audit::Args),
    /// Wait until every version is approved, or one is rejected
    Wait(wait::Args),
    /// Test the connection to an account, and say how to mend it
    Doctor(doctor::Args),
    /// Approve the token sources that a project names
    Trust(trust::Args),
    /// Say what changed for those who send: parameters, buttons, headers, languages
    Breaking(breaking::Args),
    /// Serve an emulated Graph API on this machine
    Sandbox(sandbox::Args),
    /// Print the JSON Schema of templates or of watpl.yaml, for editors
    Schema(schema::Args),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Args),
    /// Print a manual page, or write all of them into a folder
    Man(man::Args),
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
}

/// Runs the program: arguments in, exit code out.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
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
    }
}
