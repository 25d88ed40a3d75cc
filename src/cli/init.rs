//! `watpl init`: a project to begin from.

use super::console::Console;
use super::{CommandError, ExitStatus, languages};
use crate::model::{Category, Language, TemplateName};
use crate::scaffold::Scaffold;
use crate::scaffold::config::{self, ConfigScaffold};
use crate::syntax::SourceFormat;
use crate::workspace::{Boundary, CONFIG, LineStatus, Workspace, create, ensure_line};

/// The name of the example, and of its file.
const EXAMPLE: &str = "order_ready";
/// What git should not see: the sandbox, and the journal.
const IGNORED: &str = "/.watpl/";

/// Create a project in this folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Skip the questions; the defaults are en_US and the sandbox
    #[arg(long, short)]
    yes: bool,
    /// Languages that every template must have
    #[arg(long, value_name = "CODE", num_args = 1.., value_delimiter = ',')]
    language: Vec<String>,
    /// `sandbox`, or the id of a WhatsApp Business Account to add
    #[arg(long, value_name = "sandbox|WABA_ID")]
    account: Option<String>,
}

pub(super) fn run(args: &Args, console: &Console) -> Result<ExitStatus, CommandError> {
    let beginning = beginning(args, console)?;
    let boundary = Boundary::around(console.directory())
        .map_err(|error| CommandError::account(format!("this folder cannot be opened: {error}")))?;
    console.print(&configuration(&beginning, &boundary, console)?)?;
    console.print(&example(&beginning.languages, &boundary, console)?)?;
    console.print(&ignored(&boundary, console)?)?;
    console.print(
        "\nnext:\n  watpl lint          # check the templates\n  watpl push          # deploy to the \
         sandbox; needs no account\n  watpl new --list    # templates to start from\n",
    )?;
    Ok(ExitStatus::Done)
}

/// Answers from the options. On a terminal, the rest is asked for.
fn beginning(args: &Args, console: &Console) -> Result<ConfigScaffold, CommandError> {
    let asks = !args.yes && console.is_interactive();
    let mut languages = languages::parse(&args.language)?;
    if languages.is_empty() && asks {
        languages = languages::parse_line(&console.ask("Languages", Some("en_US"))?)?;
    }
    if languages.is_empty() {
        languages.extend(Language::new("en_US"));
    }
    let account = match &args.account {
        Some(account) => account.clone(),
        None if asks => {
            console.ask("Account: `sandbox`, or the id of a WhatsApp Business Account", Some("sandbox"))?
        }
        None => "sandbox".to_owned(),
    };
    Ok(ConfigScaffold { languages, waba_id: waba_id(account.trim())? })
}

fn waba_id(account: &str) -> Result<Option<String>, CommandError> {
    match account {
        "sandbox" => Ok(None),
        id if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(id.to_owned())),
        other => Err(CommandError::usage(format!("`{other}` is not the id of a WhatsApp Business Account"))
            .help("use the digits that WhatsApp Manager shows, or `sandbox`")),
    }
}

fn configuration(
    beginning: &ConfigScaffold,
    boundary: &Boundary,
    console: &Console,
) -> Result<String, CommandError> {
    let written = create(boundary, &console.directory().join(CONFIG), &config::text(beginning));
    Ok(match written.map_err(|error| refused(CONFIG, &error))? {
        true => format!("{CONFIG}  written\n"),
        false => format!("{CONFIG}  already exists, not changed\n"),
    })
}

/// Writes an example, unless the project has templates.
fn example(languages: &[Language], boundary: &Boundary, console: &Console) -> Result<String, CommandError> {
    let directory = console.directory();
    let opened = Workspace::open(directory, Some(CONFIG.as_ref()));
    let mut workspace = opened.map_err(|error| CommandError::account(error.to_string()))?;
    // What cannot be read yet, the first of all the missing folder, is what the example is for.
    let _ = workspace.load(&[], directory);
    let folder = workspace.template_folder();
    if workspace.templates().next().is_some() {
        return Ok(format!("{folder}/  already has templates, not changed\n"));
    }
    let Some(name) = TemplateName::new(EXAMPLE) else { return Ok(String::new()) };
    let shown = format!("{folder}/{EXAMPLE}.yaml");
    // A configuration that was there before asks for its own languages.
    let wanted = &workspace.config.languages;
    let languages = if wanted.is_empty() { languages } else { wanted };
    let text = Scaffold { name: &name, category: Category::Utility, languages }.text(SourceFormat::Yaml);
    Ok(match create(boundary, &directory.join(&shown), &text).map_err(|error| refused(&shown, &error))? {
        true => format!("{shown}  written\n"),
        false => format!("{shown}  already exists, not changed\n"),
    })
}

fn ignored(boundary: &Boundary, console: &Console) -> Result<String, CommandError> {
    let path = console.directory().join(".gitignore");
    let same = [".watpl/", ".watpl", "/.watpl", "**/.watpl/"];
    Ok(match ensure_line(boundary, &path, IGNORED, &same).map_err(|error| refused(".gitignore", &error))? {
        LineStatus::Created => format!(".gitignore  written, with {IGNORED}\n"),
        LineStatus::Appended => format!(".gitignore  {IGNORED} added\n"),
        LineStatus::Present => format!(".gitignore  already has {IGNORED}\n"),
    })
}

fn refused(path: &str, error: &std::io::Error) -> CommandError {
    CommandError::account(format!("{path} cannot be written: {error}"))
}
