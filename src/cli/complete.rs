//! `watpl __complete`: candidates for shell completion. The scripts of `watpl completions` call it.
//!
//! It runs no program, uses no network, and prints nothing when something is wrong: a shell would show the text in the
//! middle of the user's command line.

use std::path::{Path, PathBuf};

use clap::{Arg, Command};

use super::console::Console;
use super::{CommandError, ExitStatus, help};
use crate::check;
use crate::gallery;
use crate::platform::languages::LANGUAGES;
use crate::rules;
use crate::workspace::Workspace;

/// Print completion candidates.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words of the command line after the program, up to the cursor
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<std::ffi::OsString>,
}

/// A word that fits, and its description.
struct Candidate {
    word: String,
    about: String,
}

/// The part of the command line before the cursor.
struct Line<'c> {
    command: &'c Command,
    /// The option whose value is next.
    option: Option<&'c Arg>,
    /// Number of positional arguments so far.
    positionals: usize,
    /// Everything after `--` is a positional argument.
    escaped: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let words = joined(&args.words);
    let mut program = help::command();
    program.build();
    let mut text = String::new();
    for candidate in candidates(&program, &words, console.directory()) {
        let about = candidate.about.lines().next().unwrap_or_default().replace('\t', " ");
        text += &format!("{}\t{about}\n", candidate.word);
    }
    console.print(&text)?;
    Ok(ExitStatus::Done)
}

/// Words without the `=` between an option and its value, which bash passes as a word.
fn joined(words: &[std::ffi::OsString]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut words = words.iter().map(|word| word.to_string_lossy().into_owned()).peekable();
    while let Some(word) = words.next() {
        let is_option = joined.last().is_some_and(|last| last.starts_with("--"));
        if word != "=" || !is_option {
            joined.push(word);
        } else if words.peek().is_none() {
            joined.push(String::new());
        }
    }
    joined
}

fn candidates(program: &Command, words: &[String], directory: &Path) -> Vec<Candidate> {
    let Some((current, before)) = words.split_last() else { return Vec::new() };
    let line = Line::read(program, before);
    let project = Project { directory, config: configuration(before) };
    if let Some(option) = line.option {
        return values(program, option, "", current, &project);
    }
    if !line.escaped && current.starts_with('-') {
        return match current.split_once('=') {
            Some((name, value)) => line.long(name).map_or_else(Vec::new, |option| {
                values(program, option, &format!("{name}="), value, &project)
            }),
            None => line.options(current),
        };
    }
    if line.command.has_subcommands() {
        return commands(line.command, current);
    }
    line.positional().map_or_else(Vec::new, |argument| values(program, argument, "", current, &project))
}

impl<'c> Line<'c> {
    fn read(program: &'c Command, words: &[String]) -> Self {
        let mut line = Line { command: program, option: None, positionals: 0, escaped: false };
        for word in words {
            line.step(word);
        }
        line
    }

    fn step(&mut self, word: &str) {
        if self.option.take().is_some() {
            return;
        }
        if self.escaped || !word.starts_with('-') || word == "-" {
            match self.command.find_subcommand(word).filter(|_| !self.escaped) {
                Some(found) => self.command = found,
                None => self.positionals += 1,
            }
        } else if word == "--" {
            self.escaped = true;
        } else if word.starts_with("--") {
            self.option = self.long(word).filter(|option| takes_value(option));
        } else {
            let short = word.chars().last();
            let found = self.command.get_arguments().find(|option| option.get_short() == short);
            self.option = found.filter(|option| takes_value(option));
        }
    }

    fn long(&self, word: &str) -> Option<&'c Arg> {
        let name = word.strip_prefix("--")?;
        self.command.get_arguments().find(|option| option.get_long() == Some(name))
    }

    fn options(&self, current: &str) -> Vec<Candidate> {
        let options = self.command.get_arguments().filter(|option| !option.is_hide_set());
        let named = options.filter_map(|option| {
            let word = format!("--{}", option.get_long()?);
            let about = option.get_help().map(ToString::to_string).unwrap_or_default();
            Some(Candidate { word, about })
        });
        named.filter(|option| option.word.starts_with(current)).collect()
    }

    /// The positional argument at the cursor; the last one may take several words.
    fn positional(&self) -> Option<&'c Arg> {
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let several = all.last().copied().filter(|last| is_repeated(last));
        all.get(self.positionals).copied().or(several)
    }
}

fn takes_value(option: &Arg) -> bool {
    option.get_action().takes_values()
}

fn is_repeated(argument: &Arg) -> bool {
    matches!(argument.get_action(), clap::ArgAction::Append)
}

fn commands(command: &Command, current: &str) -> Vec<Candidate> {
    let shown = command.get_subcommands().filter(|found| !found.is_hide_set());
    let named = shown.map(|found| Candidate {
        word: found.get_name().to_owned(),
        about: found.get_about().map(ToString::to_string).unwrap_or_default(),
    });
    named.filter(|found| found.word.starts_with(current)).collect()
}

/// Values of an argument that begin like `current`; each gets `prefix`, which is already typed.
fn values(
    program: &Command,
    argument: &Arg,
    prefix: &str,
    current: &str,
    project: &Project<'_>,
) -> Vec<Candidate> {
    // Of a list with commas, the last item is completed.
    let start =
        if argument.get_value_delimiter().is_some() { current.rfind(',').map_or(0, |at| at + 1) } else { 0 };
    let (done, last) = current.split_at(start);
    let fitting = known(program, argument, project).into_iter().filter(|found| found.word.starts_with(last));
    fitting.map(|found| Candidate { word: format!("{prefix}{done}{}", found.word), ..found }).collect()
}

fn known(program: &Command, argument: &Arg, project: &Project<'_>) -> Vec<Candidate> {
    let fixed: Vec<_> = argument.get_possible_values();
    if !fixed.is_empty() {
        let shown = fixed.iter().filter(|value| !value.is_hide_set());
        return shown
            .map(|value| Candidate {
                word: value.get_name().to_owned(),
                about: value.get_help().map(ToString::to_string).unwrap_or_default(),
            })
            .collect();
    }
    let kind = argument.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str());
    let plain = |words: Vec<String>| {
        words.into_iter().map(|word| Candidate { word, about: String::new() }).collect::<Vec<_>>()
    };
    match kind {
        "RULE" => {
            let rules = rules::all().into_iter();
            rules
                .map(|rule| Candidate { word: rule.id.to_owned(), about: rule.summary().to_owned() })
                .collect()
        }
        "CODE" => plain(LANGUAGES.iter().map(|code| (*code).to_owned()).collect()),
        "GALLERY_NAME" => plain(gallery::GALLERY.iter().map(|item| item.name().to_owned()).collect()),
        "COMMAND" => commands(program, ""),
        "NAME" if argument.get_long() == Some("account") => plain(project.accounts()),
        "SELECT" => plain(project.templates()),
        "NAME" if argument.is_positional() && is_repeated(argument) => plain(project.templates()),
        _ => Vec::new(),
    }
}

/// The value of `--config`.
fn configuration(words: &[String]) -> Option<PathBuf> {
    let after = words.iter().skip_while(|word| *word != "--config").nth(1);
    let joined = words.iter().find_map(|word| word.strip_prefix("--config="));
    after.map(PathBuf::from).or_else(|| joined.map(PathBuf::from))
}

/// The project at the working directory. What cannot be read has no candidates.
struct Project<'d> {
    directory: &'d Path,
    config: Option<PathBuf>,
}

impl Project<'_> {
    fn open(&self) -> Option<Workspace> {
        Workspace::open(self.directory, self.config.as_deref()).ok()
    }

    /// Account names. The configuration has only valid ones.
    fn accounts(&self) -> Vec<String> {
        self.open().map(|workspace| workspace.config.accounts.into_keys().collect()).unwrap_or_default()
    }

    /// Valid template names, each once.
    fn templates(&self) -> Vec<String> {
        let Some(mut workspace) = self.open() else { return Vec::new() };
        drop(workspace.load(&[], self.directory));
        let templates = check::parse(workspace.templates()).templates;
        let names = templates.iter().filter_map(|template| template.name.as_ref());
        let mut names: Vec<String> = names.map(|name| name.value.as_str().to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
