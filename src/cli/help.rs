//! Help texts: commands in groups, examples, and notes about the access token.

use std::fmt::Write as _;

use clap::builder::Styles;
use clap::{Command, CommandFactory as _};

use super::Cli;

/// Groups of commands in `watpl --help`. Each command is in exactly one group.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Author", &["init", "new", "fmt", "convert"]),
    ("Check", &["lint", "explain", "rules", "breaking"]),
    ("Deploy", &["diff", "push", "sync", "pull", "wait"]),
    ("Account", &["status", "audit", "doctor", "trust"]),
    ("Tools", &["compile", "sandbox", "schema", "completions", "man"]),
];

/// Heading of the options that every command takes.
pub(super) const GLOBAL_OPTIONS: &str = "Global options";

/// Sources of the access token, for commands that connect to an account.
const TOKEN: &str = "\
Access token:
  The token comes from `token` of the account in watpl.yaml. Without `token`, it is the value of
  WATPL_TOKEN, or else the content of the file that WATPL_TOKEN_FILE names.";

/// Commands that connect to an account.
const CONNECTED: [&str; 9] =
    ["diff", "push", "sync", "pull", "wait", "status", "audit", "doctor", "breaking"];

/// Examples of each command: what to type, and what it does.
const EXAMPLES: [(&str, &[(&str, &str)]); 22] = [
    (
        "init",
        &[
            ("watpl init", "Ask for languages and account"),
            ("watpl init --yes --language en_US,es", "Use the options without asking"),
        ],
    ),
    (
        "new",
        &[
            ("watpl new order_ready", "Create a scaffold"),
            ("watpl new order_update --from order_shipped", "Start from a gallery template"),
            ("watpl new --list", "List the gallery"),
        ],
    ),
    ("fmt", &[("watpl fmt", "Format all templates"), ("watpl fmt --check", "Check the format in CI")]),
    (
        "convert",
        &[(
            "watpl convert templates/order_ready.yaml --to watpl --out order_ready.watpl",
            "Write a new file",
        )],
    ),
    (
        "lint",
        &[
            ("watpl lint", "Check all templates"),
            ("watpl lint --fix templates/order_ready.yaml", "Apply safe fixes to a file"),
            ("watpl lint --changed-since main --format github", "Check a pull request"),
        ],
    ),
    (
        "explain",
        &[
            ("watpl explain body-too-long", "Explain a rule"),
            ("watpl explain 'placeholder-*'", "Explain several"),
        ],
    ),
    (
        "rules",
        &[("watpl rules", "List all rules"), ("watpl rules --class rejected", "List rules of a class")],
    ),
    (
        "breaking",
        &[
            ("watpl breaking --against main", "Compare with a git revision"),
            ("watpl breaking --against account:production", "Compare with an account"),
        ],
    ),
    (
        "diff",
        &[
            ("watpl diff", "Show the plan for the default account"),
            ("watpl diff --account production --out plan.json", "Save the plan for `watpl push plan.json`"),
        ],
    ),
    (
        "push",
        &[
            ("watpl push", "Show the plan and ask before applying it"),
            ("watpl push 'order_*' --account production", "Deploy some templates"),
            ("watpl push plan.json --yes", "Apply a saved plan"),
        ],
    ),
    ("sync", &[("watpl sync --prune", "Also delete templates whose source was removed")]),
    (
        "pull",
        &[
            ("watpl pull --dry-run", "List what would be written"),
            ("watpl pull order_ready", "Update one template"),
        ],
    ),
    (
        "wait",
        &[("watpl wait", "Wait for all reviews"), ("watpl wait order_ready --timeout 24h", "Wait longer")],
    ),
    (
        "status",
        &[("watpl status", "Show all templates"), ("watpl status lang:en_US --format json", "Print JSON")],
    ),
    ("audit", &[("watpl audit --account production", "Check what is deployed")]),
    ("doctor", &[("watpl doctor --account production", "Check the connection")]),
    ("trust", &[("watpl trust", "Review and approve"), ("watpl trust --print", "Print the hashes for CI")]),
    (
        "compile",
        &[
            ("watpl compile templates/order_ready.yaml", "Print the payload"),
            ("watpl compile --manifest", "Print the message contract"),
        ],
    ),
    (
        "sandbox",
        &[
            ("watpl sandbox", "Run on port 8460, with the state in memory"),
            ("watpl sandbox --port 0 --state .sandbox", "Keep the state in a folder"),
        ],
    ),
    ("schema", &[("watpl schema", "Schema of templates"), ("watpl schema config", "Schema of watpl.yaml")]),
    (
        "completions",
        &[
            ("watpl completions bash > ~/.local/share/bash-completion/completions/watpl", "bash"),
            ("watpl completions zsh > ~/.zfunc/_watpl", "zsh (the folder must be in $fpath)"),
            ("watpl completions fish > ~/.config/fish/completions/watpl.fish", "fish"),
        ],
    ),
    ("man", &[("watpl man push", "Print a page"), ("watpl man --out share/man/man1", "Write all pages")]),
];

/// The command line with its help texts.
pub(super) fn command() -> Command {
    let mut program = Cli::command();
    let template = template(&program);
    for (name, examples) in EXAMPLES {
        program = program.mut_subcommand(name, |command| {
            let short = listing(examples);
            let long = if CONNECTED.contains(&name) { format!("{short}\n\n{TOKEN}") } else { short.clone() };
            command.after_help(short).after_long_help(long)
        });
    }
    program.help_template(template)
}

/// Template of `watpl --help`, which has no place for groups of commands.
fn template(program: &Command) -> String {
    let style = *Styles::styled().get_header();
    let literal = *Styles::styled().get_literal();
    let width = program.get_subcommands().map(|command| command.get_name().len()).max().unwrap_or_default();
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    // Writing to a string cannot fail.
    for (group, names) in GROUPS {
        let _ = write!(text, "\n{style}{group}:{style:#}\n");
        for name in names {
            let about = program.find_subcommand(name).and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {literal}{name}{literal:#}{:1$}  {about}", "", width - name.len());
        }
    }
    let _ = write!(
        text,
        "\n{style}{GLOBAL_OPTIONS}:{style:#}\n{{options}}\n\nRun `watpl help COMMAND` for details and examples.{{after-help}}"
    );
    text
}

fn listing(examples: &[(&str, &str)]) -> String {
    let mut text = "Examples:".to_owned();
    for (line, meaning) in examples {
        let _ = write!(text, "\n  {line}\n      {meaning}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(program: &Command) -> Vec<&str> {
        let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
        shown.map(Command::get_name).filter(|name| *name != "help").collect()
    }

    /// Words of an example, up to a redirection.
    fn words(line: &str) -> Vec<String> {
        let words = line.split(' ').take_while(|word| *word != ">");
        words.map(|word| word.trim_matches('\'').to_owned()).collect()
    }

    #[test]
    fn each_command_is_in_one_group() {
        let program = command();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut all = names(&program);
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn each_command_has_examples_that_parse() {
        let program = command();
        let mut described: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
        let mut all = names(&program);
        described.sort_unstable();
        all.sort_unstable();
        assert_eq!(described, all);
        for (name, line) in
            EXAMPLES.iter().flat_map(|(name, list)| list.iter().map(move |(line, _)| (name, line)))
        {
            let words = words(line);
            assert_eq!(words[1], **name, "{line}");
            let parsed = program.clone().try_get_matches_from(words);
            assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
        }
    }

    #[test]
    fn each_help_has_its_sections() {
        let mut program = command();
        program.build();
        let top = program.render_long_help().to_string();
        for heading in ["Author:", "Check:", "Deploy:", "Account:", "Tools:", "Global options:"] {
            assert_eq!(top.matches(heading).count(), 1, "{heading}\n{top}");
        }
        for name in names(&command()) {
            let one = program.find_subcommand_mut(name).expect("a command");
            for help in [one.render_help().to_string(), one.render_long_help().to_string()] {
                assert!(help.contains("\nExamples:\n"), "{help}");
                assert_eq!(help.matches("\nGlobal options:\n").count(), 1, "{help}");
                assert_eq!(help.matches("--config").count(), 1, "{help}");
            }
            let long = one.render_long_help().to_string();
            assert_eq!(long.contains("WATPL_TOKEN_FILE"), CONNECTED.contains(&name), "{long}");
        }
    }
}
